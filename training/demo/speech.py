"""Turn a sentence of the bank into what one patient types.

    "{Who} said {they} would ring {day}."  + Callum, by a pronoun  ──►  "He said he would ring on Friday."
    "Thanks to Callum."                    + a lower-case hand     ──►  "thanks to callum."

A manner is how the patient refers to somebody (name, role or pronoun); a hand is how they type.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from string import Formatter
from typing import Literal

from training.demo.data import StaffMember
from training.demo.story import FOLDER, load

Manner = Literal["name", "role", "pronoun"]

_PRONOUNS = {
    "she/her": {"they": "she", "them": "her", "their": "her", "themself": "herself"},
    "he/him": {"they": "he", "them": "him", "their": "his", "themself": "himself"},
}
_PERSON = {"she/her": "lady", "he/him": "man"}
_ROLES = {
    "nurse": ("the nurse", "the nurse", "the practice nurse", "the nurse I saw"),
    "physician": ("the doctor", "the doctor", "the GP", "the doctor I saw"),
    "receptionist": ("the receptionist", "the receptionist", "the {person} on reception"),
    "call_handler": ("the {person} on the phone", "the call handler", "the {person} who answered"),
    "practice_manager": ("the practice manager",),
}
_NAMES = {
    "nurse": (
        "{given}",
        "{given}",
        "{given}",
        "Nurse {given}",
        "Nurse {family}",
        "{given} {family}",
    ),
    "physician": ("Dr {family}", "Dr {family}", "Dr {family}", "Dr. {family}", "Doctor {family}"),
    "receptionist": ("{given}", "{given}", "{given}", "{given} {family}", "{given} on reception"),
    "call_handler": ("{given}", "{given}", "{given}", "{given} {family}", "{given} on the phone"),
    "practice_manager": ("{given} {family}", "{title} {family}", "{given}"),
}
_PLACED = re.compile(r"\{[Ww]ho\} (?:on|at) ")  # the sentence itself says where they sit
_LONG = 140  # signs; nobody keeps up capitals, or goes without a stop, for longer than that
_MISSPELT = 0.06  # the share of names that are written in one of the roster's other spellings


@dataclass(frozen=True, slots=True)
class Reference:
    """Somebody the patient refers to, and in what manner."""

    member: StaffMember
    manner: Manner


def can_be_pronoun(sentence: str) -> bool:
    """Whether a sentence still reads well where the person was named just before."""
    slots = [name for _, name, _, _ in Formatter().parse(sentence) if name in _WHO]
    return sentence.startswith("{Who}") and len(slots) == 1 and not _PLACED.match(sentence)


def needs_name(sentence: str) -> bool:
    """Whether a sentence reads well only with a name in it."""
    return "{name}" in sentence or "{first}" in sentence


_WHO = frozenset({"Who", "who", "whom", "name", "first"})


def fill(
    sentence: str, reference: Reference | None, slots: Mapping[str, Sequence[str]], dice: Random
) -> str:
    """Return a sentence with its slots filled; those about a person come from the reference."""
    words = {name: dice.choice(values) for name, values in slots.items()}
    words |= {name.capitalize(): _capital(value) for name, value in words.items()}
    if reference:
        words |= _person_words(sentence, reference, dice)
    return sentence.format_map(words)


def _person_words(sentence: str, reference: Reference, dice: Random) -> dict[str, str]:
    member = reference.member
    pronouns = _PRONOUNS[member.pronouns]
    who = _called(sentence, reference, dice)
    whom = pronouns["them"] if reference.manner == "pronoun" else who
    return {
        **pronouns,
        "They": _capital(pronouns["they"]),
        "Their": _capital(pronouns["their"]),
        "person": _PERSON[member.pronouns],
        "who": who,
        "Who": _capital(who),
        "whom": whom,
        "name": who,
        "first": member.given_name,
    }


def _called(sentence: str, reference: Reference, dice: Random) -> str:
    member = reference.member
    placed = _PLACED.search(sentence) is not None
    if reference.manner == "pronoun":
        return _PRONOUNS[member.pronouns]["they"]
    if reference.manner == "role":
        form = "the {person}" if placed else dice.choice(_ROLES[member.role])
        return form.format(person=_PERSON[member.pronouns])
    form = "{given}" if placed else dice.choice(_NAMES[member.role])
    given, family = _spelt(member, form, dice)
    return form.format(given=given, family=family, title=member.title)


def _spelt(member: StaffMember, form: str, dice: Random) -> tuple[str, str]:
    """Return given and family name, now and then in another spelling of the one that is used."""
    if dice.random() > _MISSPELT or not member.aliases:
        return member.given_name, member.family_name
    part = member.given_name if "{given}" in form else member.family_name
    near = [one for one in member.aliases if one[0] == part[0] and " " not in one]
    if not near:
        return member.given_name, member.family_name
    other = dice.choice(near)
    return (other, member.family_name) if part == member.given_name else (member.given_name, other)


def any_hand(dice: Random) -> "Hand":
    """Return one of the hands of typing.yaml, each as often as it says there."""
    hands = load(FOLDER / "typing.yaml")["hands"]
    return Hand(dice.choices(list(hands), list(hands.values()))[0], dice)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class Hand:
    """How one patient types: with slips, all lower case, without stops, in capitals, or plainly."""

    def __init__(self, name: str, dice: Random) -> None:
        self.name = name
        self._dice = dice
        self._slips: Mapping[str, Sequence[str]] = load(FOLDER / "typing.yaml")["slips"]
        self._left = 2

    def typed(self, sentence: str) -> str:
        """Return a sentence as this hand types it."""
        if self.name in {"no_stops", "capitals"} and len(sentence) > _LONG:
            return sentence
        if self.name == "slips":
            return re.sub(r"[A-Za-z']+", self._slip, sentence)
        if self.name == "no_stops":
            return re.sub(r"(?<=[a-z])[.,](?= |$)", "", sentence)
        changed = {"lower_case": sentence.lower, "capitals": sentence.upper}.get(self.name)
        return changed() if changed else sentence

    def joined(self, sentences: Sequence[str]) -> tuple[str, list[int]]:
        """Return the sentences as one text, and where each of them starts in it."""
        between = "\n" if self._dice.random() < 0.06 else " "
        text, starts = "", []
        for sentence in sentences:
            if text:
                text += between if self._closed(text) else f".{between}"
            starts.append(len(text))
            text += sentence
        return text, starts

    def _closed(self, text: str) -> bool:
        return self.name == "no_stops" or not text[-1].isalnum()

    def _slip(self, match: re.Match[str]) -> str:
        wrong = self._slips.get(match[0])
        if not wrong or self._left == 0 or self._dice.random() < 0.4:
            return match[0]
        self._left -= 1
        return self._dice.choice(wrong)
