"""The closed grammar of conditions."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.scenarios.conditions import (
    And,
    Compare,
    Condition,
    ConditionError,
    Name,
    Not,
    Or,
    holds,
    leaves,
    parse,
)


def test_the_example_of_the_module():
    condition = parse("trust >= 60 and told_time")
    assert condition == And((Compare("trust", ">=", 60), Name("told_time")))
    assert holds(condition, {"trust": 65, "told_time": True})
    assert not holds(condition, {"trust": 65, "told_time": False})


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a or b and not c", Or((Name("a"), And((Name("b"), Not(Name("c"))))))),
        ("(a or b) and c", And((Or((Name("a"), Name("b"))), Name("c")))),
        ("not not a", Not(Not(Name("a")))),
        ("a<-5", Compare("a", "<", -5)),
        ("order == 3", Compare("order", "==", 3)),
        ("  a   and\tb ", And((Name("a"), Name("b")))),
        ("nothing", Name("nothing")),
    ],
)
def test_binding_and_spelling(text: str, meant: Condition):
    assert parse(text) == meant


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "the end"),
        ("trust >=", "whole number"),
        ("trust >= told", "whole number"),
        ("60 <= trust", "a name is expected"),
        ("a and", "the end"),
        ("(a or b", "missing"),
        ("a b", "not expected"),
        ("trust = 60", "is not understood"),
        ("trust >= 1.5", "is not understood"),
        ("__import__('os')", "is not understood"),
        ("a; b", "is not understood"),
        ("trust.real", "is not understood"),
        ("not " * 30 + "a", "nested too deeply"),
        ("a and " * 60 + "a", "more than 200"),
    ],
)
def test_what_is_not_in_the_grammar_is_refused_by_name(text: str, part: str):
    with pytest.raises(ConditionError, match=part):
        parse(text)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_and_nothing_else(text: str):
    with suppress(ConditionError):
        assert list(leaves(parse(text)))


_NAMES = st.sampled_from(["a", "b", "c"])
_SMALL = st.recursive(
    _NAMES.map(Name)
    | st.builds(Compare, _NAMES, st.sampled_from([">=", "<", "=="]), st.integers(-9, 9)),
    lambda part: (
        st.builds(Not, part)
        | st.lists(part, min_size=2, max_size=3).map(lambda parts: And(tuple(parts)))
        | st.lists(part, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
    ),
    max_leaves=6,
)


def _written(condition: Condition) -> str:
    match condition:
        case Name(name):
            return name
        case Compare(name, sign, number):
            return f"{name} {sign} {number}"
        case Not(part):
            return f"not ({_written(part)})"
        case And(parts):
            return " and ".join(f"({_written(part)})" for part in parts)
        case Or(parts):
            return " or ".join(f"({_written(part)})" for part in parts)


@given(_SMALL, st.tuples(st.integers(-9, 9), st.booleans(), st.integers(0, 1)))
def test_a_condition_means_what_python_would_make_of_it(condition: Condition, values: tuple):
    state = dict(zip("abc", values, strict=True))
    text = _written(condition)
    try:
        read = parse(text)
    except ConditionError:
        return  # longer or deeper than an author may write
    assert holds(read, state) == bool(eval(text, {}, state))


def test_leaves_are_every_name_and_comparison_in_order():
    assert [leaf.name for leaf in leaves(parse("a and (b >= 2 or not c)"))] == ["a", "b", "c"]
