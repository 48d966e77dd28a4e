"""A scenario to begin with: the whole form, and in angle brackets what is still to be written.

starter("lost-letter", "The lost letter", "receptionist", "empathy")
  ──▸ four decisions of three replies each, three endings; the check names each “<…>” by line

>>> is_unwritten("<What the patient says>"), is_unwritten("Where is my letter?")
(True, False)
"""

import re

_UNWRITTEN = re.compile(r"<[A-Z][^<>]*>")

_HEAD = """\
# yaml-language-server: $schema=../../schema/scenario.schema.json
format: bedside-scenario/1
slug: {slug}
version: 1
language: en
title: "{title}"
roles: [{role}]
stage: {stage}
channel: {channel}
skills: [{skill}]
minutes: 5

patient:
  name: "<Name>"
  about: "<Age, and why they are here>"
  portrait: {{skin: tan, hair: short, hair_colour: black, clothes: moss}}

brief: "<What you know before it starts>"
aim: "<What to try for>"

state:
  trust: {{start: 40, min: 0, max: 100, label: "Trust"}}

start: scene_1

scenes:
"""

_SCENE = """\
  scene_{number}:
    title: "<What happens, for the debrief and the map>"
    mood: tense
    says: "<What the patient says>"
    thought: "<What the patient needs and does not say>"
    hint: "<A question to put to yourself>"
    choices:
{choices}
"""

_CHOICE = """\
      - id: {id}
        say: "<{say}>"
        credit: {{{skill}: {credit}}}
        effect: {{trust: {trust}}}
        patient_reacts: "<What you see or hear of the patient>"
        why: "<What these words do to the patient>"
        next: {next}
"""

_CHOICES = (
    ("strong", "What a good colleague says", "1", "+15"),
    ("kind", "Kind, and it leaves something out", "0.67", "+5"),
    ("quick", "What one says on a bad morning", "0", "-10"),
)

_TAIL = """\
  settle:
    routes:
      - {if: "trust >= 75", next: end_good}
      - {if: "trust >= 35", next: end_mixed}
      - {next: end_poor}

endings:
  end_good: {outcome: good, title: "<How it ended>", mood: at_ease, text: "<What became of it>"}
  end_mixed: {outcome: mixed, title: "<How it ended>", mood: guarded, text: "<What became of it>"}
  end_poor: {outcome: poor, title: "<How it ended>", mood: upset, text: "<What became of it>"}

debrief:
  ask: "<A question to reflect on>"
  plan: "When ___, I will ___."

key: {by: author}
sources: []
"""
_DECISIONS = 4


def starter(slug: str, title: str, role: str, skill: str, stage: str, channel: str) -> str:
    """The text of a scenario.yaml that has the whole form and none of the words."""
    head = _HEAD.format(
        slug=slug, title=title.replace('"', "'"), role=role, skill=skill, stage=stage,
        channel=channel,
    )  # fmt: skip
    scenes = (_scene(number, skill) for number in range(1, _DECISIONS + 1))
    return head + "\n".join(scenes) + "\n" + _TAIL


def is_unwritten(text: str) -> bool:
    """Whether a text still holds what the starter wrote in angle brackets."""
    return _UNWRITTEN.search(text) is not None


def _scene(number: int, skill: str) -> str:
    after = "settle" if number == _DECISIONS else f"scene_{number + 1}"
    choices = (
        _CHOICE.format(id=ident, say=say, skill=skill, credit=credit, trust=trust, next=after)
        for ident, say, credit, trust in _CHOICES
    )
    return _SCENE.format(number=number, choices="".join(choices).rstrip("\n"))
