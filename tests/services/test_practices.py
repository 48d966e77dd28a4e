"""A practice's own words and settings."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.world import NOW, World
from training.services import practices
from training.services.practices import BadSetting, Settings, Wording
from training.services.signing_in import Viewer
from training.store.tables import Audit, Site

GOOD = Settings(
    name="Elder Row Surgery",
    time_zone="Europe/London",
    sites=("Elder Row",),
    emergency_wording="Call 999.",
    crisis_wording="Call 111.",
    complaints_contact="",
    privacy_notice="",
    reading_on=True,
)


@pytest.fixture
def admin(world: World) -> Viewer:
    who = world.account("admin")
    return Viewer(who.id, who.practice_id, None, who.name, who.email, "admin", False, False, ())


def change(session: Session, admin: Viewer, settings: Settings) -> None:
    practices.change(session, viewer=admin, settings=settings, moment=NOW)


def site_names(session: Session) -> list[str]:
    return list(session.scalars(select(Site.name).order_by(Site.name)))


def test_settings_are_stored_tidy_and_the_change_audited(session: Session, admin: Viewer) -> None:
    change(
        session,
        admin,
        replace(GOOD, name=" Elder\0  Row ", crisis_wording="One\r\nTwo", reading_on=False),
    )
    words = practices.words(session, practice_id=admin.practice_id)
    assert (words.name, words.crisis_wording, words.reading_on) == ("Elder Row", "One\nTwo", False)
    assert words.set_up
    assert session.scalars(select(Audit.verb)).all() == ["change_settings"]


def test_only_the_viewers_practice_changes(
    session: Session, other_world: World, admin: Viewer
) -> None:
    change(session, admin, replace(GOOD, name="New name"))
    other = practices.words(session, practice_id=other_world.practice.id)
    assert other.name == "Quarry Lane Practice"


def test_the_first_practice_is_not_set_up_until_its_settings_are_stored(
    session: Session, world: World, admin: Viewer
) -> None:
    world.practice.set_up_at = None
    session.commit()
    assert not practices.words(session, practice_id=admin.practice_id).set_up
    change(session, admin, GOOD)
    assert practices.words(session, practice_id=admin.practice_id).set_up


def test_sites_are_added_once_and_never_taken_away(session: Session, admin: Viewer) -> None:
    change(session, admin, replace(GOOD, sites=("Quay Street", " quay street ", "", "Quay Street")))
    assert site_names(session) == ["Elder Row", "Quay Street"]


def test_a_site_can_be_renamed(session: Session, world: World, admin: Viewer) -> None:
    change(
        session, admin, replace(GOOD, sites=(), renamed=((world.site_one.public_id, "Old Row"),))
    )
    assert site_names(session) == ["Old Row"]


def test_another_practices_site_cannot_be_renamed(
    session: Session, other_world: World, admin: Viewer
) -> None:
    renamed = ((other_world.site_one.public_id, "Mine"),)
    change(session, admin, replace(GOOD, renamed=renamed))
    assert site_names(session) == ["Elder Row", "Elder Row"]


def test_two_sites_cannot_share_a_name(session: Session, world: World, admin: Viewer) -> None:
    two = world.site("Quay Street")
    with pytest.raises(BadSetting, match="Elder row"):
        change(session, admin, replace(GOOD, renamed=((two.public_id, "Elder row"),)))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " \0 "),
        ("name", "x" * 121),
        ("time_zone", "Elder/Row"),
        ("time_zone", ""),
        ("sites", ("", " ")),
        ("sites", ("x" * 121,)),
        ("emergency_wording", " "),
        ("crisis_wording", ""),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    session: Session, admin: Viewer, field: str, value: object
) -> None:
    with pytest.raises(BadSetting) as refused:
        change(session, admin, replace(GOOD, **{field: value}))  # type: ignore[arg-type]
    assert refused.value.field == field
    session.rollback()
    assert practices.words(session, practice_id=admin.practice_id).name == "Elder Row Surgery"


def test_every_zone_on_the_list_can_be_used(session: Session, admin: Viewer) -> None:
    zones = practices.time_zones()
    assert {"Europe/London", "America/New_York", "Asia/Kolkata", "UTC"} <= set(zones)
    for zone in zones:
        practices._check(replace(GOOD, time_zone=zone))


def test_sites_are_those_of_the_viewers_scope(
    session: Session, world: World, admin: Viewer
) -> None:
    two = world.site("Quay Street")
    assert [s.name for s in practices.sites(session, viewer=admin)] == ["Elder Row", "Quay Street"]
    scoped = replace(admin, site_ids=(two.id,))
    assert [s.name for s in practices.sites(session, viewer=scoped)] == ["Quay Street"]


def offer(session: Session, admin: Viewer, languages: list[str], **spanish: str) -> None:
    practices.offer_languages(
        session, viewer=admin, languages=languages, wordings={"es": spanish}, moment=NOW
    )


def test_english_is_always_offered_and_each_language_once(session: Session, admin: Viewer) -> None:
    offer(session, admin, ["es", "cy", "es"])
    words = practices.words(session, practice_id=admin.practice_id)
    assert words.languages == ("en", "cy", "es")
    offer(session, admin, [])
    assert practices.words(session, practice_id=admin.practice_id).languages == ("en",)
    assert session.scalars(select(Audit.verb)).all() == ["change_languages"] * 2


def test_a_wording_is_shown_in_its_language_or_else_in_english(
    session: Session, admin: Viewer
) -> None:
    offer(session, admin, ["es"], emergency_wording=" Llame\r\nal 999. ", crisis_wording=" ")
    words = practices.words(session, practice_id=admin.practice_id)
    assert words.wordings == {"es": {"emergency_wording": "Llame\nal 999."}}
    spanish = words.in_language("es")
    assert spanish.emergency_wording == Wording("Llame\nal 999.", "es")
    shown = [spanish.emergency_wording, spanish.crisis_wording]
    assert [(str(w), w.language) for w in shown if isinstance(w, Wording)] == [
        ("Llame\nal 999.", "es"),
        ("In a crisis call 111.", "en"),
    ]
    assert words.in_language("cy").emergency_wording == "In an emergency call 999."


def test_the_words_of_a_language_that_is_not_offered_are_kept_for_another_day(
    session: Session, admin: Viewer
) -> None:
    offer(session, admin, [], emergency_wording="Llame al 999.")
    words = practices.words(session, practice_id=admin.practice_id)
    assert words.languages == ("en",)
    assert words.wordings == {"es": {"emergency_wording": "Llame al 999."}}


def test_one_practices_languages_are_not_anothers(
    session: Session, other_world: World, admin: Viewer
) -> None:
    offer(session, admin, ["es"], emergency_wording="Llame al 999.")
    other = practices.words(session, practice_id=other_world.practice.id)
    assert (other.languages, other.wordings) == (("en",), {})
