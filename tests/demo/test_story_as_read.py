"""The story that the demo tells, checked on what Bedside itself read and a reviewer decided."""

from tests.support.demo import Demo
from tests.support.world import NOW, TODAY
from training.extensions import db
from training.services import review, signing_in, trends
from training.services.signing_in import Viewer
from training.store.tables import Comment, Practice, Staff, Suggestion


def viewer(demo: Demo, first_name: str) -> Viewer:
    found = signing_in.acting(db.session(), email=demo.login(first_name).email)
    assert found is not None
    return found


def test_it_is_a_practice_of_about_twelve_people_two_sites_and_twelve_hundred_comments(
    demo: Demo,
) -> None:
    assert db.session.query(Practice).one().is_demo
    assert 12 <= db.session.query(Staff).count() <= 14
    assert 1_150 <= db.session.query(Comment).count() <= 1_250
    assert db.session.query(Comment).filter(Comment.reading_state != "read").count() == 0


def test_one_nurse_and_one_receptionist_have_a_suggestion_each_and_nobody_else(demo: Demo) -> None:
    found = {
        (staff.given_name, staff.role, row.skill, row.scenario)
        for row, staff in db.session.query(Suggestion, Staff).join(
            Staff, Staff.id == Suggestion.staff_id
        )
    }
    assert found == {
        ("Fiona", "nurse", "explaining", "show-me-at-home"),
        ("Callum", "receptionist", "keeping_informed", "fifty-minutes-late"),
    }


def test_the_phones_improve_after_the_marked_day(demo: Demo) -> None:
    page = trends.page(
        db.session(), viewer=viewer(demo, "judith"), topic="phone_system", site="", today=TODAY
    )
    change = page.trend.change
    assert change is not None
    assert change.mark.label == "New telephone queue with a ring-back option"
    assert change.sure
    assert change.since.share < change.before.share
    assert len([month for month in page.trend.months if month.point]) >= 12


def test_one_team_is_too_small_to_show(demo: Demo) -> None:
    page = trends.page(db.session(), viewer=viewer(demo, "judith"), topic="", site="", today=TODAY)
    hidden = {line.name for line in page.teams if line.comments is None}
    assert "Nursing, Ferry Lane" in hidden
    assert len(hidden) < len(page.teams) / 2


def test_twelve_comments_wait_one_of_severity_3_and_one_in_another_language(demo: Demo) -> None:
    queue = review.queue(db.session(), viewer=viewer(demo, "judith"), moment=NOW)
    assert len(queue.held) + queue.total == 12
    assert sorted((it.unread, it.language) for it in queue.held) == [(False, "en"), (True, "pl")]
    assert db.session.query(Comment).filter(Comment.severity == 3).count() == 1
