"""What may be shown beside what: no two views, no row with its total, gives a small set away."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from training.trends.sets import ANY, Part, Table, View, add_up
from training.trends.suppress import FEWEST_SHOWN

SITES, STAGES, MONTHS = ("elder", "mill", "quay"), ("assessment", "treatment"), (1, 2, 3)
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(SITES), st.sampled_from(STAGES), st.sampled_from(MONTHS)),
    st.one_of(st.integers(1, 4), st.integers(5, 30)),
    min_size=1,
)


def small(n: int) -> bool:
    return 0 < n < FEWEST_SHOWN


def shown(part: Part) -> dict[View, int]:
    return {view: n for view, n in part.counts.items() if part.count(view) is not None}


def inside(inner: View, outer: View) -> bool:
    return all(o in (ANY, i) for i, o in zip(inner, outer, strict=True))


def lines(counts: Mapping[View, int]) -> Iterator[tuple[View, list[View]]]:
    for parent in counts:
        for at, value in enumerate(parent):
            if value == ANY:
                rest = (*parent[:at], *parent[at + 1 :])
                found = [v for v in counts if v[at] != ANY and (*v[:at], *v[at + 1 :]) == rest]
                yield parent, found


def test_the_small_cell_takes_three_others_with_it() -> None:
    table = Table(
        {
            ("elder", "assessment"): 40,
            ("elder", "treatment"): 17,
            ("mill", "assessment"): 20,
            ("mill", "treatment"): 3,
        }
    )
    assert [table.all.count(("elder", s)) for s in ("assessment", "treatment", ANY)] == [
        None, None, 57,
    ]  # fmt: skip
    assert [table.all.count(("mill", s)) for s in ("assessment", "treatment", ANY)] == [
        None, None, 23,
    ]  # fmt: skip
    assert [table.all.count((ANY, s)) for s in ("assessment", "treatment", ANY)] == [60, 20, 80]


def test_a_view_without_comments_is_shown_as_such() -> None:
    assert Table({("elder", "treatment"): 9}).all.count(("mill", "treatment")) == 0


def test_nothing_at_all_can_be_asked_too() -> None:
    table = Table({})
    assert table.all.count((ANY, ANY)) == 0
    assert table.within({}).count((ANY, ANY)) == 0


def test_a_part_that_leaves_one_comment_of_the_whole_is_hidden() -> None:
    table = Table({("elder", "treatment"): 20})
    assert table.within({("elder", "treatment"): 19}).count(("elder", ANY)) is None
    assert table.within({("elder", "treatment"): 15}).count(("elder", ANY)) == 15
    assert table.within({("elder", "treatment"): 20}).count(("elder", ANY)) == 20


def test_a_sum_over_sites_is_given_up_rather_than_the_other_site() -> None:
    table = Table({("elder", "request"): 90, ("mill", "request"): 80})
    cells = {("elder", "request"): 30, ("mill", "request"): 3}
    kept = table.within(cells, give_up=0)
    assert [kept.count((site, "request")) for site in ("elder", "mill", ANY)] == [30, None, None]
    strict = table.within(cells)
    assert [strict.count((site, ANY)) for site in ("elder", "mill", ANY)] == [None, None, 33]


@given(CELLS)
def test_of_two_shown_views_one_in_the_other_the_difference_is_none_or_five(
    cells: dict[View, int],
) -> None:
    found = shown(Table(cells).all)
    assert not any(small(n) for n in found.values())
    for one, other in combinations(found, 2):
        if inside(one, other) or inside(other, one):
            assert not small(abs(found[one] - found[other])), (one, other)


@given(CELLS)
def test_of_a_row_with_its_total_what_is_hidden_covers_itself(cells: dict[View, int]) -> None:
    part = Table(cells).all
    for parent, children in lines(part.counts):
        gone = [part.counts[child] for child in children if part.count(child) is None]
        if gone and part.count(parent) is not None:
            assert len(gone) >= 2
            assert sum(gone) >= FEWEST_SHOWN


@given(CELLS, st.randoms(use_true_random=False), st.booleans())
def test_a_part_and_a_part_of_it_are_as_safe_as_the_whole(
    cells: dict[View, int], random: object, loose: bool
) -> None:
    pick = random.randint  # type: ignore[attr-defined]
    table, give_up = Table(cells), 0 if loose else None
    topic_cells = {cell: pick(0, n) for cell, n in cells.items()}
    team_cells = {cell: pick(0, n) for cell, n in cells.items()}
    both_cells = {cell: pick(0, min(topic_cells[cell], team_cells[cell])) for cell in cells}
    topic, team = table.within(topic_cells), table.within(team_cells, give_up=give_up)
    both = table.within(both_cells, team, topic, give_up=give_up)
    for inner, outer in ((topic, table.all), (team, table.all), (both, team), (both, topic)):
        for view, n in shown(inner).items():
            assert not small(n)
            for other, whole in shown(outer).items():
                if inside(view, other):
                    assert not small(whole - n), (view, other)


@given(CELLS)
def test_every_view_is_the_sum_of_what_is_inside_it(cells: dict[View, int]) -> None:
    for parent, children in lines(add_up(cells)):
        assert add_up(cells)[parent] == sum(add_up(cells)[child] for child in children)
