"""What a patient's code opens: a visit to be asked about, or the poster of a site.

    AB7K-92QX-MW ──redeem──► Door(practice, site, who was on the visit, used?)
    unknown, expired, taken down ──► CodeGone, whichever it is

Opening changes nothing, however often it is done.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from training import periods
from training.services import codes
from training.store import visits
from training.store.tables import Staff
from training.store.visits import Asked, Poster


class CodeGone(Exception):
    """The code is unknown, expired or taken down; nobody is told which."""


@dataclass(frozen=True, slots=True)
class OnVisit:
    """Somebody a patient may say the comment is about: what they are called, and their role."""

    staff_id: int
    public_id: str
    first_name: str
    role: str


@dataclass(frozen=True, slots=True)
class Door:
    """What a code opens: the practice and site, and for an invitation the visit it asks about.

    `used` means that the one comment has arrived. A poster has no visit, nobody on it, is never used.
    `languages` are the codes of those in which the practice offers its pages.
    """

    practice_id: int
    time_zone: str
    site_id: int | None
    site: str
    closed: bool
    invitation_id: int | None = None
    visit_id: int | None = None
    stage: str | None = None
    channel: str | None = None
    used: bool = False
    people: tuple[OnVisit, ...] = ()
    languages: tuple[str, ...] = ("en",)


def redeem(session: Session, *, code: str, key: bytes, moment: datetime) -> Door:
    """Return what a code opens, and change nothing; raise `CodeGone`.

    A used code opens even after its 14 days, so that a thank-you page never turns into an error.
    """
    typed = codes.plain(code)
    if typed is None:
        raise CodeGone
    kept = codes.hashed(typed, key)
    if asked := visits.asked_by(session, kept):
        return _visit_door(session, asked, moment)
    if poster := visits.poster_of(session, kept):
        return _poster_door(poster, moment)
    raise CodeGone


def _visit_door(session: Session, asked: Asked, moment: datetime) -> Door:
    used = asked.invitation.used_on is not None
    if not used and asked.invitation.expires_at <= moment:
        raise CodeGone
    staff = visits.staff_on(session, [asked.visit.id])
    return Door(
        practice_id=asked.practice.id,
        time_zone=asked.practice.time_zone,
        site_id=asked.visit.site_id,
        site=asked.site.name if asked.site else "",
        closed=False,
        invitation_id=asked.invitation.id,
        visit_id=asked.visit.id,
        stage=asked.visit.stage,
        channel=asked.visit.channel,
        used=used,
        people=tuple(_on_visit(row) for row in staff.get(asked.visit.id, ())),
        languages=tuple(asked.practice.languages),
    )


def _on_visit(row: Staff) -> OnVisit:
    return OnVisit(row.id, row.public_id, row.preferred_name or row.given_name, row.role)


def _poster_door(poster: Poster, moment: datetime) -> Door:
    if poster.code.closed_at is not None:
        raise CodeGone
    today = periods.local_day(moment, poster.practice.time_zone)
    closed_on = poster.site.closed_on
    return Door(
        practice_id=poster.practice.id,
        time_zone=poster.practice.time_zone,
        site_id=poster.site.id,
        site=poster.site.name,
        closed=closed_on is not None and closed_on <= today,
        languages=tuple(poster.practice.languages),
    )
