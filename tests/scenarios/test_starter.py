"""A scenario to begin with has the whole form; the check says what is still to be written."""

from training.scenarios.catalogue import parse
from training.scenarios.checks import check
from training.scenarios.starter import is_unwritten, starter

TEXT = starter("lost-letter", 'The "lost" letter', "receptionist", "empathy", "request", "phone")


def test_the_example_of_the_module():
    assert is_unwritten("<What the patient says>")
    assert not is_unwritten("Where is my letter?")


def test_a_beginning_can_be_read_and_has_four_decisions_and_three_endings():
    script = parse(TEXT).script
    assert len(script.decisions) == 4
    assert len(script.endings) == 3
    assert script.title == "The 'lost' letter"


def test_every_blank_is_told_with_its_line():
    told = [one for one in check(parse(TEXT).source) if "Still to be written" in one.message]
    assert len(told) == TEXT.count("<")
    assert all("<" in TEXT.splitlines()[one.line - 1] for one in told)


def test_all_else_that_is_wrong_with_it_is_that_every_reply_reads_the_same():
    told = {one.message for one in check(parse(TEXT).source)}
    others = [one for one in told if "Still to be written" not in one]
    assert all("bot earns" in one for one in others), others


def test_less_than_and_more_than_are_no_blanks():
    assert not is_unwritten("trust < 40 and trust > 10")
