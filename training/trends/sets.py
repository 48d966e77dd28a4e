"""Which sets of comments may be shown when any two views can be laid beside each other.

A view names a set of comments by a value, or any, of site, stage and month. Hiding the 3 alone is
of no use, for 20 − 17 is 3 and 23 − 20 as well; so the others go with it that would tell:

                assessment  treatment  any               assessment  treatment  any
    Elder Row       40          17      57      ──►          –           –       57
    Mill Lane       20           3      23                   –           –       23
    any             60          20      80                  60          20       80

    >>> table = Table({("elder", "assessment"): 40, ("elder", "treatment"): 17,
    ...                ("mill", "assessment"): 20, ("mill", "treatment"): 3})
    >>> [table.all.count(("elder", stage)) for stage in ("assessment", "treatment", ANY)]
    [None, None, 57]
    >>> table.all.count((ANY, "treatment"))
    20

A set of comments within all, such as those about a topic or a team, is protected together with
what it leaves of the sets it lies in: `table.within(about_topic)`. What holds of two shown views,
one inside the other, is that the difference is none or at least five; and of a row with its total,
that what is hidden of it are at least two sets of at least five comments together. Whatever is
inside a hidden set is hidden, but for the values of a dimension whose sums were given up.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from training.trends.suppress import FEWEST_SHOWN

ANY = "any"

Value = Hashable
View = tuple[Value, ...]
Counts = Mapping[View, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A set of comments and its counts by view, with the views that are hidden."""

    counts: Counts
    hidden: frozenset[View]

    def count(self, view: View) -> int | None:
        """How many comments a view holds; None where it is hidden."""
        return None if view in self.hidden else self.counts.get(view, 0)


class Table:
    """The counted comments by every view, and the same of the sets within them."""

    def __init__(self, cells: Counts, *, also_hidden: Collection[View] = ()) -> None:
        counts = add_up(cells)
        self._lines = _lines(sorted(counts, key=str))
        self.all = Part(counts, self._hide([counts], also_hidden))

    def within(
        self,
        cells: Counts,
        *others: Part,
        also_hidden: Collection[View] = (),
        give_up: int | None = None,
    ) -> Part:
        """A set within all comments, and within `others`; its cells are among theirs.

        give_up: the position of a dimension whose sum is hidden, instead of other values, where a
        value is: the nursing teams of all sites rather than the one at the other site.
        """
        parents = (self.all, *others)
        counts = add_up(cells)
        rests = [{view: n - counts[view] for view, n in one.counts.items()} for one in parents]
        before = frozenset().union(*(one.hidden for one in parents), also_hidden)
        return Part(counts, self._hide([counts, *rests], before, give_up))

    def _hide(
        self, measures: Sequence[Counts], before: Collection[View], give_up: int | None = None
    ) -> frozenset[View]:
        """The views to hide, until no line of the table gives a small set away.

        measures: the set itself, then what it leaves of each set that it lies in.
        """
        hidden = {view for counts in measures for view, n in counts.items() if _is_small(n)}
        hidden.update(before)
        changed = True
        while changed:
            changed = False
            for (parent, at), children in self._lines.items():
                more = _to_hide(parent, children, measures, hidden, sum_first=at == give_up)
                hidden.update(more)
                changed = changed or bool(more)
        return frozenset(hidden)


def add_up(cells: Counts) -> Counter[View]:
    """The count of every view, from the cells in which no value is any."""
    counts: Counter[View] = Counter()
    for cell, n in cells.items():
        for view in product(*((ANY, value) for value in cell)):
            counts[view] += n
    return counts


def _lines(views: Sequence[View]) -> dict[tuple[View, int], list[View]]:
    """Each view with a value left open, by the value's position, and the views that fill it in."""
    lines: dict[tuple[View, int], list[View]] = {}
    for view in views:
        for at, value in enumerate(view):
            if value != ANY:
                lines.setdefault(((*view[:at], ANY, *view[at + 1 :]), at), []).append(view)
    return lines


def _to_hide(
    parent: View,
    children: Sequence[View],
    measures: Sequence[Counts],
    hidden: Collection[View],
    *,
    sum_first: bool,
) -> list[View]:
    """What one line still has to hide: nothing, some child, or its sum and with it the line."""
    left = [child for child in children if child not in hidden]
    if parent in hidden:
        return [] if sum_first else left
    lacking = _lacking([child for child in children if child in hidden], measures)
    if not lacking:
        return []
    useful = [child for child in left if any(counts.get(child, 0) for counts in lacking)]
    if sum_first or not useful:
        return [parent]
    return [min(useful, key=lambda child: (sum(c.get(child, 0) for c in lacking), str(child)))]


def _lacking(gone: Sequence[View], measures: Sequence[Counts]) -> list[Counts]:
    """The measures by which the hidden children of a shown line do not cover one another."""
    own = measures[0]
    if sum(own.get(child, 0) > 0 for child in gone) == 1:
        return [own]
    return [c for c in measures if _is_small(sum(c.get(child, 0) for child in gone))]


def _is_small(n: int) -> bool:
    return 0 < n < FEWEST_SHOWN
