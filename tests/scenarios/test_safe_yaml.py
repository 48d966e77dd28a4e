"""YAML as a hostile or a hurried author writes it."""

import pytest

from training.scenarios.faults import Fault, ScenarioError
from training.scenarios.safe_yaml import load


def _fault(text: str) -> Fault:
    with pytest.raises(ScenarioError) as caught:
        load(text, "scenario.yaml")
    (fault,) = caught.value.faults
    assert fault.file == "scenario.yaml"
    return fault


def test_the_example_of_the_module():
    document = load("patient:\n  name: Mr Okafor\n", "scenario.yaml")
    assert document.value == {"patient": {"name": "Mr Okafor"}}
    assert document.line("patient", "name") == 2


def test_only_true_false_and_numbers_are_anything_but_text():
    text = 'a: No\nb: 9:10\nc: 2016-01-01\nd: true\ne: +20\nf: 0.67\ng: "20"\nh: 0x1f\ni: ~\nj: 1e3'
    assert load(text, "f").value == {
        "a": "No",
        "b": "9:10",
        "c": "2016-01-01",
        "d": True,
        "e": 20,
        "f": 0.67,
        "g": "20",
        "h": "0x1f",
        "i": None,
        "j": "1e3",
    }


def test_a_value_without_a_line_has_that_of_what_is_around_it():
    document = load("a:\n  - b: 1\n    c: 2\n", "f")
    assert document.line("a", 0, "c") == 3
    assert document.line("a", 0, "why") == 2
    assert document.line("nowhere") == 1


@pytest.mark.parametrize(
    ("text", "line", "message", "fix"),
    [
        ("a: 1\nsay: Well: no", 2, "cannot be read", "contains “: ”"),
        ("a: 1\n\tb: 2", 2, "cannot be read", "spaces, not tabs"),
        ("a: 1\nsay: @home", 2, "cannot be read", "double quotes"),
        ("a: 1\nsay: 'not closed", 2, "cannot be read", "never closed"),
        ("a: [1, 2", 1, "cannot be read", "never closed"),
        ("a: 1\nb: 2\na: 3", 3, "“a” is written twice", "Remove or rename"),
        ("a: 1\n---\nb: 2", 2, "second document", "Remove"),
        ("- a\n- b", 1, "holds no scenario", "Start with"),
        ("", 1, "holds no scenario", "Start with"),
        ("a: 1\nb: \x07", 2, "control character", "Remove it"),
        ("a: \x00", 1, "control character", "Remove it"),
        ("a: \ud800", 1, "control character", "Remove it"),
        ("? [a]\n: b", 1, "A name is expected", "brackets"),
    ],
)
def test_a_slip_is_told_with_its_line_and_the_likely_fix(
    text: str, line: int, message: str, fix: str
):
    fault = _fault(text)
    assert fault.line == line
    assert message in fault.message
    assert fix in fault.fix


def test_anchors_and_aliases_are_refused():
    assert "aliases" in _fault("a: &x 1\nb: *x").message
    assert _fault("a: 1\nb: *Well* no").line == 2


def test_a_billion_laughs_are_refused_before_anything_is_built():
    lines = ["a0: &a0 [lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert "aliases" in _fault("\n".join(lines)).message


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system ['true']",
        "a: !!python/name:os.system",
        "!!python/object:object {}",
        "a: !!binary aGk=",
        "a: !own 1",
    ],
)
def test_tags_are_refused(text: str):
    assert "Tags" in _fault(text).message


@pytest.mark.parametrize("text", ["[" * 3_000, "{" * 3_000, "- " * 3_000, "a: " + "[" * 13])
def test_deep_nesting_is_refused_without_running_out_of_stack(text: str):
    assert "Nested more than 12" in _fault(text).message


def test_two_megabytes_are_refused_by_their_size():
    assert "larger than 256 kB" in _fault("a: " + "x" * 2_000_000).message
