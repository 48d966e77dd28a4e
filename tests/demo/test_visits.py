from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from training.demo.story import roster
from training.demo.visits import Rota

STAFF = {one.staff_id: one for one in roster()}
SITES = ("Hollowbank", "Ferry Lane")


def rota(seed: int) -> Rota:
    return Rota(roster(), SITES, ZoneInfo("Europe/London"), "H08", Random(seed))


def roles(
    seed: int, *present: str, channel: str = "in_person", site: str = "Hollowbank"
) -> list[str]:
    crew = rota(seed).crew([STAFF[one] for one in present], channel, site)
    return sorted(one.role for one in crew)


def test_a_nurse_in_person_is_seen_after_the_desk_of_the_same_site() -> None:
    present = [STAFF["H06"]]
    assert rota(1).site(present, "in_person") == "Hollowbank"
    crew = rota(1).crew(present, "in_person", "Hollowbank")
    assert crew[0].staff_id == "H06"
    assert {one.role for one in crew[1:]} == {"receptionist"}
    assert {one.site for one in crew} == {"Hollowbank"}


def test_somebody_who_is_spoken_of_is_never_joined_by_another_of_their_role() -> None:
    for seed in range(50):
        assert roles(seed, "H01").count("receptionist") == 1
        assert roles(seed, "H06").count("nurse") == 1


def test_a_call_is_answered_by_one_person() -> None:
    assert {tuple(roles(seed, channel="phone")) for seed in range(40)} == {
        ("call_handler",),
        ("physician",),
    }
    assert roles(1, "H05", channel="phone") == ["call_handler"]


def test_the_nurse_who_is_seldom_there_is_on_no_visit_unasked() -> None:
    for seed in range(60):
        assert STAFF["H08"] not in rota(seed).crew((), "in_person", "Ferry Lane")
    contact = rota(1).seldom_at_work(date(2026, 3, 2))
    assert contact.crew[0] == STAFF["H08"]
    assert contact.occurred_at.strftime("%a") == "Thu"


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 1, 5), datetime(2026, 1, 5, 9, 30, tzinfo=UTC)),
        (date(2026, 7, 6), datetime(2026, 7, 6, 8, 30, tzinfo=UTC)),
    ],
)
def test_half_past_nine_is_told_in_utc(day: date, moment: datetime) -> None:
    assert rota(1).moment(day, 9 * 60 + 30) == moment


def test_a_visit_on_a_sunday_is_put_on_the_friday_before() -> None:
    assert rota(1).at(date(2026, 3, 1)).date() == date(2026, 2, 27)


def test_keeping_people_informed_at_the_desk_is_a_matter_of_the_wait() -> None:
    assert rota(1).stage([STAFF["H02"]], "in_person", (), ["keeping_informed"]) == "assessment"
