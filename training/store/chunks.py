"""Long lists in pieces: no statement takes as many parameters as a file has lines."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
SIZE = 500  # well below the number of parameters either database takes in one statement


def chunks(found: Collection[Item]) -> Iterator[list[Item]]:
    """Yield a collection in lists of at most `SIZE`."""
    rest = iter(found)
    while chunk := list(islice(rest, SIZE)):
        yield chunk
