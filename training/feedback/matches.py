"""The tie from words to people: how sure it is, and why.

Match("S07", 0.97, ("named", "on_visit"))            sure: it stands
Match("S05", 0.5, ("named",)), Match("S06", 0.5, …)   two Patels: a person decides
"""

from collections.abc import Sequence
from dataclasses import dataclass

from training.feedback.comment import Person
from training.feedback.page import Mention

CERTAIN = 0.9  # a match this sure stands; below it a person decides
MOST_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Match:
    """The tie from a remark to a staff member.

    `confidence` is the share of such ties that are right. `evidence` holds named, on_visit,
    role_on_visit, refers_back, chosen_by_patient or description.
    """

    staff_id: str
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom a mention means: certain `staff`, or `candidates`, or nobody.

    `elsewhere` is True for people who are not staff of the practice.
    """

    mention: Mention
    staff: tuple[Match, ...] = ()
    candidates: tuple[Match, ...] = ()
    elsewhere: bool = False


def settled(mention: Mention, match: Match) -> Reference:
    """Return a reference that stands if it is sure enough, else one to be decided."""
    if match.confidence >= CERTAIN:
        return Reference(mention, staff=(match,))
    return Reference(mention, candidates=(match,))


def referring(mention: Mention, back: Reference) -> Reference:
    """Return the reference of a pronoun to somebody spoken of before."""
    return Reference(mention, referred(back.staff), referred(back.candidates), back.elsewhere)


def referred(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Return matches as they hold for words that only refer back."""
    return tuple(
        one
        if "refers_back" in one.evidence
        else Match(
            one.staff_id,
            round(max(one.confidence - 0.01, min(one.confidence, CERTAIN)), 2),
            (*one.evidence, "refers_back"),
        )
        for one in matches
    )


def gender_of(person: Person) -> str:
    """Return he, she or they by somebody's pronouns, "" where they are not known."""
    first = person.pronouns.lower().split("/")[0].strip()
    return first if first in {"he", "she", "they"} else ""


def fits(person: Person, gender: str) -> bool | None:
    """Whether a gendered word fits somebody; None where one of the two is not known."""
    known = gender_of(person)
    if not gender or not known or known == "they":
        return None
    return known == gender


def works_there(person: Person, place: str) -> bool:
    """Whether somebody of this role is met at a place of that role."""
    desk = {"receptionist", "call_handler"}
    return person.role == place or {person.role, place} <= desk
