"""The closed grammar of conditions, read without eval.

    trust >= 60 and told_time
          And
         /   \\
    Compare   Name
    trust >= 60   told_time

    >>> holds(parse("trust >= 60 and told_time"), {"trust": 65, "told_time": True})
    True

A condition is made of names, whole numbers, `and`, `or`, `not`, the comparisons
`>= > <= < == !=` between a name and a number, and parentheses. Nothing else is understood.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

State = Mapping[str, int | bool]

_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}
_TOKEN = re.compile(r"\s*([a-z][a-z0-9_]*|-?\d{1,6}|[<>=!]=|[<>()])")
_LONGEST = 200
_DEEPEST = 10


class ConditionError(ValueError):
    """A condition that cannot be read; the message says which part and what would be understood."""


@dataclass(frozen=True, slots=True)
class Name:
    """A yes-or-no state, true when it is set."""

    name: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A number of the state beside a written number."""

    name: str
    sign: str
    number: int


@dataclass(frozen=True, slots=True)
class Not:
    """True when its part is false."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    """True when every part is."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """True when any part is."""

    parts: tuple["Condition", ...]


Condition = Name | Compare | Not | And | Or


@lru_cache(maxsize=1024)
def parse(text: str) -> Condition:
    """Read a condition; raises ConditionError."""
    if len(text) > _LONGEST:
        raise ConditionError(f"a condition of more than {_LONGEST} characters is hard to follow")
    reader = _Reader(list(_tokens(text)))
    condition = reader.either(0)
    if reader.ahead:
        raise ConditionError(f"“{reader.ahead}” is not expected there")
    return condition


def holds(condition: Condition, state: State) -> bool:
    """Whether a condition is true of a state that has every name in it."""
    match condition:
        case Name(name):
            return bool(state[name])
        case Compare(name, sign, number):
            return _COMPARISONS[sign](int(state[name]), number)
        case Not(part):
            return not holds(part, state)
        case And(parts):
            return all(holds(part, state) for part in parts)
        case Or(parts):
            return any(holds(part, state) for part in parts)


def leaves(condition: Condition) -> Iterator[Name | Compare]:
    """Every name and comparison in a condition, from left to right."""
    match condition:
        case Name() | Compare():
            yield condition
        case Not(part):
            yield from leaves(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise ConditionError(
                f"“{text[at:].strip()}” is not understood: write names, numbers, and, or, not, "
                "comparisons such as >= 60, and parentheses"
            )
        yield found.group().strip()
        at = found.end()


class _Reader:
    """Recursive descent over the tokens; `or` binds loosest, then `and`, then `not`."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def ahead(self) -> str:
        """The next token, "" at the end."""
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def either(self, depth: int) -> Condition:
        """Read conditions joined by `or`, as deep in brackets as `depth` says."""
        parts = [self._both(depth)]
        while self._take("or"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _both(self, depth: int) -> Condition:
        parts = [self._single(depth)]
        while self._take("and"):
            parts.append(self._single(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _single(self, depth: int) -> Condition:
        if depth > _DEEPEST:
            raise ConditionError("the parentheses are nested too deeply")
        if self._take("not"):
            return Not(self._single(depth + 1))
        if self._take("("):
            inside = self.either(depth + 1)
            if not self._take(")"):
                raise ConditionError("a “)” is missing")
            return inside
        return self._leaf()

    def _leaf(self) -> Condition:
        name = self.ahead
        if not name or not name[0].isalpha() or name in {"and", "or"}:
            raise ConditionError(f"a name is expected where “{name or 'the end'}” stands")
        self._at += 1
        if self.ahead not in _COMPARISONS:
            return Name(name)
        sign = self._tokens[self._at]
        self._at += 1
        number = self.ahead
        if not number.lstrip("-").isdigit():
            raise ConditionError(f"a whole number is expected after “{name} {sign}”")
        self._at += 1
        return Compare(name, sign, int(number))

    def _take(self, token: str) -> bool:
        taken = self.ahead == token
        self._at += taken
        return taken
