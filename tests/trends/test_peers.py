"""The peers' own numbers, where their folder is present: everything agrees but what is named."""

import pytest

from bench.control import DATA, compare
from bench.effect import simulate


@pytest.mark.skipif(not DATA.is_dir(), reason=f"no check numbers at {DATA}")
def test_every_number_of_the_peers_is_ours_to_a_millionth_but_those_named() -> None:
    tallies = compare(DATA)

    assert {kind: tally.differ for kind, tally in tallies.items() if tally.differ} == {}
    assert sum(tally.agree for tally in tallies.values()) >= 250
    unbuilt = {kind for kind, tally in tallies.items() if not tally.agree}
    assert unbuilt == {"I′ chart", "U′ chart"}


@pytest.mark.parametrize("truth", [0.0, -0.05])
def test_the_effect_is_right_where_the_truth_is_known(truth: float) -> None:
    # a tenth of the bench's runs, so wider bounds than it prints
    row = simulate(40, 10, truth, runs=200)

    assert abs(row.bias) < 2.5
    assert 90 <= row.coverage <= 98.5
    assert row.bias_before_after < -8
    assert row.bias_differences < row.bias_before_after
