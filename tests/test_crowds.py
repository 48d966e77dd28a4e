"""How many posts came from one network lately."""

from datetime import UTC, datetime, timedelta

import pytest

from training.crowds import MOST, NETWORKS, WINDOW, Crowds, network_of

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2::5", "2001:db8:1::/48"),
        ("", ""),
        ("not an address", "not an address"),
    ],
)
def test_neighbours_are_of_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_network_is_a_crowd_from_the_thirty_first_post_in_ten_minutes() -> None:
    crowds = Crowds()
    assert not any(crowds.crowded(f"203.0.113.{at}", NOW) for at in range(MOST))
    assert crowds.crowded("203.0.113.200", NOW + WINDOW - timedelta(seconds=1))
    assert not crowds.crowded("203.0.114.1", NOW)


def test_a_crowd_is_over_after_ten_minutes() -> None:
    crowds = Crowds()
    for _ in range(MOST + 5):
        crowds.crowded("203.0.113.7", NOW)
    assert not crowds.crowded("203.0.113.7", NOW + WINDOW)


def test_only_so_many_networks_are_remembered() -> None:
    crowds = Crowds()
    for _ in range(MOST):
        crowds.crowded("the first", NOW)
    for at in range(NETWORKS):
        crowds.crowded(f"network {at}", NOW)
    assert not crowds.crowded("the first", NOW)
