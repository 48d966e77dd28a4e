"""You said, we did: what patients are told of a plan, by an explicit act that can be undone.

    plan ──draft──► "You told us about waits" · "Somebody now says …"   nothing is public yet
         ──publish──► the board of the site, for anybody who has its address
         ──take_down──► gone from the board; what was up stays on record

Patients see that something was changed, never who was trained. Words that name somebody of the
practice, hold a number or a date, or are a patient's own who did not allow it, are refused.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from training import periods, skills
from training.feedback.manager_view import manager_view
from training.services import readings
from training.services.people import NotFound
from training.services.plans import BadPlan, number_of, record
from training.services.signing_in import Viewer
from training.store import people
from training.store import plans as store
from training.store.tables import BoardNote, Plan, Practice

LONGEST = 400
_ALIKE = 5  # words in a row that are somebody's own, and no longer chance
_LOOKED_BACK = timedelta(days=400)
_WORD = re.compile(r"[^\W_]+")
_DATE = re.compile(
    r"\b(\d{1,2}(st|nd|rd|th)?\s+(of\s+)?(january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|(mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d[\d /.:-]{3,}\d")


@dataclass(frozen=True, slots=True)
class Told:
    """What patients are or were told; `published_on` None: not yet. `up`: whether they see it."""

    said: str
    did: str
    published_on: date | None
    up: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The public board of a site, the newest first; each item is (said, did, month)."""

    practice_id: int
    site: str
    items: tuple[tuple[str, str, str], ...]


def told(session: Session, *, viewer: Viewer, public_id: str) -> Told:
    """Return what patients are told of a plan, or a draft of it; raise `NotFound`."""
    plan = _row(session, viewer, public_id)
    row = store.told(session, plan.id)
    if row is None:
        return Told(_draft(plan), plan.change, None, up=False)
    zone = people.practice(session, viewer.practice_id).time_zone
    day = periods.local_day(row.published_at, zone)
    return Told(row.said, row.did, day, up=row.taken_down_at is None)


def _draft(plan: Plan) -> str:
    name = skills.topic_name(plan.topic)
    return f"You told us about {name[:1].lower()}{name[1:]}."


def boards(session: Session, *, viewer: Viewer, public_id: str) -> tuple[tuple[str, str], ...]:
    """Return the boards that a plan is told on, each (public id of the site, its name)."""
    plan = _row(session, viewer, public_id)
    return tuple(
        (row.public_id, row.name)
        for row in people.sites(session, viewer.practice_id)
        if row.closed_on is None and plan.site_id in {None, row.id}
    )


def publish(
    session: Session,
    *,
    viewer: Viewer,
    public_id: str,
    said: str,
    did: str,
    today: date,
    moment: datetime,
) -> None:
    """Put a plan on the board, in place of what was up of it; raise `NotFound` or `BadPlan`."""
    plan = _row(session, viewer, public_id)
    said, did = said.strip(), did.strip()
    _check(session, viewer, {"said": said, "did": did}, today)
    _down(session, viewer, plan, moment)
    session.add(
        BoardNote(
            practice_id=viewer.practice_id, plan_id=plan.id, said=said, did=did,
            published_at=moment, published_by=viewer.account_id,
        )
    )  # fmt: skip
    record(session, viewer=viewer, number=plan.id, verb="publish_plan", moment=moment)
    session.commit()


def take_down(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> None:
    """Take a plan off the board; raise `NotFound`, also where it is not up."""
    plan = _row(session, viewer, public_id)
    if not _down(session, viewer, plan, moment):
        raise NotFound
    record(session, viewer=viewer, number=plan.id, verb="take_down_plan", moment=moment)
    session.commit()


def _down(session: Session, viewer: Viewer, plan: Plan, moment: datetime) -> bool:
    row = store.told(session, plan.id)
    if row is None or row.taken_down_at is not None:
        return False
    row.taken_down_at, row.taken_down_by = moment, viewer.account_id
    session.flush()  # before another may be up
    return True


def board(session: Session, *, site_public_id: str) -> Board:
    """Return the public board of a site; raise `NotFound` for none, or one that is closed."""
    site = store.site_of_board(session, site_public_id)
    if site is None or site.closed_on is not None:
        raise NotFound
    zone = session.get_one(Practice, site.practice_id).time_zone
    items = tuple(
        (row.said, row.did, periods.month_of(periods.local_day(row.published_at, zone)).label)
        for row, _ in store.board(session, site)
    )
    return Board(site.practice_id, site.name, items)


def _check(session: Session, viewer: Viewer, texts: dict[str, str], today: date) -> None:
    index = readings.desk(session, practice_id=viewer.practice_id).roster.index
    own = set(_runs(store.kept_back(session, viewer.practice_id, today - _LOOKED_BACK)))
    for field, text in texts.items():
        if not text:
            raise BadPlan(field, "Write a sentence or two.")
        if len(text) > LONGEST:
            raise BadPlan(field, f"Use at most {LONGEST} characters.")
        if manager_view(text, index) != text:
            raise BadPlan(field, "Leave out names, and how to reach somebody: everybody reads it.")
        if _DATE.search(text) or _LONG_NUMBER.search(text):
            raise BadPlan(field, "Leave out dates and long numbers: somebody may be known by them.")
        if own & set(_runs([text])):
            raise BadPlan(
                field, "These are a patient’s words who did not allow it. Say it in your own."
            )


def _runs(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield every run of words in some texts that is long enough to be somebody's own."""
    for text in texts:
        words = _WORD.findall(text.casefold())
        yield from zip(*(words[at:] for at in range(_ALIKE)), strict=False)


def _row(session: Session, viewer: Viewer, public_id: str) -> Plan:
    return session.get_one(Plan, number_of(session, viewer=viewer, public_id=public_id))
