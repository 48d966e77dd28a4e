"""The self-assessment's instrument: half-years, agreement, gaps, and the file it stands in."""

from datetime import date
from pathlib import Path

import pytest

from training.skills import CONTENT, STAGES
from training.trends.instrument import STATEMENTS, agreement, half_of, is_gap, read_instrument


def test_the_worked_example_holds() -> None:
    half = half_of(date(2026, 3, 16))
    assert (half.start, half.end) == (date(2026, 1, 1), date(2026, 7, 1))
    counts = {"never": 1, "sometimes": 2, "mostly": 5, "always": 2, "dont_know": 3}
    assert agreement(counts) == (7, 10)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 6, 30), date(2026, 1, 1)),
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 12, 31), date(2026, 7, 1)),
    ],
)
def test_a_half_year_begins_in_january_or_july(day: date, start: date) -> None:
    assert half_of(day).start == start
    assert day in half_of(day)


def test_each_stage_has_three_statements() -> None:
    assert [one.stage for one in STATEMENTS] == [stage for stage in STAGES for _ in range(3)]


@pytest.mark.parametrize(
    ("agree", "criticism", "gap"),
    [
        (0.75, 0.25, True),
        (0.74, 0.9, False),
        (1.0, 0.24, False),
        (None, 0.9, False),
        (0.9, None, False),
    ],
)
def test_a_gap_is_thinking_well_of_what_many_patients_criticise(
    agree: float | None, criticism: float | None, gap: bool
) -> None:
    assert is_gap(agree, criticism) is gap


def test_a_missing_stage_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "self.yaml"
    path.write_text("- {stage: request, statements: []}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="the stages must be"):
        read_instrument(path)


def test_a_statement_listed_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "self.yaml"
    text = (CONTENT / "self_assessment.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("slug: up_to_date", "slug: find_out"), encoding="utf-8")
    with pytest.raises(ValueError, match="listed twice"):
        read_instrument(path)
