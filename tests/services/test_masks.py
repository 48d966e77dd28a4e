from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, World
from training.services import masks, notes, remarks
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.tables import Audit, Comment, Mask, ReviewNote

WORDS = "My sister Rosa said Ada was kind. Rosa liked her."


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True))


def left(world: World, **more: object) -> Comment:
    given = {"sentiment": "positive", "state": "settled", "shown_at": NOW, **more}
    about = given.pop("about", None) or world.staff()
    return world.read_comment(WORDS, about=about, **given)[0]  # type: ignore[arg-type]


def mask(
    session: Session, viewer: Viewer, comment: Comment, words: str = "Rosa", reason: str = "patient"
) -> int:
    return masks.mask(
        session, viewer=viewer, comment_public_id=comment.public_id, words=words, reason=reason,
        moment=NOW,
    )  # fmt: skip


def beside(session: Session, viewer: Viewer, comment: Comment) -> notes.Beside:
    return notes.beside(session, viewer=viewer, public_id=comment.public_id)


def test_the_person_sees_a_block_with_the_reason_wherever_the_words_stood(
    session: Session, world: World, reviewer: Viewer
) -> None:
    nurse = world.staff()
    me = viewer_of(session, world.account(staff=nurse))
    assert mask(session, reviewer, left(world, about=nurse), reason="third_party") == 2
    (one,) = remarks.said(session, viewer=me).praise
    hidden = "▇ (somebody’s name)"
    assert one.text == f"My sister {hidden} said Ada was kind. {hidden} liked her."


def test_those_who_review_still_read_all_and_see_what_is_hidden(
    session: Session, world: World, reviewer: Viewer
) -> None:
    comment = left(world)
    assert [one.text for one in beside(session, reviewer, comment).suggested] == ["Rosa"]
    mask(session, reviewer, comment)
    found = beside(session, reviewer, comment)
    assert [(one.text, one.reason) for one in found.hidden] == [("Rosa", "patient")] * 2
    assert found.suggested == ()


def test_what_is_shown_again_is_shown(session: Session, world: World, reviewer: Viewer) -> None:
    nurse = world.staff()
    me = viewer_of(session, world.account(staff=nurse))
    comment = left(world, about=nurse)
    mask(session, reviewer, comment)
    for one in beside(session, reviewer, comment).hidden:
        masks.unmask(
            session, viewer=reviewer, comment_public_id=comment.public_id, public_id=one.public_id,
            moment=NOW,
        )  # fmt: skip
    assert remarks.said(session, viewer=me).praise[0].text == WORDS


def test_masks_are_audited_without_the_words(
    session: Session, world: World, reviewer: Viewer
) -> None:
    comment = left(world)
    mask(session, reviewer, comment)
    (row,) = session.scalars(select(Audit))
    assert (row.verb, row.noun_id, row.facts) == ("mask", comment.id, {"reason": "patient"})


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Rosie", "patient"),
        ("rosa", "patient"),
        ("", "patient"),
        (" ", "patient"),
        ("Rosa", ""),
        ("Rosa", "x"),
    ],
)
def test_words_that_do_not_stand_there_and_reasons_that_do_not_exist_are_refused(
    session: Session, world: World, reviewer: Viewer, words: str, reason: str
) -> None:
    with pytest.raises(masks.NoSuchWords):
        mask(session, reviewer, left(world), words, reason)
    assert session.scalars(select(Mask)).all() == []


def test_hiding_twice_changes_nothing(session: Session, world: World, reviewer: Viewer) -> None:
    comment = left(world)
    mask(session, reviewer, comment)
    with pytest.raises(masks.NoSuchWords):
        mask(session, reviewer, comment)
    assert len(session.scalars(select(Mask)).all()) == 2


# --- Notes -----------------------------------------------------------------------------------------


def write(session: Session, viewer: Viewer, comment: Comment, words: str = "Ask Jo first.") -> None:
    notes.write(
        session, viewer=viewer, comment_public_id=comment.public_id, words=words, moment=NOW
    )


def test_a_note_is_read_by_the_other_reviewers(
    session: Session, world: World, reviewer: Viewer
) -> None:
    comment = left(world)
    write(session, reviewer, comment)
    colleague = viewer_of(session, world.account("manager", review=True))
    (theirs,) = beside(session, colleague, comment).notes
    (mine,) = beside(session, reviewer, comment).notes
    assert (theirs.words, theirs.name, theirs.mine) == ("Ask Jo first.", reviewer.name, False)
    assert mine.mine


def test_a_note_is_taken_away_by_who_wrote_it_alone(
    session: Session, world: World, reviewer: Viewer
) -> None:
    comment = left(world)
    write(session, reviewer, comment)
    (note,) = beside(session, reviewer, comment).notes
    given = {
        "comment_public_id": comment.public_id, "public_id": note.public_id, "moment": NOW
    }  # fmt: skip
    with pytest.raises(NotFound):
        notes.remove(
            session, viewer=viewer_of(session, world.account("manager", review=True)), **given
        )
    notes.remove(session, viewer=reviewer, **given)
    assert beside(session, reviewer, comment).notes == ()
    assert [row.verb for row in session.scalars(select(Audit))] == ["write_note", "remove_note"]


@pytest.mark.parametrize("words", ["", " \n", "x" * (notes.LONGEST + 1)])
def test_a_note_says_something_and_not_too_much(
    session: Session, world: World, reviewer: Viewer, words: str
) -> None:
    with pytest.raises(notes.NotWritten):
        write(session, reviewer, left(world), words)
    assert session.scalars(select(ReviewNote)).all() == []


ACTS: list[Callable[[Session, Viewer, Comment], object]] = [mask, write, beside]


@pytest.mark.parametrize("act", ACTS)
def test_none_of_it_is_for_who_may_not_open_the_comment(
    session: Session,
    world: World,
    other_world: World,
    act: Callable[[Session, Viewer, Comment], object],
) -> None:
    nurse = world.staff()
    comment = left(world, about=nurse)
    for account in (
        world.account("staff", staff=nurse, review=True, safeguard=True),
        world.account("admin"),
        world.account("manager", review=True, sites=[world.site("Mill Lane")]),
        other_world.account("manager", review=True, safeguard=True),
    ):
        with pytest.raises(NotFound):
            act(session, viewer_of(session, account), comment)


def test_a_held_comment_is_for_who_safeguards(session: Session, world: World) -> None:
    comment = left(world, hold="unread", shown_at=None)
    safeguarder = viewer_of(session, world.account("manager", safeguard=True))
    write(session, safeguarder, comment)
    assert len(beside(session, safeguarder, comment).notes) == 1
    with pytest.raises(NotFound):
        beside(session, viewer_of(session, world.account("manager", review=True)), comment)
