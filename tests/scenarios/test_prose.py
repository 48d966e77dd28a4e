"""Sentences come into double quotes, and nothing that a file says is changed."""

import pytest

from tests.scenarios.small import TEXT
from training.scenarios import safe_yaml
from training.scenarios.catalogue import files
from training.scenarios.prose import quoted


def test_the_example_of_the_module():
    assert quoted("    says: Well: what did he say?  \n") == (
        '    says: "Well: what did he say?"\n'
    )
    assert quoted("    why: 'It''s true.'\n") == '    why: "It\'s true."\n'


def test_a_colon_that_yaml_would_trip_over_is_mended():
    broken = TEXT.replace('says: "How long?"', "says: Tell me: how long?")
    mended = safe_yaml.load(quoted(broken), "f").value
    assert mended["scenes"]["ask"]["says"] == "Tell me: how long?"


@pytest.mark.parametrize(
    "line",
    [
        'says: "Already quoted: yes."',
        "says: |",
        "brief: >-",
        "name: Ms Reyes",
        "says: null",
        "says: ~",
        "says:",
        "# why: a comment",
        '- {if: "trust <= 10", says: Well}',
        "sources: [one, two]",
    ],
)
def test_what_is_no_plain_sentence_stays_as_it_is(line: str):
    assert quoted(f"{line}\n") == f"{line}\n"


def test_a_sentence_that_runs_on_stays_as_it_is():
    text = "scenes:\n  ask:\n    why: It is true,\n      and it is short.\n    hint: The truth?\n"
    assert quoted(text) == text.replace("The truth?", '"The truth?"')


def test_the_lines_of_a_block_stay_as_they_are():
    text = "brief: |\n  He said:\n  why: because\naim: Tell her.\n"
    assert quoted(text) == text.replace("Tell her.", '"Tell her."')


def test_a_remark_of_the_author_stays_outside_the_quotes():
    assert quoted("aim: Tell her. # really\n") == 'aim: "Tell her."  # really\n'


def test_a_backslash_and_a_quotation_mark_are_escaped():
    text = quoted('aim: Say "no" to C:\\temp\n')
    assert text == 'aim: "Say \\"no\\" to C:\\\\temp"\n'


def test_a_second_time_changes_nothing():
    once = quoted(TEXT.replace('"Tell her the truth."', "Tell her: the truth.  "))
    assert quoted(once) == once


def test_the_whole_library_is_in_form():
    assert [
        path for path in files() if quoted(path.read_text("utf-8")) != path.read_text("utf-8")
    ] == []
