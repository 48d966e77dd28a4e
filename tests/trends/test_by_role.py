from random import Random

import pytest

from training.trends.by_role import Part, rates

EXAMPLE = {
    "front desk": Part(9, 6, 60),
    "nursing": Part(8, 7, 40),
    "clinicians": Part(12, 12, 80),
    "billing": Part(6, 1, 12),
}


def test_the_smallest_is_hidden_with_the_next() -> None:
    assert rates(EXAMPLE) == (
        {"front desk": None, "nursing": 20, "clinicians": 15, "billing": None},
        15,
    )


@pytest.mark.parametrize(
    "part",
    [
        Part(4, 10, 40),  # few people
        Part(9, 3, 40),  # few who did
        Part(9, 37, 40),  # few who did not
        Part(9, 40, 40),  # everybody did
        Part(9, 5, 9),  # few things
    ],
)
def test_a_small_role_is_hidden_and_one_other_with_it(part: Part) -> None:
    found, _ = rates({"small": part, "a": Part(9, 10, 40), "b": Part(9, 20, 50)})
    assert found == {"small": None, "a": None, "b": 40}


def test_none_at_all_is_shown_and_never_said_of_some() -> None:
    found, everybody = rates({"a": Part(9, 0, 400), "b": Part(9, 6, 400), "c": Part(9, 394, 400)})
    assert found == {"a": 0, "b": 5, "c": 95}
    assert everybody == 35


def test_a_practice_with_too_little_shows_nothing() -> None:
    assert rates({}) == ({}, None)
    assert rates({"a": Part(3, 1, 4)}) == ({"a": None}, None)


def test_a_role_without_anything_said_does_not_hide_another() -> None:
    found, _ = rates({"none": Part(9, 0, 0), "a": Part(9, 10, 40), "b": Part(9, 20, 50)})
    assert found == {"none": None, "a": 25, "b": 40}


def test_j02_no_difference_of_sums_is_small() -> None:
    """Even who knew every sum of what is shown and of all could isolate none to four of anything."""
    random = Random(5)
    for _ in range(2000):
        parts = {}
        for role in "abcd"[: random.randint(1, 4)]:
            of = random.choice([0, 4, 12, 40, 200])
            parts[role] = Part(random.choice([2, 6, 20]), random.randint(0, of), of)
        found, everybody = rates(parts)
        gone = [parts[role] for role, rate in found.items() if rate is None]
        if everybody is None:
            continue
        assert len([part for part in gone if part.of]) != 1, parts
        for count in ("yes", "no"):
            left = sum(getattr(part, count) for part in gone)
            assert left == 0 or left >= 5, (parts, count)
