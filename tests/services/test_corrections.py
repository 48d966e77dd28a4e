import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.sums import by_topic
from tests.support.viewers import race, viewer_of
from tests.support.world import NOW, World
from training.services import corrections, decisions, remarks, undoing
from training.services.decisions import AlreadyDecided, Decided, NotChosen
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import topics
from training.store.tables import Audit, Correction, Match, Remark
from training.store.topics import Topics


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True))


def correct(session: Session, viewer: Viewer, remark: Remark, **said: str) -> Decided:
    return corrections.correct(
        session, viewer=viewer, remark_public_id=remark.public_id, version=remark.version,
        moment=NOW, **said,
    )  # fmt: skip


def not_a_remark(session: Session, viewer: Viewer, remark: Remark) -> Decided:
    return corrections.not_a_remark(
        session, viewer=viewer, remark_public_id=remark.public_id, version=remark.version,
        moment=NOW,
    )  # fmt: skip


def now(session: Session, remark: Remark) -> tuple[str, str, Topics]:
    session.rollback()
    session.expire_all()
    row = session.get_one(Remark, remark.id)
    return row.state, row.sentiment, topics.of(session, [row.id])[row.id]


def shown(session: Session, match: Match | None) -> bool:
    assert match is not None
    return session.get_one(Match, match.id).shown_at is not None


def test_a_correction_keeps_what_was_read_and_what_is_said(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, _ = world.read_comment("Could not have been kinder.", about=world.staff())
    correct(session, reviewer, remark, sentiment="positive")
    (row,) = session.scalars(select(Correction))
    assert row.read == {"sentiment": "negative", "themes": [], "skills": ["empathy"]}
    assert row.said == {"sentiment": "positive", "themes": [], "skills": ["empathy"]}
    assert (row.reader, row.account_id) == ("test/1", reviewer.account_id)
    assert now(session, remark) == ("waiting", "positive", Topics(skills=("empathy",)))
    assert session.scalars(select(Audit.verb)).all() == ["correct"]


@pytest.mark.parametrize(
    ("topic", "about"),
    [
        ("listening", Topics(skills=("listening",))),
        ("wait_length", Topics(themes=("wait_length",))),
        ("none", Topics()),
    ],
)
def test_the_topic_can_be_a_skill_a_theme_or_none(
    session: Session, world: World, reviewer: Viewer, topic: str, about: Topics
) -> None:
    _, remark, _ = world.read_comment("Short.", about=world.staff(), theme="staffing")
    correct(session, reviewer, remark, topic=topic)
    assert now(session, remark) == ("waiting", "negative", about)


def test_it_counts_by_the_corrected_values_and_again_by_the_old_after_an_undo(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, _ = world.read_comment("Kinder than kind.", about=world.staff())
    assert by_topic(session, world) == {"empathy": (0, 1)}
    made = correct(session, reviewer, remark, sentiment="positive", topic="listening")
    assert by_topic(session, world) == {"listening": (1, 0)}
    undoing.undo(session, viewer=reviewer, public_id=made.public_id, moment=NOW)
    assert by_topic(session, world) == {"empathy": (0, 1)}
    assert session.scalars(select(Correction.undone_at)).one() == NOW


def test_what_is_no_remark_leaves_every_sum_and_the_person(
    session: Session, world: World, reviewer: Viewer
) -> None:
    nurse = world.staff()
    _, remark, match = world.read_comment(
        "Ada.", about=nurse, sentiment="positive", state="settled", shown_at=NOW
    )
    me = viewer_of(session, world.account(staff=nurse))
    assert remarks.said(session, viewer=me).praise
    made = not_a_remark(session, reviewer, remark)
    assert now(session, remark)[0] == "rejected"
    assert remarks.said(session, viewer=me).praise == ()
    assert session.scalars(select(Correction.said)).one() == {"not_a_remark": True}
    undoing.undo(session, viewer=reviewer, public_id=made.public_id, moment=NOW)
    assert now(session, remark)[0] == "settled"
    assert shown(session, match)


def test_praise_that_is_criticism_waits_and_is_no_longer_shown(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, match = world.read_comment(
        "Lovely, not.", about=world.staff(), sentiment="positive", state="settled", shown_at=NOW
    )
    correct(session, reviewer, remark, sentiment="negative")
    assert now(session, remark)[0] == "waiting"
    assert not shown(session, match)


def test_another_topic_alone_takes_nothing_from_the_person(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, match = world.read_comment(
        "Lovely.", about=world.staff(), sentiment="positive", state="settled", shown_at=NOW
    )
    correct(session, reviewer, remark, topic="listening")
    assert now(session, remark)[0] == "settled"
    assert shown(session, match)


@pytest.mark.parametrize(
    "said",
    [{}, {"topic": "nonsense"}, {"sentiment": "great"}, {"sentiment": "great", "topic": "none"}],
)
def test_a_correction_says_something_that_exists(
    session: Session, world: World, reviewer: Viewer, said: dict[str, str]
) -> None:
    _, remark, _ = world.read_comment("Short.", about=world.staff())
    with pytest.raises(NotChosen, match="correction"):
        correct(session, reviewer, remark, **said)
    assert now(session, remark)[0] == "waiting"


@pytest.mark.parametrize("state", ["rejected", "disputed"])
def test_what_is_rejected_or_disputed_is_not_corrected(
    session: Session, world: World, reviewer: Viewer, state: str
) -> None:
    _, remark, _ = world.read_comment("Short.", about=world.staff(), state=state)
    for act in (lambda: correct(session, reviewer, remark, topic="none"), lambda: not_a_remark(session, reviewer, remark)):  # fmt: skip  # noqa: E501
        with pytest.raises(AlreadyDecided):
            act()
    assert session.scalars(select(Correction)).all() == []


def test_nobody_corrects_what_is_about_themselves_or_elsewhere(
    session: Session, world: World, other_world: World
) -> None:
    nurse = world.staff()
    me = viewer_of(session, world.account("staff", staff=nurse, review=True))
    foreign = viewer_of(session, other_world.account("manager", review=True))
    plain = viewer_of(session, world.account("manager"))
    _, remark, _ = world.read_comment("Short.", about=nurse)
    for viewer in (me, foreign, plain):
        with pytest.raises(NotFound):
            correct(session, viewer, remark, sentiment="positive")
        with pytest.raises(NotFound):
            not_a_remark(session, viewer, remark)
    assert now(session, remark) == ("waiting", "negative", Topics(skills=("empathy",)))


def test_h01_of_two_who_correct_and_confirm_at_once_one_is_told(
    app: Flask, session: Session, world: World
) -> None:
    _, remark, _ = world.read_comment("Short.", about=world.staff())
    viewers = [viewer_of(session, world.account("manager", review=True)) for _ in range(2)]
    public_id = remark.public_id

    def act(own: Session, number: int) -> None:
        given = {"viewer": viewers[number], "remark_public_id": public_id, "version": 0}
        if number:
            decisions.confirm(own, moment=NOW, **given)  # type: ignore[arg-type]
        else:
            corrections.correct(own, sentiment="positive", moment=NOW, **given)  # type: ignore[arg-type]

    assert race(app, act, 2, told=(AlreadyDecided,)) == ["told", "won"]
    session.rollback()
    assert session.scalars(select(Remark.version)).all() == [1]
