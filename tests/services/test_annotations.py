"""Notes on the charts: written, seen where they belong, taken off and put back."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import annotations, trends
from training.services.annotations import Draft, NotWritten
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.tables import Audit

COURSE = Draft(date(2026, 1, 1), "training", "Teach-back course")


@pytest.fixture
def dana(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager"))


def write(session: Session, viewer: Viewer, draft: Draft = COURSE) -> str:
    return annotations.write(session, viewer=viewer, draft=draft, today=TODAY, moment=NOW)


def marks(session: Session, viewer: Viewer, topic: str = "", site: str = "") -> list[str]:
    page = trends.page(session, viewer=viewer, topic=topic, site=site, today=TODAY)
    return [mark.label for mark in page.trend.marks]


def test_a_note_is_a_mark_on_every_chart_and_a_line_of_the_list(
    session: Session, dana: Viewer
) -> None:
    write(session, dana)

    assert marks(session, dana) == marks(session, dana, "explaining") == ["Teach-back course"]
    (note,) = annotations.board(session, viewer=dana).notes
    assert (note.words, note.kind, note.by) == ("Teach-back course", "training", dana.name)


def test_a_note_of_a_topic_stands_on_its_charts_and_on_those_of_all(
    session: Session, dana: Viewer
) -> None:
    write(session, dana, Draft(date(2026, 1, 1), "other", "New phones", topic="phone_system"))

    assert marks(session, dana) == marks(session, dana, "phone_system") == ["New phones"]
    assert marks(session, dana, "explaining") == []


def test_a_note_of_a_site_names_it_where_all_sites_are_drawn(
    session: Session, world: World, dana: Viewer
) -> None:
    mill = world.site("Mill Lane").public_id
    write(session, dana, Draft(date(2026, 1, 1), "staffing", "Two new nurses", site=mill))

    assert marks(session, dana) == ["Two new nurses (Mill Lane)"]
    assert marks(session, dana, site=mill) == ["Two new nurses"]
    assert marks(session, dana, site=world.site_one.public_id) == []


def test_a_note_that_is_removed_is_off_the_charts_until_it_is_put_back(
    session: Session, dana: Viewer
) -> None:
    note = write(session, dana)
    annotations.remove(session, viewer=dana, public_id=note, moment=NOW)
    assert marks(session, dana) == []
    assert annotations.board(session, viewer=dana).notes == ()

    annotations.restore(session, viewer=dana, public_id=note, moment=NOW)
    assert marks(session, dana) == ["Teach-back course"]
    verbs = list(session.scalars(select(Audit.verb).order_by(Audit.id)))
    assert verbs == ["annotate", "remove_annotation", "restore_annotation"]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (Draft(date(2026, 1, 1), "training", "  "), "words"),
        (Draft(date(2026, 1, 1), "training", "x" * 121), "words"),
        (Draft(date(2026, 1, 1), "party", "Cake"), "kind"),
        (Draft(date(2026, 3, 17), "training", "Tomorrow"), "on_day"),
        (Draft(date(2024, 2, 29), "training", "Before any chart"), "on_day"),
    ],
)
def test_what_cannot_be_a_note_is_said(
    session: Session, dana: Viewer, draft: Draft, field: str
) -> None:
    with pytest.raises(NotWritten) as problem:
        write(session, dana, draft)
    assert problem.value.field == field


def test_whoever_sees_one_site_writes_for_it_alone_and_removes_no_other(
    session: Session, world: World, dana: Viewer
) -> None:
    mill = world.site("Mill Lane")
    of_mill = viewer_of(session, world.account("manager", sites=[mill]))
    whole, elder = write(session, dana), world.site_one.public_id
    with pytest.raises(NotWritten):
        write(session, of_mill)
    with pytest.raises(NotFound):
        write(session, of_mill, Draft(date(2026, 1, 1), "training", "Hm", site=elder))
    with pytest.raises(NotFound):
        annotations.remove(session, viewer=of_mill, public_id=whole, moment=NOW)
    write(session, of_mill, Draft(date(2026, 1, 1), "training", "Ours", site=mill.public_id))

    board = annotations.board(session, viewer=of_mill)
    assert [(n.words, n.mine_to_remove) for n in board.notes] == [
        ("Ours", True), ("Teach-back course", False),
    ]  # fmt: skip
    assert not board.whole


def test_another_practice_neither_sees_nor_removes_a_note(
    session: Session, other_world: World, dana: Viewer
) -> None:
    note = write(session, dana)
    stranger = viewer_of(session, other_world.account("manager"))

    assert annotations.board(session, viewer=stranger).notes == ()
    for change in (annotations.remove, annotations.restore):
        with pytest.raises(NotFound):
            change(session, viewer=stranger, public_id=note, moment=NOW)
