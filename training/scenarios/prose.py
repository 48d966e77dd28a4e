"""The form of a scenario's text: sentences in double quotes, so that YAML never trips over one.

    says: Well: what did he say?        ──▸    says: "Well: what did he say?"
    why: 'It''s true.'                  ──▸    why: "It's true."

    >>> quoted("    says: Well: what did he say?  \\n")
    '    says: "Well: what did he say?"\\n'

Only lines that hold a sentence on their own are touched; comments, lists and blocks stay as they
are. What the file says is never changed: a text that could be read is read the same afterwards.
"""

import re
from collections.abc import Iterator

from training.scenarios import safe_yaml
from training.scenarios.faults import ScenarioError

WORDS = (
    *("brief", "aim", "about", "content_note", "setting", "says", "thought", "hint", "say"),
    *("patient_reacts", "why", "text", "ask", "plan"),
)
_LINE = re.compile(rf"(?P<head> *(?:- )?(?:{'|'.join(WORDS)}): +)(?P<value>\S.*)")
_BLOCK = re.compile(r"( *)(?:- )?[\w]+: *[|>][-+\d]* *$")
_NOT_PLAIN = ('"', "'", "[", "{", "|", ">", "&", "*", "!", "#")
_NULLS = ("null", "~")
_SINGLE = re.compile(r"'(?:[^']|'')*'")


def quoted(text: str) -> str:
    """The text with its sentences in double quotes, no blanks at line ends, one line end last."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    made = "\n".join(_quoted_lines(lines)).rstrip("\n") + "\n"
    return made if _same(text, made) else text


def _quoted_lines(lines: list[str]) -> Iterator[str]:
    block = -1  # how far the word of a block is indented whose lines are being passed
    for at, line in enumerate(lines):
        if block >= 0 and line and _indent(line) <= block:
            block = -1
        opens = _BLOCK.fullmatch(line)
        if block < 0 and opens:
            block = len(opens[1])
        runs_on = _runs_on(line, lines[at + 1 :])
        yield line if block >= 0 or runs_on else _quoted_line(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _runs_on(line: str, rest: list[str]) -> bool:
    """Whether the sentence of a line goes on in the next."""
    following = next((one for one in rest if one), "")
    return _indent(following) > len(line) - len(line.lstrip(" -"))


def _quoted_line(line: str) -> str:
    found = _LINE.fullmatch(line)
    value = found["value"] if found else ""
    if not found or value in _NULLS:
        return line
    if _SINGLE.fullmatch(value):
        value = value[1:-1].replace("''", "'")
    elif value.startswith(_NOT_PLAIN):
        return line
    sentence, mark, comment = value.partition(" #")
    escaped = sentence.rstrip().replace("\\", "\\\\").replace('"', '\\"')
    return f'{found["head"]}"{escaped}"{mark and f"  #{comment}"}'


def _same(before: str, after: str) -> bool:
    """Whether both read the same, or the first could not be read at all."""
    try:
        old = safe_yaml.load(before, "before").value
    except ScenarioError:
        return True
    try:
        return bool(safe_yaml.load(after, "after").value == old)
    except ScenarioError:
        return False
