"""The trends page: counted in comments, small numbers hidden, the same whatever has been decided."""

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest
from sqlalchemy.orm import Session

from tests.support.world import NOW, TODAY, World
from training.services import comment_list, trends
from training.services.people import NotFound
from training.services.selection import Filters
from training.services.signing_in import Viewer
from training.services.trends import TrendsPage
from training.store.tables import Annotation, Comment, Remark, Site, Staff


def viewer_of(world: World, sites: Sequence[Site] = ()) -> Viewer:
    who = world.account("manager")
    return Viewer(
        who.id,
        world.practice.id,
        None,
        who.name,
        who.email,
        "manager",
        False,
        False,
        tuple(s.id for s in sites),
    )


def page(
    session: Session, world: World, *, topic: str = "", site: str = "", sites: Sequence[Site] = ()
) -> TrendsPage:
    return trends.page(session, viewer=viewer_of(world, sites), topic=topic, site=site, today=TODAY)


def fill(
    world: World, month: int, n: int, negative: int, *, year: int = 2026, **more: object
) -> None:
    for i in range(n):
        sentiment = "negative" if i < negative else "positive"
        given = {
            "theme": "phone_system",
            "skill": None,
            "cause": "system",
            "state": "settled",
            **more,
        }
        world.read_comment("Words.", day=date(year, month, 5), sentiment=sentiment, **given)  # type: ignore[arg-type]


def test_an_empty_practice_has_a_page_that_says_so(session: Session, world: World) -> None:
    found = page(session, world)
    assert found.comments is None
    assert found.trend.headline == "No comments in these months."
    assert found.topics == found.teams == ()


def test_a_month_is_its_comments_and_those_with_a_negative_remark_about_the_topic(
    session: Session, world: World
) -> None:
    fill(world, 2, 20, 5)
    found = page(session, world, topic="phone_system")
    assert (found.comments, found.negative) == (20, 5)
    assert found.trend.months[-2].words == "5 of 20 comments, 25%"


def test_the_month_that_is_running_moves_with_each_new_comment(
    session: Session, world: World
) -> None:
    fill(world, 3, 20, 5)
    assert (
        page(session, world, topic="phone_system").trend.months[-1].words == "5 of 20 comments, 25%"
    )
    fill(world, 3, 1, 1)
    assert (
        page(session, world, topic="phone_system").trend.months[-1].words == "6 of 21 comments, 29%"
    )


def test_another_topic_is_counted_over_the_same_comments(session: Session, world: World) -> None:
    fill(world, 2, 20, 5)
    found = page(session, world, topic="cleanliness")
    assert (found.comments, found.negative) == (20, 0)


def test_a_comment_with_two_negative_remarks_counts_once(session: Session, world: World) -> None:
    fill(world, 2, 9, 0)
    comment, remark, _ = world.read_comment(
        "Twice cross.", day=date(2026, 2, 5), theme="phone_system", skill=None
    )
    session.add(
        Remark(
            practice_id=world.practice.id,
            comment_id=comment.id,
            answer_id=remark.answer_id,
            start=0,
            stop=5,
            sentiment="negative",
            score=-0.5,
            why=[],
            cause="system",
            state="settled",
        )
    )
    session.commit()
    assert page(session, world, topic="phone_system").negative == 1


def test_a_month_of_nine_comments_is_neither_drawn_nor_added_up(
    session: Session, world: World
) -> None:
    fill(world, 1, 30, 3)
    fill(world, 2, 9, 9)
    found = page(session, world, topic="phone_system")
    assert (found.comments, found.negative) == (30, 3)


@pytest.mark.parametrize("gone", [{"state": "rejected"}, {"hold": "safety"}, {"hold": "unread"}])
def test_what_is_rejected_or_held_leaves_the_sums(
    session: Session, world: World, gone: dict[str, str]
) -> None:
    fill(world, 2, 20, 0)
    fill(world, 2, 5, 5, **gone)
    assert page(session, world, topic="phone_system").negative == 0


def test_a_held_comment_that_was_released_counts(session: Session, world: World) -> None:
    fill(world, 2, 20, 0)
    comment, _, _ = world.read_comment(
        "Now settled.", day=date(2026, 2, 5), theme="phone_system", skill=None, hold="safety"
    )
    comment.hold_closed_at, comment.hold_outcome = NOW, "released"
    session.commit()
    assert page(session, world, topic="phone_system").negative == 1


def test_deciding_the_queue_in_any_order_or_late_never_changes_the_sign_of_a_trend(
    session: Session, world: World
) -> None:
    """Rulings: showing and counting are two things."""
    person = world.staff()
    for month in (11, 12):
        fill(
            world,
            month,
            20,
            10,
            year=2025,
            about=person,
            skill="empathy",
            cause="person",
            state="waiting",
        )
    for month in (1, 2):
        fill(
            world,
            month,
            20,
            3,
            about=person,
            skill="empathy",
            cause="person",
            state="waiting",
        )
    session.add(
        Annotation(
            practice_id=world.practice.id,
            on_day=date(2026, 1, 1),
            kind="training",
            topic=None,
            text="A course",
        )
    )
    session.commit()
    before = page(session, world, topic="empathy").trend.change
    remarks = session.query(Remark).all()
    Random(7).shuffle(remarks)
    for i, remark in enumerate(remarks):
        remark.state = "confirmed"
        if i % 16 == 0:
            session.commit()
            now = page(session, world, topic="empathy").trend.change
            assert now is not None
            assert before is not None
            assert (now.before, now.since) == (before.before, before.since)


def test_a_team_of_fewer_than_five_comments_is_hidden_and_another_with_it(
    session: Session, world: World
) -> None:
    nurse = world.staff()
    desk = world.staff("Bea", "Fox", role="receptionist")
    doctor = world.staff("Cy", "Ash", role="physician")
    for person, n in ((nurse, 4), (desk, 6), (doctor, 30)):
        for _ in range(n):
            world.read_comment(
                "Fine.", about=person, sentiment="positive", day=date(2026, 2, 5), state="settled"
            )
    lines = {line.name: line.comments for line in page(session, world).teams}
    assert lines == {
        "Clinicians, Elder Row": 30,
        "Front desk, Elder Row": None,
        "Nursing, Elder Row": None,
    }


def test_a_candidate_is_not_yet_a_comment_about_the_team(session: Session, world: World) -> None:
    nurse: Staff = world.staff()
    for _ in range(6):
        world.read_comment("Maybe her.", about=nurse, certain=False, day=date(2026, 2, 5))
    assert page(session, world).teams == ()


def test_a_topic_of_one_to_four_comments_is_a_dash(session: Session, world: World) -> None:
    fill(world, 2, 4, 4)
    assert page(session, world).topics[0].criticism is None


def test_a_site_out_of_scope_and_a_topic_that_does_not_exist_are_not_found(
    session: Session, world: World, other_world: World
) -> None:
    mill = world.site("Mill Lane")
    with pytest.raises(NotFound):
        page(session, world, site=other_world.site_one.public_id)
    with pytest.raises(NotFound):
        page(session, world, site=world.site_one.public_id, sites=[mill])
    with pytest.raises(NotFound):
        page(session, world, topic="nothing_like_it")


def test_a_manager_of_one_site_counts_just_its_comments(session: Session, world: World) -> None:
    mill = world.site("Mill Lane")
    fill(world, 2, 20, 5)
    fill(world, 2, 12, 12, site=mill)
    found = page(session, world, topic="phone_system", sites=[mill])
    assert (found.comments, found.negative) == (12, 12)


def test_another_practice_counts_nothing_of_ours(
    session: Session, world: World, other_world: World
) -> None:
    fill(world, 2, 20, 5)
    assert page(session, other_world, topic="phone_system").comments is None


def test_a_change_of_the_reader_is_marked_and_nothing_is_compared_across_it(
    session: Session, world: World
) -> None:
    fill(world, 1, 12, 6)
    fill(world, 2, 12, 2)
    for comment in session.query(Comment).filter(Comment.local_day >= date(2026, 2, 1)):
        comment.reader = "test/2"
    session.commit()
    trend = page(session, world, topic="phone_system").trend
    assert [(m.label, m.rebase) for m in trend.marks] == [("Read anew: test/2", True)]
    assert trend.change is None


def by_quarter(session: Session, world: World, months: dict[int, int]) -> TrendsPage:
    for month, n in months.items():
        fill(world, month, n, 2, year=2026 if month < TODAY.month else 2025)
    return page(session, world, topic="phone_system")


def test_months_of_too_few_comments_are_drawn_by_quarter(session: Session, world: World) -> None:
    found = by_quarter(session, world, {10: 7, 11: 8, 12: 9, 1: 5, 2: 6})

    assert found.trend.unit == "quarter"
    drawn = [(one.period.label, one.words) for one in found.trend.months if one.point]
    assert drawn == [
        ("Oct–Dec 2025", "6 of 24 comments, 25%"),
        ("Jan–Mar 2026", "4 of 11 comments, 36%"),
    ]
    assert [side.comments for side in found.sides] == [None, None, 24, 11]
    assert found.readable == {date(2025, 10, 1), date(2026, 1, 1)}


def test_the_comments_of_a_quarter_can_be_read(session: Session, world: World) -> None:
    by_quarter(session, world, {10: 7, 11: 8, 12: 9, 1: 5, 2: 6})
    found = comment_list.read(
        session, viewer=viewer_of(world), filters=Filters(month="2025-q4"), page=1, today=TODAY,
        moment=NOW,
    )  # fmt: skip

    assert (found.total, found.period.label) == (24, "Oct–Dec 2025")
    assert len(found.comments) == 24
    assert ("2025-q4", "Oct–Dec 2025") in found.months


def test_a_quarter_with_a_hidden_month_is_hidden(session: Session, world: World) -> None:
    found = by_quarter(session, world, {10: 7, 11: 8, 12: 9, 1: 3, 2: 6})

    assert [one.comments for one in found.trend.months] == [None, None, 24, None]
    assert found.readable == {date(2025, 10, 1)}


def test_a_quarter_that_two_years_share_has_no_list(session: Session, world: World) -> None:
    viewer = viewer_of(world)
    for slug in ("2025-q1", "2025-q5", "q1", "2026-q2"):
        with pytest.raises(NotFound):
            comment_list.read(
                session, viewer=viewer, filters=Filters(month=slug), page=1, today=TODAY, moment=NOW
            )


def test_the_year_before_is_drawn_and_read_and_in_no_sum(session: Session, world: World) -> None:
    fill(world, 1, 20, 4)
    fill(world, 1, 12, 6, year=2025)
    found = page(session, world, topic="phone_system")

    assert found.trend.months[0].words == "6 of 12 comments, 50%"
    assert (found.comments, found.negative) == (20, 4)
    assert [line.comments for line in found.topics] == [20]
    assert date(2025, 1, 1) in found.readable
    read = comment_list.read(
        session, viewer=viewer_of(world), filters=Filters(month="2025-01"), page=1, today=TODAY,
        moment=NOW,
    )  # fmt: skip
    assert read.total == 12


def test_a_year_of_nothing_ends_a_chart_that_says_so(session: Session, world: World) -> None:
    fill(world, 6, 20, 4, year=2024)
    fill(world, 7, 20, 4, year=2024)
    found = page(session, world)

    assert found.trend.headline == (
        "Comments with a negative remark were about 1 in 5 up to Jul 2024; "
        "no month since has enough comments to draw."
    )
    assert found.comments is None


def test_months_stay_months_where_most_can_be_drawn(session: Session, world: World) -> None:
    found = by_quarter(session, world, {9: 6, 10: 12, 11: 12, 12: 12, 1: 9, 2: 20})

    assert found.trend.unit == "month"
