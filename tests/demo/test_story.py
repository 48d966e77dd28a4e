from datetime import date

import pytest

from training.demo.story import Point, annotations, months_before, roster, story


def test_eleven_praised_and_thirteen_criticised_are_twenty_four_points() -> None:
    points = [one for one in story().person_points() if one.staff_id == "H06"]
    explaining = [one for one in points if one.skill == "explaining"]
    assert [one.sign for one in explaining] == ["positive"] * 11 + ["negative"] * 13


def test_only_the_criticism_that_leads_to_a_suggestion_is_needy() -> None:
    assert story().needy(Point("person", "negative", staff_id="H06", skill="explaining"))
    assert not story().needy(Point("person", "positive", staff_id="H06", skill="explaining"))
    assert not story().needy(Point("person", "negative", staff_id="H07", skill="explaining"))


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2026, 3, 31), 0, date(2026, 3, 1)),
        (date(2026, 3, 31), 4, date(2025, 11, 1)),
        (date(2026, 1, 1), 12, date(2025, 1, 1)),
        (date(2024, 2, 29), 2, date(2023, 12, 1)),
    ],
)
def test_months_are_counted_from_their_first_day(day: date, months: int, first: date) -> None:
    assert months_before(day, months) == first


def test_the_new_telephone_queue_is_marked_on_the_first_of_a_month() -> None:
    notes = {one.topic: one for one in annotations(date(2026, 3, 2))}
    assert notes["phone_system"].on_day == date(2025, 11, 1)


def test_names_do_not_repeat_but_for_one_shared_surname() -> None:
    given = [one.given_name for one in roster()]
    family = [one.family_name for one in roster()]
    assert len(set(given)) == len(given)
    assert sorted({name for name in family if family.count(name) > 1}) == ["Hussain"]
