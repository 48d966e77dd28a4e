"""A practice's own words and settings: the first screen of an admin, and what pages show of it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from training.services.signing_in import Viewer
from training.store import audit, people
from training.store.tables import Practice, Site


class BadSetting(ValueError):
    """A setting cannot be used; `field` names it and the text says why."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class PracticeWords:
    """What pages need of a practice: its name and its own wordings."""

    id: int
    name: str
    time_zone: str
    emergency_wording: str
    crisis_wording: str
    complaints_contact: str
    privacy_notice: str
    reading_on: bool
    is_demo: bool
    set_up: bool


@dataclass(frozen=True, slots=True)
class SiteName:
    """A site as pages name it."""

    id: int
    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What an admin writes on the settings page; `sites` are names, one each."""

    name: str
    time_zone: str
    sites: tuple[str, ...]
    emergency_wording: str
    crisis_wording: str
    complaints_contact: str
    privacy_notice: str
    reading_on: bool


def words(session: Session, *, practice_id: int) -> PracticeWords:
    """Return what pages show of a practice."""
    return _words(people.practice(session, practice_id))


def _words(row: Practice) -> PracticeWords:
    return PracticeWords(
        id=row.id,
        name=row.name,
        time_zone=row.time_zone,
        emergency_wording=row.emergency_wording,
        crisis_wording=row.crisis_wording,
        complaints_contact=row.complaints_contact,
        privacy_notice=row.privacy_notice,
        reading_on=row.reading_on,
        is_demo=row.is_demo,
        set_up=row.set_up_at is not None,
    )


def every_practice(session: Session) -> list[PracticeWords]:
    """Return every practice of this database, oldest first."""
    return [_words(row) for row in people.practices(session)]


def first(session: Session) -> PracticeWords | None:
    """Return the practice of this database, or None before there is one."""
    row = people.only_practice(session)
    return _words(row) if row else None


def sites(session: Session, *, viewer: Viewer) -> list[SiteName]:
    """Return the sites in a viewer's scope, by name."""
    return [
        SiteName(row.id, row.public_id, row.name)
        for row in people.sites(session, viewer.practice_id)
        if not viewer.site_ids or row.id in viewer.site_ids
    ]


def change(session: Session, *, viewer: Viewer, settings: Settings, moment: datetime) -> None:
    """Store what an admin wrote; raise `BadSetting` naming the field that cannot be used.

    Sites are added or renamed in order of the list only by name: a name that is missing from the
    list stays, because visits belong to it.
    """
    _check(settings)
    row = people.practice(session, viewer.practice_id)
    row.name = settings.name.strip()
    row.time_zone = settings.time_zone
    row.emergency_wording = settings.emergency_wording.strip()
    row.crisis_wording = settings.crisis_wording.strip()
    row.complaints_contact = settings.complaints_contact.strip()
    row.privacy_notice = settings.privacy_notice.strip()
    row.reading_on = settings.reading_on
    row.set_up_at = row.set_up_at or moment
    known = {s.name for s in people.sites(session, row.id)}
    for name in dict.fromkeys(n.strip() for n in settings.sites):
        if name and name not in known:
            session.add(Site(practice_id=row.id, name=name))
    audit.note(
        session, practice_id=row.id, account_id=viewer.account_id, moment=moment,
        verb="change_settings", noun="practice", noun_id=row.id,
    )  # fmt: skip
    session.commit()


def _check(settings: Settings) -> None:
    if not settings.name.strip():
        raise BadSetting("name", "Give the practice its name.")
    if settings.time_zone not in available_timezones():
        raise BadSetting("time_zone", "Choose a time zone from the list, such as Europe/London.")
    if not any(name.strip() for name in settings.sites):
        raise BadSetting("sites", "Name at least one site, one on each line.")
    if not settings.emergency_wording.strip():
        raise BadSetting("emergency_wording", "Say what a patient should do in an emergency.")
    if not settings.crisis_wording.strip():
        raise BadSetting("crisis_wording", "Say where somebody in a crisis finds help.")
