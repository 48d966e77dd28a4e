"""A fault is told by kind and place; the words it was about never are."""

from training.faults import describe

WORDS = "my name is Canary Wren and I was frightened"


def test_the_kind_and_the_place_are_told_and_the_words_are_not() -> None:
    try:
        int(WORDS)
    except ValueError as fault:
        told = describe(fault)
    assert told.startswith("ValueError at test_faults.py:")
    assert "Canary" not in told


def test_a_fault_that_was_never_raised_has_no_place() -> None:
    assert describe(KeyError(WORDS)) == "KeyError at an unknown place"
