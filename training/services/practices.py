"""A practice's own words and settings: the first screen of an admin, and what pages show of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from training.feedback.comment import tidy
from training.services.signing_in import Viewer
from training.store import audit, people
from training.store.tables import Practice, Site

LONGEST_NAME = 120
WRITTEN_IN = "en"
EMERGENCY = "Say what a patient should do in an emergency."
CRISIS = "Say where somebody in a crisis finds help."
WORDINGS = ("emergency_wording", "crisis_wording", "complaints_contact", "privacy_notice")


class BadSetting(ValueError):
    """A setting cannot be used; `field` names it and the text says why."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class Wording(str):
    """A practice's own text, which knows the language it is written in (`es`)."""

    language: str

    def __new__(cls, text: str, language: str) -> Self:
        """Return the text with its language."""
        made = super().__new__(cls, text)
        made.language = language
        return made


@dataclass(frozen=True, slots=True)
class PracticeWords:
    """What pages need of a practice: its name and its own wordings.

    The wordings are in English; `wordings` holds what the practice wrote in other languages, by
    code and field. `languages` are the codes of those in which patients' pages are offered. Comments are
    kept for `keep_months` full months, or for good.
    """

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
    keep_months: int | None = None
    languages: tuple[str, ...] = (WRITTEN_IN,)
    wordings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def in_language(self, code: str) -> Self:
        """Return the same with each wording in a language, or in English where it is not written."""
        there = self.wordings.get(code, {})
        return replace(
            self,
            **{  # type: ignore[arg-type]  # names of fields that are texts
                name: Wording(there[name], code)
                if there.get(name)
                else Wording(getattr(self, name), WRITTEN_IN)
                for name in WORDINGS
            },
        )


@dataclass(frozen=True, slots=True)
class SiteName:
    """A site as pages name it."""

    id: int
    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What an admin writes on the settings page.

    `sites` are names of sites, those that are there already may be among them; `renamed` holds
    (public id, name) of sites there are.
    """

    name: str
    time_zone: str
    sites: tuple[str, ...]
    emergency_wording: str
    crisis_wording: str
    complaints_contact: str
    privacy_notice: str
    reading_on: bool
    renamed: tuple[tuple[str, str], ...] = ()


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
        keep_months=row.keep_months,
        languages=tuple(row.languages),
        wordings=row.wordings,
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


def time_zones() -> list[str]:
    """Return the time zones to choose from, as Continent/City, and UTC."""
    skipped = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")
    cities = (z for z in available_timezones() if "/" in z and not z.startswith(skipped))
    return [*sorted(cities), "UTC"]


def change(session: Session, *, viewer: Viewer, settings: Settings, moment: datetime) -> None:
    """Store what an admin wrote; raise `BadSetting` naming the field that cannot be used.

    A site can be added and renamed but not taken away, because visits belong to it.
    """
    _check(settings)
    row = people.practice(session, viewer.practice_id)
    _name_sites(session, row.id, settings)
    row.name = one_line(settings.name)
    row.time_zone = settings.time_zone
    row.emergency_wording = tidy(settings.emergency_wording)
    row.crisis_wording = tidy(settings.crisis_wording)
    row.complaints_contact = tidy(settings.complaints_contact)
    row.privacy_notice = tidy(settings.privacy_notice)
    row.reading_on = settings.reading_on
    row.set_up_at = row.set_up_at or moment
    audit.note(
        session, practice_id=row.id, account_id=viewer.account_id, moment=moment,
        verb="change_settings", noun="practice", noun_id=row.id,
    )  # fmt: skip
    session.commit()


def offer_languages(
    session: Session,
    *,
    viewer: Viewer,
    languages: Sequence[str],
    wordings: Mapping[str, Mapping[str, str]],
    moment: datetime,
) -> None:
    """Store the languages of patients' pages, by code, and the practice's own words in them.

    English is always offered. `wordings` holds texts by code and name of the field; an empty one
    means that the English words are shown instead.
    """
    row = people.practice(session, viewer.practice_id)
    row.languages = [WRITTEN_IN, *sorted(set(languages) - {WRITTEN_IN})]
    row.wordings = {code: _own(texts) for code, texts in wordings.items() if _own(texts)}
    audit.note(
        session, practice_id=row.id, account_id=viewer.account_id, moment=moment,
        verb="change_languages", noun="practice", noun_id=row.id,
    )  # fmt: skip
    session.commit()


def _own(texts: Mapping[str, str]) -> dict[str, str]:
    tidied = {name: tidy(texts.get(name, "")) for name in WORDINGS}
    return {name: text for name, text in tidied.items() if text}


def one_line(text: str) -> str:
    """Return a typed name as it is kept: one line, without signs that cannot be stored."""
    return " ".join(tidy(text).split())


def _name_sites(session: Session, practice_id: int, settings: Settings) -> None:
    here = people.sites(session, practice_id)
    taken = {site.name.casefold() for site in here}
    wanted = dict(settings.renamed)
    for site in here:
        name = one_line(wanted.get(site.public_id, "")) or site.name
        if name.casefold() != site.name.casefold() and name.casefold() in taken:
            raise BadSetting("sites", f"Two sites cannot both be called {name}.")
        taken.add(name.casefold())
        site.name = name
    for name in map(one_line, settings.sites):
        if name and name.casefold() not in taken:
            taken.add(name.casefold())
            session.add(Site(practice_id=practice_id, name=name))


def become_demo(session: Session, *, practice_id: int) -> None:
    """Mark a practice as made up, so that every page says so."""
    people.practice(session, practice_id).is_demo = True
    session.commit()


def _check(settings: Settings) -> None:
    names = [one_line(name) for name in (*settings.sites, *(n for _, n in settings.renamed))]
    if not one_line(settings.name):
        raise BadSetting("name", "Give the practice its name.")
    if len(settings.name) > LONGEST_NAME:
        raise BadSetting("name", f"Use at most {LONGEST_NAME} characters.")
    if settings.time_zone not in available_timezones():
        raise BadSetting("time_zone", "Choose a time zone from the list, such as Europe/London.")
    if not any(names):
        raise BadSetting("sites", "Name at least one site, one on each line.")
    if any(len(name) > LONGEST_NAME for name in names):
        raise BadSetting("sites", f"A site's name has at most {LONGEST_NAME} characters.")
    if not tidy(settings.emergency_wording):
        raise BadSetting("emergency_wording", EMERGENCY)
    if not tidy(settings.crisis_wording):
        raise BadSetting("crisis_wording", CRISIS)
