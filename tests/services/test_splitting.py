import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.sums import by_topic
from tests.support.viewers import race, viewer_of
from tests.support.world import NOW, World
from training.services import corrections, decisions, splitting, undoing
from training.services.decisions import AlreadyDecided, Decided, NotChosen
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.services.splitting import NotSplit
from training.services.undoing import TooLate
from training.store import topics
from training.store.tables import Audit, Comment, Match, Remark, Staff

TEXT = "Grace was kind and Tom was very rude."
BORDER = TEXT.index("and")


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True))


@pytest.fixture
def grace(world: World) -> Staff:
    return world.staff("Grace", "Oduya")


@pytest.fixture
def tom(world: World) -> Staff:
    return world.staff("Tom", "Lind")


@pytest.fixture
def remark(world: World, grace: Staff, tom: Staff) -> Remark:
    return world.read_comment(TEXT, about=grace, on_visit=[grace, tom])[1]


def split(session: Session, viewer: Viewer, remark: Remark, border: int | None = BORDER) -> Decided:
    return splitting.split(
        session, viewer=viewer, remark_public_id=remark.public_id, version=remark.version,
        border=border, moment=NOW,
    )  # fmt: skip


def stands(session: Session) -> list[tuple[str, str, str, list[str]]]:
    """Return the words, feeling, state and the people still tied, remark by remark."""
    session.rollback()
    session.expire_all()
    found = []
    for row in session.scalars(select(Remark).order_by(Remark.start)):
        query = select(Staff.given_name).join(Match, Match.staff_id == Staff.id)
        query = query.where(Match.remark_id == row.id, Match.state != "rejected")
        names = list(session.scalars(query))
        found.append((TEXT[row.start : row.stop], row.sentiment, row.state, names))
    return found


def test_each_half_is_read_again_and_waits_for_a_decision_of_its_own(
    session: Session, reviewer: Viewer, remark: Remark
) -> None:
    made = split(session, reviewer, remark)
    assert stands(session) == [
        ("Grace was kind", "positive", "waiting", ["Grace"]),
        ("and Tom was very rude.", "negative", "waiting", ["Tom"]),
    ]
    assert made.next_comment == session.get_one(Comment, remark.comment_id).public_id
    assert session.scalars(select(Match.shown_at)).all() == [None, None]
    assert session.scalars(select(Audit.verb)).all() == ["split"]


def test_undoing_makes_one_remark_of_it_again_and_leaves_nothing_behind(
    session: Session, world: World, reviewer: Viewer, remark: Remark
) -> None:
    before = (stands(session), by_topic(session, world), remark.score, list(remark.why))
    (match,) = session.scalars(select(Match))
    tie = (match.confidence, match.certain, list(match.evidence))
    about = topics.of(session, [remark.id])
    made = split(session, reviewer, remark)
    assert undoing.undoable(session, viewer=reviewer, public_id=made.public_id) == (
        undoing.Undoable(made.public_id, "split", ())
    )
    undoing.undo(session, viewer=reviewer, public_id=made.public_id, moment=NOW)
    assert (stands(session), by_topic(session, world), remark.score, remark.why) == before
    assert topics.of(session, [remark.id]) == about
    (match,) = session.scalars(select(Match))
    assert (match.confidence, match.certain, match.evidence) == tie
    assert session.scalars(select(Audit.verb).order_by(Audit.id)).all() == ["split", "undo"]


@pytest.mark.parametrize("half", [0, 1])
def test_a_split_is_not_undone_once_a_half_is_decided(
    session: Session, reviewer: Viewer, remark: Remark, half: int
) -> None:
    made = split(session, reviewer, remark)
    chosen = session.scalars(select(Remark).order_by(Remark.start)).all()[half]
    decisions.reject(
        session, viewer=reviewer, remark_public_id=chosen.public_id, version=chosen.version,
        moment=NOW,
    )  # fmt: skip
    assert undoing.undoable(session, viewer=reviewer, public_id=made.public_id) is None
    with pytest.raises(TooLate):
        undoing.undo(session, viewer=reviewer, public_id=made.public_id, moment=NOW)
    assert len(stands(session)) == 2


def test_a_half_can_be_split_again(session: Session, world: World, reviewer: Viewer) -> None:
    text = TEXT[:-1] + " and the wait was long."
    _, remark, _ = world.read_comment(text, about=world.staff("Grace", "Oduya"))
    split(session, reviewer, remark, text.index("and the"))
    session.refresh(remark)
    split(session, reviewer, remark)
    rows = session.execute(select(Remark.start, Remark.stop).order_by(Remark.start)).all()
    assert [text[start:stop] for start, stop in rows] == [
        "Grace was kind", "and Tom was very rude", "and the wait was long.",
    ]  # fmt: skip


def test_a_confirmed_remark_nobody_was_shown_waits_again(
    session: Session, world: World, reviewer: Viewer, grace: Staff, tom: Staff
) -> None:
    _, remark, _ = world.read_comment(
        TEXT, about=grace, on_visit=[grace, tom], state="confirmed", match_state="confirmed"
    )
    split(session, reviewer, remark)
    assert [row[2] for row in stands(session)] == ["waiting", "waiting"]


@pytest.mark.parametrize("border", [None, 0, -1, BORDER - 1, BORDER + 1, len(TEXT), 10_000])
def test_a_border_stands_before_a_word_of_the_remark(
    session: Session, reviewer: Viewer, remark: Remark, border: int | None
) -> None:
    with pytest.raises(NotChosen, match="border"):
        split(session, reviewer, remark, border)
    assert len(stands(session)) == 1


@pytest.mark.parametrize(
    ("why", "more"),
    [
        ("shown", {"sentiment": "positive", "state": "settled", "shown_at": NOW}),
        ("disputed", {"state": "disputed", "match_state": "disputed", "shown_at": NOW}),
    ],
)
def test_what_is_shown_or_disputed_is_not_split_and_says_why(
    session: Session, world: World, reviewer: Viewer, grace: Staff, why: str, more: dict[str, str]
) -> None:
    _, remark, _ = world.read_comment(TEXT, about=grace, **more)  # type: ignore[arg-type]
    with pytest.raises(NotSplit, match=why):
        split(session, reviewer, remark)
    assert len(stands(session)) == 1


def test_what_was_rejected_is_not_split(session: Session, world: World, reviewer: Viewer) -> None:
    _, remark, _ = world.read_comment(TEXT, about=world.staff(), state="rejected")
    with pytest.raises(AlreadyDecided):
        split(session, reviewer, remark)


def test_what_was_corrected_is_not_split_until_the_correction_is_undone(
    session: Session, reviewer: Viewer, remark: Remark
) -> None:
    made = corrections.correct(
        session, viewer=reviewer, remark_public_id=remark.public_id, version=0,
        sentiment="positive", moment=NOW,
    )  # fmt: skip
    with pytest.raises(NotSplit, match="corrected"):
        split(session, reviewer, remark)
    undoing.undo(session, viewer=reviewer, public_id=made.public_id, moment=NOW)
    session.refresh(remark)
    split(session, reviewer, remark)
    assert len(stands(session)) == 2


def test_a_half_about_the_reviewer_is_left_to_another(
    session: Session, world: World, remark: Remark, tom: Staff
) -> None:
    me = viewer_of(session, world.account("staff", staff=tom, review=True))
    with pytest.raises(NotSplit, match="about_you"):
        split(session, me, remark)
    assert len(stands(session)) == 1


def test_nothing_is_read_again_where_reading_is_switched_off(
    session: Session, world: World, reviewer: Viewer, remark: Remark
) -> None:
    world.practice.reading_on = False
    session.commit()
    with pytest.raises(NotSplit, match="off"):
        split(session, reviewer, remark)


def test_nobody_splits_what_is_about_themselves_or_elsewhere(
    session: Session, world: World, other_world: World, remark: Remark, grace: Staff
) -> None:
    me = viewer_of(session, world.account("staff", staff=grace, review=True))
    foreign = viewer_of(session, other_world.account("manager", review=True))
    plain = viewer_of(session, world.account("manager"))
    for viewer in (me, foreign, plain):
        with pytest.raises(NotFound):
            split(session, viewer, remark)
    assert len(stands(session)) == 1


def test_h01_of_two_who_split_at_once_one_is_told(
    app: Flask, session: Session, world: World, remark: Remark
) -> None:
    viewers = [viewer_of(session, world.account("manager", review=True)) for _ in range(2)]
    public_id, borders = remark.public_id, (BORDER, TEXT.index("very"))

    def act(own: Session, number: int) -> None:
        splitting.split(
            own, viewer=viewers[number], remark_public_id=public_id, version=0,
            border=borders[number], moment=NOW,
        )  # fmt: skip

    assert race(app, act, 2, told=(AlreadyDecided,)) == ["told", "won"]
    assert len(stands(session)) == 2
