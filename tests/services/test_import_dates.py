"""The days of a file: its own order, found from all of it, never guessed."""

from datetime import datetime

import pytest

from training.services.import_dates import order_of, read


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["01/02/2021", "14/02/2022"], "day"),
        (["01/02/2021", "02/28/2022"], "month"),
        (["01/02/2021"], ""),
        (["14/02/2022", "02/28/2022"], ""),
    ],
)
def test_one_day_that_can_be_read_one_way_settles_the_whole_file(
    cells: list[str], order: str
) -> None:
    assert order_of(cells) == order


def test_points_times_and_other_cells_are_no_trouble() -> None:
    assert order_of(["", "2021-02-03", "14.2.2022  09:30", "never"]) == "day"
    assert read("14.2.2022 09:30", "day") == datetime(2022, 2, 14, 9, 30)  # noqa: DTZ001
    assert read("02/03/2022", "month") == datetime(2022, 2, 3)  # noqa: DTZ001
    assert read("2022-02-14", "") == datetime(2022, 2, 14)  # noqa: DTZ001


@pytest.mark.parametrize("typed", ["01/02/2021", "never", "14/02/22"])
def test_what_can_be_read_two_ways_is_read_in_none(typed: str) -> None:
    assert read(typed, "") is None


def test_a_day_that_does_not_exist_is_none() -> None:
    assert read("31/02/2022", "day") is None
