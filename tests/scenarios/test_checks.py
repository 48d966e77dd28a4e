"""Every check catches its deliberate breakage, with file, line, scene and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from training.scenarios import checks
from training.scenarios.catalogue import FOLDER, parse
from training.scenarios.faults import Fault, ScenarioError

FILE = "content/scenarios/fifty-minutes-late/scenario.yaml"
TEXT = (FOLDER / "fifty-minutes-late" / "scenario.yaml").read_text(encoding="utf-8")

Change = Callable[[str], str]


def _instead(old: str, new: str) -> Change:
    """The first `old` becomes `new`; the text must have one."""

    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


def _within(scene: str, change: Change) -> Change:
    """A change of one scene only."""

    def changed(text: str) -> str:
        start = text.index(f"\n  {scene}:\n") + 1
        end = min(
            at for at in (text.find("\n\n  ", start + 1), text.find("\n\nendings:")) if at > 0
        )
        return text[:start] + change(text[start:end]) + text[end:]

    return changed


def _everywhere(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new)


def _without(part: str) -> Change:
    return _instead(part, "")


def _longest_is_best(text: str) -> str:
    """Lengthen every best reply, as an author would who explains too much."""
    best = [
        "Let me find out for you.",
        "over and told you. I'm sorry.",
        "I'll go and ask him now.",
        "he thinks, and it could be more.",
        "No wonder you're worried.",
        "What would suit you?",
        "I spoke too soon.",
        "You won't have to ask.",
        "the phone to tell work?",
        "Shall I hold that for you?",
        "so you're not left with nothing.",
    ]
    for words in best:
        assert words in text
        text = text.replace(words, words + " And then we see where we are, and how it goes.", 1)
    return text


def _rated(choices: dict[str, str]) -> Change:
    """A panel of five has rated every scene; `choices` changes some ratings."""

    def change(text: str) -> str:
        scene, lines = "", ["key:", "  by: panel", "  ratings:"]
        for line in text.split("\nendings:")[0].splitlines():
            if line.startswith("  ") and line[2] != " " and line.endswith(":"):
                scene = line.strip()
            if line.startswith("      - id: "):
                choice = line.split(": ")[1]
                if f"    {scene}" not in lines:
                    lines.append(f"    {scene}")
                    ratings = "[5, 5, 5, 5, 5]"
                else:
                    ratings = "[2, 2, 2, 1, 1]"
                lines.append(f"      {choice}: {choices.get(choice, ratings)}")
        return text.replace("key: {by: author}", "\n".join(lines))

    return change


# What is broken, the line it is told at (that of this text, once broken), scene, message, fix.
BREAKAGES: dict[str, tuple[Change, str, str, str, str]] = {
    "a dangling link": (
        _instead("next: checked", "next: chekced"),
        "next: chekced",
        "arrive",
        "There is no scene or ending “chekced”",
        "Did you mean checked?",
    ),
    "an orphan": (
        _instead("\n  settle:\n", "\n  daughter:\n    routes: [{next: settle}]\n\n  settle:\n"),
        "  daughter:",
        "daughter",
        "never reached",
        "Let a choice or a route lead to it",
    ),
    "a loop without exit": (
        _within("coat", _everywhere("next: settle", "next: coat")),
        "  coat:\n",
        "coat",
        "A loop without exit",
        "lead on towards an ending",
    ),
    "a route that never fires": (
        _instead('- if: "left"', '- if: "left and not left"'),
        '- if: "left and not left"',
        "settle",
        "The route to “end_left” can never be taken",
        "Change its condition",
    ),
    "a panel that disagrees": (
        _rated({"seen": "[5, 1, 5, 1, 5]"}),
        "    choices:\n      - id: seen",
        "arrive",
        "The panel disagrees",
        "discuss: true",
    ),
    "the longest always best": (
        _longest_is_best,
        "  arrive:\n",
        "arrive",
        "The longest reply is the best one in",
        "Shorten the best",
    ),
    "a missing why": (
        lambda text: "\n".join(
            line for line in text.splitlines() if "You said how long he had waited" not in line
        ),
        "      - id: seen",
        "arrive",
        "`why` is missing",
        "the best one too",
    ),
    "an unknown skill": (
        _instead("skills: [empathy,", "skills: [empathi,"),
        "skills: [empathi",
        "",
        "There is no skill “empathi”",
        "Did you mean empathy?",
    ),
    "an unknown role": (
        _instead("roles: [receptionist]", "roles: [greeter]"),
        "roles: [greeter]",
        "",
        "There is no role “greeter”",
        "Choose one of",
    ),
    "an unknown stage": (
        _instead("stage: assessment", "stage: assesment"),
        "stage: assesment",
        "",
        "There is no stage “assesment”",
        "Did you mean assessment?",
    ),
    "an unknown start": (
        _instead("start: arrive\n", "start: begin\n"),
        "start: begin",
        "",
        "There is no scene “begin”",
        "Choose one of",
    ),
    "an effect on an unknown state": (
        _instead("effect: {trust: +20}", "effect: {trsut: +20}"),
        "effect: {trsut: +20}",
        "arrive",
        "There is no state “trsut”",
        "Did you mean trust?",
    ),
    "a number added to yes or no": (
        _instead("told_time: true}", "told_time: +5}"),
        "told_time: +5}",
        "checked",
        "“told_time” is yes or no",
        "Write true or false",
    ),
    "yes or no for a number": (
        _instead("effect: {trust: +20}", "effect: {trust: true}"),
        "effect: {trust: true}",
        "arrive",
        "“trust” is a number",
        "+10",
    ),
    "a condition on an unknown state": (
        _instead('if: "jumped"', 'if: "jumpd"'),
        'if: "jumpd"',
        "next_or_not",
        "There is no state “jumpd”",
        "Did you mean jumped?",
    ),
    "a number used as yes or no": (
        _instead('if: "trust >= 55"', 'if: "trust"'),
        'if: "trust"',
        "checked",
        "“trust” is a number",
        "Compare it",
    ),
    "yes or no compared": (
        _instead('if: "jumped"', 'if: "jumped >= 1"'),
        'if: "jumped >= 1"',
        "next_or_not",
        "“jumped” is yes or no",
        "not jumped",
    ),
    "a state read before it is set": (
        _everywhere("call_booked: true", "left: true"),
        "  call_booked: {start",
        "",
        "“call_booked” is read before it is set",
        "effect of a choice",
    ),
    "a state that changes nothing": (
        _everywhere('if: "update_due"', 'if: "jumped"'),
        "  update_due: {start",
        "",
        "“update_due” changes nothing",
        "depend on it",
    ),
    "routes without a last resort": (
        _instead("      - next: end_seen\n", ""),
        '      - if: "trust >= 65 and told_time"',
        "settle",
        "A dead end",
        "no `if`",
    ),
    "a scene where nothing can be said": (
        _instead("\n  settle:\n", "\n  silence:\n    mood: tense\n\n  settle:\n"),
        "  silence:",
        "silence",
        "A dead end",
        "Give it choices",
    ),
    "two choices of one name": (
        _instead("id: short_staffed", "id: seen"),
        "id: seen\n        say: \"You've not been",
        "arrive",
        "Two choices are called “seen”",
        "Rename",
    ),
    "a variant never shown": (
        _instead('if: "trust <= 25"', 'if: "trust < 0"'),
        'if: "trust < 0"',
        "louder",
        "never shown",
        "Change its condition",
    ),
    "an ending that is too rare": (
        _instead('if: "trust >= 65 and told_time"', 'if: "trust >= 100 and told_time"'),
        "  end_good:\n    outcome",
        "end_good",
        "of random plays reach the ending “end_good”",
        "Loosen the condition",
    ),
    "a play that is too short": (
        _within("arrive", _everywhere("next: louder", "next: end_left")),
        "scenes:\n",
        "",
        "A play takes 1 to",
        "4 to 9",
    ),
    "a skill that is declared and hardly practised": (
        _instead(
            "skills: [empathy, keeping_informed, service_recovery]",
            "skills: [welcome, empathy, service_recovery]",
        ),
        "skills: [welcome",
        "",
        "The skill welcome is declared",
        "at least 2 decisions",
    ),
    "a skill that is not declared": (
        _instead("credit: {keeping_informed: 1}", "credit: {keeping_informed: 1, welcome: 1}"),
        "welcome: 1}",
        "checked",
        "The skill welcome is not declared",
        "Add it",
    ),
    "a credit between the ranks": (
        _instead("keeping_informed: 0.67}", "keeping_informed: 0.5}"),
        "keeping_informed: 0.5}",
        "arrive",
        "Credit cannot be 0.5",
        "0.67",
    ),
    "a tie for the best": (
        _instead("credit: {empathy: 0.67}", "credit: {empathy: 1}"),
        "    choices:\n      - id: no_wonder",
        "work",
        "A tie for the best reply: no_wonder, note",
        "Decide which is better",
    ),
    "a best reply that is not good": (
        _within(
            "work", lambda text: text.replace("empathy: 1}", "empathy: 0.33}").replace("0.67", "0")
        ),
        "    choices:\n      - id: no_wonder",
        "work",
        "earns only 0.33",
        "really good",
    ),
    "a skill that nobody can earn": (
        _within("work", _instead("{empathy: 1}", "{empathy: 1, service_recovery: 0}")),
        "    choices:\n      - id: no_wonder",
        "work",
        "No reply earns anything for service_recovery",
        "Remove the skill",
    ),
    "a best reply that costs trust": (
        _without("        hard_truth: true\n"),
        "effect: {trust: -5, jumped: false}",
        "not_next",
        "lowers trust by 5",
        "hard_truth: true",
    ),
    "two replies only": (
        _within("promised", lambda text: text[: text.index("      - id: doctor_said")].rstrip()),
        "    choices:\n      - id: guessed",
        "promised",
        "There are 2 replies",
        "three or four",
    ),
    "a panel that left a choice out": (
        lambda text: _rated({})(text).replace("      in_turn: [2, 2, 2, 1, 1]\n", ""),
        "    arrive:\n      seen: [5",
        "",
        "ratings of “arrive” are not complete",
        "same 5 or more raters",
    ),
    "a panel without a patient": (
        _rated({}),
        "key:\n  by: panel",
        "",
        "The panel has no patient among its raters.",
        "Write `patients:`",
    ),
    "a reply of too many words": (
        _instead("Let me find out for you.", "Let me find out for you. " + "And so on. " * 8),
        'say: "Fifty minutes is a long wait',
        "arrive",
        "has 41 words",
        "30 or fewer",
    ),
    "a telephone number": (
        _instead("At home he says", "On 01632 960 123 he says"),
        "On 01632 960 123",
        "end_seen",
        "“01632 960 123” looks like a number",
        "leave it out",
    ),
    "lines too hard to read": (
        _everywhere(
            'says: "',
            'says: "Notwithstanding organisational considerations regarding availability, '
            "I reiterate that communicating individually with everybody waiting is essential, ",
        ),
        "says: ",
        "",
        "The patient's lines read at age",
        "Shorter sentences",
    ),
    "sweeping words in wrong replies only": (
        lambda text: (
            text.replace("hardly ever", "seldom")
            .replace("so you're not left with nothing", "so you've got something")
            .replace("I don't make the rules.", "Nobody here can change that.")
            .replace("It shouldn't be too long now.", "It must be soon now.")
            .replace("That's the doctors' decision.", "It's always up to them.")
        ),
        "  arrive:\n",
        "",
        "Sweeping words",
        "Take them out of some",
    ),
}


def _check(text: str) -> list[Fault]:
    """The faults of a text, whether or not it can be read."""
    try:
        return checks.check(parse(text, FILE).source)
    except ScenarioError as error:
        return list(error.faults)


def _line(text: str, marker: str) -> int:
    return text[: text.index(marker)].count("\n") + 1


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_breakage_is_caught_with_file_line_scene_and_fix(name: str):
    change, marker, scene, message, fix = BREAKAGES[name]
    text = change(TEXT)
    assert text != TEXT
    told = [one for one in _check(text) if message in one.message]
    assert told, [str(fault) for fault in _check(text)]
    fault = told[0]
    assert fault.file == FILE
    if scene:
        assert fault.scene == scene
        assert fault.line == _line(text, marker)
    assert fix in fault.fix


def test_the_whole_scenario_has_no_fault():
    assert _check(TEXT) == []


def test_a_disagreement_that_the_author_knows_of_is_no_fault():
    text = _rated({"seen": "[5, 1, 5, 1, 5]"})(TEXT)
    text = text.replace("    title: He comes to the desk\n", "    title: X\n    discuss: true\n")
    assert not [one for one in _check(text) if "disagrees" in one.message]


def test_a_bot_that_knows_nothing_is_caught():
    text = TEXT.replace("I'm sorry. Let me find", "I'm sorry, please. Let me find")
    polite = "Thank you, Mr Okafor, please, of course. "
    for best in ("You're right. I should", "I did, and I was", "Two people are ahead of you. Half"):
        text = text.replace(best, polite + best)
    for best in ("Five weeks in", "You could wait, or", "I'll come over", "One still to go"):
        text = text.replace(best, polite + best)
    told = [one.message for one in _check(text)]
    assert any("The politest bot earns" in message for message in told), told


def _library(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / name.replace("_", "-") / "scenario.yaml"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    return folder


def _messages(faults: list[Fault]) -> str:
    return "\n".join(fault.message for fault in faults)


def test_a_slug_that_is_not_its_folder_is_caught(tmp_path: Path):
    told = checks.check_all(_library(tmp_path, elsewhere=TEXT))
    assert _messages(told) == "The slug is fifty-minutes-late, the folder elsewhere."
    assert told[0].line == _line(TEXT, "slug: ")


def test_a_slug_and_a_patient_used_twice_are_caught(tmp_path: Path):
    told = checks.check_all(_library(tmp_path, fifty_minutes_late=TEXT, twin=TEXT))
    assert "The slug fifty-minutes-late is that of" in _messages(told)
    assert "The patient Mr Okafor is that of" in _messages(told)


def test_a_transfer_check_that_is_missing_or_none_is_caught(tmp_path: Path):
    asks = '  ask: "Which of your'
    missing = TEXT.replace(asks, f"  transfer: another-morning\n{asks}")
    told = checks.check_all(_library(tmp_path, fifty_minutes_late=missing))
    assert _messages(told) == "There is no scenario another-morning."
    other = TEXT.replace("slug: fifty-minutes-late", "slug: another-morning")
    other = other.replace("name: Mr Okafor", "name: Mr Obi")
    told = checks.check_all(_library(tmp_path, another_morning=other))
    assert _messages(told) == "another-morning is not a transfer check."


def test_one_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path):
    told = checks.check_all(_library(tmp_path, broken="a: [", elsewhere=TEXT))
    assert len(told) == 2


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path):
    path = tmp_path / "late" / "scenario.yaml"
    path.parent.mkdir()
    path.write_bytes(b"format: x\ntitle: caf\xe9\n")
    (fault,) = checks.check_all(tmp_path)
    assert (fault.line, fault.message) == (2, "The file is not UTF-8 text.")


def test_a_fault_reads_as_file_line_scene_and_an_arrow_to_the_fix():
    fault = Fault("late.yaml", 41, "arrive", "The reply has no `why`.", "Say why.")
    assert str(fault) == "late.yaml:41 (scene arrive): The reply has no `why`.\n  → Say why."
