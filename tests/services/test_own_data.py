import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.scenarios import catalogue
from training.services import disputes, own_data, plays, reflections, suggestions
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.base import Base
from training.store.tables import Audit, Reflection, SignIn, Staff

CANARY = "CANARY-4711 I was tired that day."


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


@pytest.fixture
def me(session: Session, world: World, nurse: Staff) -> Viewer:
    return viewer_of(session, world.account(staff=nurse))


def shown(world: World, nurse: Staff, text: str = "Ada was short.", **more: Any) -> str:
    given = {"state": "confirmed", "match_state": "confirmed", "shown_at": NOW, **more}
    return world.read_comment(text, about=nurse, **given)[1].public_id


def reflect(session: Session, viewer: Viewer, remark: str, words: str = CANARY) -> None:
    reflections.write(session, viewer=viewer, remark_public_id=remark, words=words, moment=NOW)


def collect(session: Session, viewer: Viewer) -> dict[str, Any]:
    return own_data.collect(session, viewer=viewer, today=TODAY, moment=NOW)


# --- Reflections -----------------------------------------------------------------------------------


def test_a_reflection_is_kept_changed_and_taken_away(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    remark = shown(world, nurse)
    for words, kept in ((" First. ", "First."), ("Second.", "Second."), ("", "")):
        reflect(session, me, remark, words)
        assert reflections.of(session, viewer=me, remark_public_id=remark) == kept
    assert session.scalars(select(Reflection)).all() == []


def test_a_reflection_is_written_only_about_what_one_is_shown(
    session: Session, world: World, other_world: World, nurse: Staff, me: Viewer
) -> None:
    remark = shown(world, nurse)
    hidden = shown(world, nurse, shown_at=None)
    colleague = viewer_of(session, world.account(staff=world.staff("Ben", "Rook")))
    foreign = viewer_of(session, other_world.account(staff=other_world.staff()))
    manager = viewer_of(session, world.account("manager", review=True))
    for viewer, public_id in (
        (me, hidden),
        (colleague, remark),
        (foreign, remark),
        (manager, remark),
    ):
        with pytest.raises(NotFound):
            reflect(session, viewer, public_id)


def test_nobody_else_reads_a_reflection_by_asking_for_the_remark(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    remark = shown(world, nurse)
    reflect(session, me, remark)
    colleague = viewer_of(session, world.account(staff=world.staff("Ben", "Rook")))
    assert reflections.of(session, viewer=colleague, remark_public_id=remark) == ""
    assert "CANARY" not in json.dumps(collect(session, colleague))


def test_a_reflection_is_not_too_long(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    with pytest.raises(reflections.TooLong):
        reflect(session, me, shown(world, nurse), "x" * (reflections.LONGEST + 1))


def test_a_reflection_stands_in_no_row_but_its_own(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    reflect(session, me, shown(world, nurse))
    holders = {
        table.name
        for table in Base.metadata.sorted_tables
        if "CANARY" in str(session.execute(select(table)).all())
    }
    assert holders == {"reflection"}
    assert session.scalars(select(Audit)).all() == []


# --- The download ----------------------------------------------------------------------------------


@pytest.fixture
def full(session: Session, world: World, nurse: Staff, me: Viewer) -> dict[str, Any]:
    """The download of somebody who has some of everything."""
    for n in range(5):
        last = shown(world, nurse, f"Ada was short {n}.", day=date(2025, 12, 1 + n))
    suggestions.refresh(
        session, practice_id=world.practice.id, today=TODAY, moment=NOW, catalogue=catalogue.load()
    )
    reflect(session, me, last)
    plays.start(
        session, viewer=me, slug="fifty-minutes-late", catalogue=catalogue.load(), moment=NOW, remark="",
        suggestion="",
    )  # fmt: skip
    disputes.dispute(
        session, viewer=me, remark_public_id=shown(world, nurse, "Ada was late."),
        ground="factually_wrong", words="I was not.", moment=NOW,
    )  # fmt: skip
    session.add(
        SignIn(
            practice_id=world.practice.id, account_id=me.account_id, token_hash="t",
            started_at=NOW, last_seen=NOW,
        )
    )  # fmt: skip
    session.commit()
    return collect(session, me)


def test_j07_the_download_holds_everything_about_the_person(full: dict[str, Any]) -> None:
    assert full["you"]["roster"]["family_name"] == "Moss"
    assert {one["words"] for one in full["remarks"]} == {f"Ada was short {n}." for n in range(5)}
    assert {one["month"] for one in full["remarks"]} == {"2025-12"}
    (dispute,) = full["disputes"]
    assert (dispute["ground"], dispute["your_words"]) == ("factually_wrong", "I was not.")
    (reflection,) = full["reflections"]
    assert reflection["words"] == CANARY
    (suggestion,) = full["suggestions"]
    assert (suggestion["skill"], suggestion["reasons"]["negatives"]) == ("empathy", 5)
    (play,) = full["plays"]
    assert (play["scenario"], play["moves"]) == ("fifty-minutes-late", [])
    assert len(full["sign_ins"]) == 1
    (team,) = full["you"]["roster"]["teams"]
    assert (team["role_group"], team["ends_on"]) == ("nursing", "")
    assert "dispute" in {one["verb"] for one in full["acts"]}
    assert full["you"]["account_since"]


def test_j07_no_day_and_no_number_of_a_comment_stands_in_it(full: dict[str, Any]) -> None:
    told = json.dumps({**full, "made_at": "", "sign_ins": [], "plays": [], "disputes": []})
    assert not any(f"2025-12-0{n}" in told for n in range(1, 6))
    assert "comment_id" not in told
    for one in full["remarks"]:
        assert set(one) == {"remark", "words", "praise", "skills", "themes", "month", "stage"}


def test_j07_what_may_lead_to_a_patient_is_masked_in_it(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    shown(world, nurse, "Ada was short. Ring 07700 900123.")
    assert "900123" not in json.dumps(collect(session, me))


@pytest.mark.parametrize(
    "more",
    [{"shown_at": None}, {"may_learn": False}, {"hold": "safety"}, {"state": "rejected"}],
    ids=str,
)
def test_what_the_person_is_not_shown_is_not_in_it(
    session: Session, world: World, nurse: Staff, me: Viewer, more: dict[str, Any]
) -> None:
    shown(world, nurse, CANARY, **more)
    assert "CANARY" not in json.dumps(collect(session, me))


def test_nothing_of_a_colleague_stands_in_it(
    session: Session, world: World, other_world: World, me: Viewer
) -> None:
    for place in (world, other_world):
        rook = place.staff("Ben", "Rook")
        theirs = viewer_of(session, place.account(staff=rook))
        remark = shown(place, rook, "CANARY was short.", day=TODAY - timedelta(days=3))
        reflect(session, theirs, remark)
        plays.start(
            session, viewer=theirs, slug="fifty-minutes-late", catalogue=catalogue.load(), moment=NOW,
            remark="", suggestion="",
        )  # fmt: skip
    found = collect(session, me)
    assert "CANARY" not in json.dumps(found)
    assert (found["plays"], found["remarks"]) == ([], [])


def test_only_who_is_on_the_roster_has_a_download(session: Session, world: World) -> None:
    with pytest.raises(NotFound):
        collect(session, viewer_of(session, world.account("admin")))
