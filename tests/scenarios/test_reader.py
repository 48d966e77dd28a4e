"""From text to a Script, or to faults with their lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarios.small import TEXT
from training.scenarios.faults import Fault, ScenarioError
from training.scenarios.reader import read


def _faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(ScenarioError) as caught:
        read(text, "scenario.yaml")
    return caught.value.faults


def _line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_example_of_the_module():
    faults = _faults("format: bedside-scenario/1\nslgu: late\n")
    told = {(fault.line, fault.message, fault.fix) for fault in faults}
    assert (1, "`slug` is missing.", "Add `slug`.") in told
    assert (2, "`slgu` is not a word of the format.", "Did you mean `slug`?") in told


def test_a_whole_scenario_is_read_with_the_lines_of_its_parts():
    source = read(TEXT, "scenario.yaml")
    assert source.script.title == "Late"
    assert source.script.scenes["arrive"].skills == ("empathy", "keeping_informed")
    assert source.document.line("scenes", "ask") == _line_of(TEXT, "  ask:\n    title")


@pytest.mark.parametrize(
    ("old", "new", "scene", "message", "fix"),
    [
        ('        why: "You noticed."\n', "", "arrive", "`why` is missing", "in a sentence or two"),
        ('why: "You noticed."', "wyh: x", "arrive", "`wyh` is not a word", "Did you mean `why`?"),
        ("mood: guarded", "mood: sleepy", "ask", "`mood` cannot be “sleepy”", "'at_ease'"),
        ('say: "Soon."', "say: 9", "ask", "`say` was read as 9, not as text", "double quotes"),
        ('say: "Soon."', "say:", "ask", "`say` is empty", "Write the text"),
        ('say: "Soon."', "say: {Soon: no}", "ask", "read as a list of names", "contains “: ”"),
        ("trust >= 60 and told", "trust => 60", "settle", "cannot be read", "trust >= 60 and"),
        ('hint: "The truth?"\n', "\n", "ask", "also needs hint", "Add"),
        ("slug: late", "slug: Late One", "", "cannot be used for `slug`", "fifty-minutes-late"),
        ("id: soon", "id: So-On", "ask", "cannot be used for `id`", "end_good"),
        ("language: en", "language: English", "", "for `language`", "pt-BR"),
        ("skin: olive", "skin: green", "", "`skin` cannot be “green”", "'tan'"),
        ("  trust: {start: 40, min: 0, max: 100}\n", "", "", "needs trust", "Add or move"),
        ("version: 1", "version: 0", "", "`version`", "Correct"),
        ("credit: {empathy: 1,", "credit: {empathy: 3,", "arrive", "`empathy`", "Correct"),
    ],
)
def test_a_fault_of_form_names_line_scene_and_fix(
    old: str, new: str, scene: str, message: str, fix: str
):
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    (fault,) = [fault for fault in _faults(text) if message in fault.message]
    assert (fault.file, fault.scene) == ("scenario.yaml", scene)
    assert fix in fault.fix


def test_the_line_is_that_of_the_slip_itself():
    text = TEXT.replace("mood: guarded", "mood: sleepy")
    assert _faults(text)[0].line == _line_of(text, "mood: sleepy")
    text = TEXT.replace('        why: "No number."\n', "")
    assert _faults(text)[0].line == _line_of(text, "      - id: soon")


def test_every_fault_is_told_at_once_in_the_order_of_the_file():
    text = TEXT.replace("mood: guarded", "mood: sleepy").replace("language: en", "language: E")
    assert [fault.line for fault in _faults(text)] == [
        _line_of(text, "language: E"),
        _line_of(text, "mood: sleepy"),
    ]


def test_a_scene_cannot_have_choices_and_routes():
    text = TEXT.replace(
        "  settle:\n    routes:", "  settle2:\n    routes: []\n  settle:\n    routes:"
    )
    read(text, "scenario.yaml")
    both = TEXT.replace('    hint: "The truth?"\n', '    hint: "T?"\n    routes: [{next: good}]\n')
    assert "choices or routes, not both" in _faults(both)[0].message


def test_a_name_is_a_scene_or_an_ending_but_not_both():
    text = TEXT.replace("  settle:\n", "  good:\n")
    assert "both a scene and an ending" in _faults(text)[0].message


@given(st.integers(0, len(TEXT)), st.integers(0, 40), st.text(max_size=6))
def test_any_slip_of_the_pen_is_read_or_told_as_a_fault(at: int, length: int, typed: str):
    text = TEXT[:at] + typed + TEXT[at + length :]
    faults: tuple[Fault, ...] = ()
    try:
        read(text, "scenario.yaml")
    except ScenarioError as error:
        faults = error.faults
    assert all(1 <= fault.line <= text.count("\n") + 2 for fault in faults)
    assert all(fault.message and fault.fix for fault in faults)
