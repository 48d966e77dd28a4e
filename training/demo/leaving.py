"""A comment that is whole but has no number yet, and the numbering of a year of them.

leavings in any order  ──►  C0001 … by when they were left,  V0001 … by when the visits were
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from training.demo.data import Comment, Rating, Visit, VisitStaff
from training.demo.visits import PARTS, Contact
from training.demo.wording import Worded

Openness = Literal["anonymous", "contact", "known"]
About = Literal["unsaid", "staff", "not_a_person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A comment to be numbered: what was said, about which contact, and how openly."""

    left_at: datetime
    contact: Contact | None
    site: str
    stage: str
    worded: Worded
    rating: Rating
    openness: Openness
    tapped: tuple[str, ...] = ()
    about: About = "unsaid"
    undecided: bool = False


class Numbers:
    """The reference of each contact, in the order of their moments."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self.contacts = sorted(contacts, key=lambda one: one.occurred_at)
        self._refs = {id(one): f"V{n:04}" for n, one in enumerate(self.contacts, start=1)}

    def ref(self, contact: Contact | None) -> str | None:
        """Return a contact's reference; None for no contact."""
        return self._refs[id(contact)] if contact else None

    def visits(self) -> tuple[Visit, ...]:
        """Return every contact as a numbered visit."""
        return tuple(
            Visit(self._refs[id(one)], one.occurred_at, one.channel, one.stage, one.site)
            for one in self.contacts
        )

    def visit_staff(self) -> tuple[VisitStaff, ...]:
        """Return who was on each visit."""
        return tuple(
            VisitStaff(self._refs[id(one)], member.staff_id, PARTS[member.role])
            for one in self.contacts
            for member in one.crew
        )


def by_number(leavings: Sequence[Leaving]) -> Mapping[str, Leaving]:
    """Return the comments under their references, in the order in which they were left."""
    ordered = sorted(leavings, key=lambda one: one.left_at)
    return {f"C{number:04}": one for number, one in enumerate(ordered, start=1)}


def comment(comment_ref: str, leaving: Leaving, numbers: Numbers) -> Comment:
    """Return a leaving as a numbered comment."""
    return Comment(
        comment_ref=comment_ref,
        visit_ref=numbers.ref(leaving.contact),
        site=leaving.site,
        stage=leaving.stage,
        channel=leaving.worded.channel,
        left_at=leaving.left_at,
        answers=leaving.worded.answers,
        rating=leaving.rating,
        openness=leaving.openness,
        tapped=leaving.tapped,
        about=leaving.about,
    )
