from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from training.demo.leaving import Leaving, Numbers, by_number, comment
from training.demo.story import roster
from training.demo.visits import Rota
from training.demo.waiting import WaitingRoom

STAFF = {one.staff_id: one for one in roster()}
TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def leavings() -> list[Leaving]:
    sites = ("Hollowbank", "Ferry Lane")
    rota = Rota(roster(), sites, ZoneInfo("Europe/London"), "H08", Random(1))
    return WaitingRoom(rota, STAFF, TODAY).leavings()


def test_a_comment_of_three_days_ago_about_a_visit_to_the_nurse_is_undecided(
    leavings: list[Leaving],
) -> None:
    shy = next(one for one in leavings if "too shy" in str(one.worded.answers))
    assert shy.undecided
    assert shy.left_at.date() == TODAY - timedelta(days=3)
    assert shy.contact is not None
    assert [one.staff_id for one in shy.contact.crew] == ["H06", "H01"]


def test_all_twelve_follow_their_visits(leavings: list[Leaving]) -> None:
    assert len(leavings) == 12
    for one in leavings:
        assert one.contact is None or one.contact.occurred_at + timedelta(hours=1) < one.left_at


def test_the_truth_of_a_sentence_stands_at_its_words(leavings: list[Leaving]) -> None:
    shy = next(one for one in leavings if "too shy" in str(one.worded.answers))
    first, second = shy.worded.truth
    answers = dict(shy.worded.answers)
    assert answers[first.question][first.start : first.end].startswith("Fiona was friendly")
    assert (second.sign, second.staff, second.skill) == ("negative", ("H06",), "explaining")


def test_the_receptionist_where_two_were_on_the_desk_is_nobody(leavings: list[Leaving]) -> None:
    desk = next(one for one in leavings if "in front of everyone" in str(one.worded.answers))
    _, asked = desk.worded.truth
    assert (asked.cause, asked.staff) == ("person", ())


def test_comments_are_numbered_by_when_they_were_left(leavings: list[Leaving]) -> None:
    numbers = Numbers(one.contact for one in leavings if one.contact)
    numbered = [comment(ref, one, numbers) for ref, one in by_number(leavings).items()]
    assert [one.comment_ref for one in numbered[:2]] == ["C0001", "C0002"]
    moments = [one.left_at for one in numbered]
    assert moments == sorted(moments)
    assert [one.visit_ref for one in numbers.visits()][:2] == ["V0001", "V0002"]
    assert len(numbers.visit_staff()) == sum(len(one.crew) for one in numbers.contacts)
