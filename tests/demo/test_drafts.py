from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from training.demo.drafts import ON_THE_SPOT, Draft, Drafter
from training.demo.story import roster, story

STAFF = {one.staff_id: one for one in roster()}
TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    return Drafter(story(), STAFF, TODAY, Random(4)).drafts()


def test_a_desk_and_a_clinic_or_praise_and_a_grumble_share_a_comment(drafts: list[Draft]) -> None:
    roles = [{STAFF[p.staff_id].role for p in one.points if p.staff_id} for one in drafts]
    assert {"receptionist", "nurse"} in roles
    assert any(
        [(point.kind, point.sign) for point in one.points]
        == [("theme", "negative"), ("team", "positive")]
        for one in drafts
    )


def test_every_point_of_the_story_is_made_once(drafts: list[Draft]) -> None:
    made = Counter(point for one in drafts for point in one.points)
    assert Counter({p: n for p, n in made.items() if p.kind == "person"}) == Counter(
        story().person_points()
    )
    assert Counter({p: n for p, n in made.items() if p.kind == "team"}) == Counter(
        story().team_points()
    )


def test_drafts_lie_in_twelve_full_months_and_the_running_one(drafts: list[Draft]) -> None:
    days = sorted(one.day for one in drafts)
    assert days[0] >= date(2025, 3, 1)
    assert days[-1] < TODAY
    assert {(day.year, day.month) for day in days} >= {(2025, month) for month in range(3, 13)}


def test_the_needs_fall_on_days_of_their_own(drafts: list[Draft]) -> None:
    days = [one.day for one in drafts if any(map(story().needy, one.points))]
    oldest, newest = story().needs_between_days_ago
    assert len(set(days)) == len(days) == 28
    assert TODAY - timedelta(days=oldest) <= min(days)
    assert max(days) <= TODAY - timedelta(days=newest)


def test_nobody_grumbles_about_the_car_park_of_a_telephone_call(drafts: list[Draft]) -> None:
    for one in drafts:
        roles = {STAFF[point.staff_id].role for point in one.points if point.staff_id}
        assert roles != {"call_handler"} or not ON_THE_SPOT & set(one.themes())


def test_a_comment_makes_three_points_at_most_and_one_criticism_of_a_person(
    drafts: list[Draft],
) -> None:
    for one in drafts:
        assert len(one.points) <= 3
        assert sum(p.kind == "person" and p.sign == "negative" for p in one.points) <= 1
