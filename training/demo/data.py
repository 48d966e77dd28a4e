"""What the demo is made of: frozen records, each with the names that the files and tables use.

    Statement(question="went_well", start=0, end=16, sign="positive", cause="person",
              staff=("H06",), skill="empathy")      ◄── "Fiona was kind."  said of the nurse

A statement is the truth about one sentence of a comment; it never reaches the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

DONT_KNOW: Literal["dont_know"] = "dont_know"
Rating = int | Literal["dont_know"] | None


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A row of roster.csv; both dates are inclusive and None means open."""

    staff_id: str
    given_name: str
    family_name: str
    preferred_name: str
    title: str
    role: str
    pronouns: str
    aliases: tuple[str, ...]
    active_from: date | None
    active_to: date | None
    site: str


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signs in; `staff_id` is None for one who is not on the roster."""

    name: str
    email: str
    role: Literal["staff", "manager", "admin"]
    staff_id: str | None = None
    review: bool = False
    safeguard: bool = False


@dataclass(frozen=True, slots=True)
class Practice:
    """The practice's own settings, as its first admin would fill them in."""

    name: str
    time_zone: str
    sites: tuple[str, ...]
    emergency_wording: str
    crisis_wording: str
    complaints_contact: str
    privacy_notice: str
    wordings: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Visit:
    """One contact of a patient with the practice; `occurred_at` is aware, in UTC."""

    visit_ref: str
    occurred_at: datetime
    channel: str
    stage: str
    site: str


@dataclass(frozen=True, slots=True)
class VisitStaff:
    """Who was on a visit, and the part they played."""

    visit_ref: str
    staff_id: str
    part: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What a patient left; `answers` are (question, text) pairs, `left_at` is aware, in UTC.

    `visit_ref` is None for a comment left through a site's code. `about` is unsaid, staff or
    not_a_person, and `tapped` holds the staff ids that the patient pointed at.
    """

    comment_ref: str
    visit_ref: str | None
    site: str
    stage: str
    channel: str
    left_at: datetime
    answers: tuple[tuple[str, str], ...]
    rating: Rating
    openness: Literal["anonymous", "contact", "known"]
    tapped: tuple[str, ...] = ()
    about: Literal["unsaid", "staff", "not_a_person"] = "unsaid"


@dataclass(frozen=True, slots=True)
class Statement:
    """The truth about one sentence: where it stands in its answer, and what it says of whom.

    `staff` holds whom a careful reviewer with the roster and the visit would tie it to; it is
    empty when nobody can know. `sign` is positive, neutral or negative.
    """

    question: str
    start: int
    end: int
    sign: str
    cause: str
    staff: tuple[str, ...] = ()
    skill: str | None = None
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """The asking for a comment about one visit; `issued_at` is aware, in UTC."""

    visit_ref: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Annotation:
    """A dated note on the charts."""

    on_day: date
    kind: str
    topic: str | None
    text: str


@dataclass(frozen=True, slots=True)
class DemoData:
    """The whole practice; comments stand in the order in which they were left.

    `truth` goes from comment_ref to its statements. `undecided` names the recent comments that
    the demo leaves waiting for a reviewer; every other comment is decided by `decide`.
    """

    practice: Practice
    staff: tuple[StaffMember, ...]
    accounts: tuple[Account, ...]
    visits: tuple[Visit, ...]
    visit_staff: tuple[VisitStaff, ...]
    comments: tuple[Comment, ...]
    invitations: tuple[Invitation, ...]
    annotations: tuple[Annotation, ...]
    truth: Mapping[str, tuple[Statement, ...]] = field(repr=False)
    undecided: frozenset[str]
