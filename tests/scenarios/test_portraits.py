"""Portraits from parts, for the strictest content security policy."""

from itertools import product
from typing import get_args
from xml.etree import ElementTree

import pytest

from training.scenarios.portraits import portrait
from training.scenarios.script import Mood, Portrait

PARTS = {name: get_args(field.annotation) for name, field in Portrait.model_fields.items()}
HAIRS, SKINS = PARTS["hair"], PARTS["skin"]


def _spec(**changes) -> Portrait:
    usual = {"skin": "dark", "hair": "curls", "hair_colour": "grey", "clothes": "teal"}
    return Portrait.model_validate({**usual, **changes})


def test_the_example_of_the_module():
    assert portrait(_spec(), Mood.TENSE).startswith('<svg class="portrait" ')


@pytest.mark.parametrize(("skin", "hair"), list(product(SKINS, HAIRS)))
def test_every_part_draws_a_hidden_picture_without_style_or_script(skin: str, hair: str):
    for mood in Mood:
        spec = _spec(skin=skin, hair=hair, glasses=True, beard=True, older=True)
        picture = portrait(spec, mood)
        root = ElementTree.fromstring(picture)
        assert root.get("aria-hidden") == "true"
        assert root.get("focusable") == "false"
        for part in root.iter():
            assert part.tag in {"svg", "g", "path", "circle", "ellipse", "rect"}
            assert not {name for name in part.attrib if name == "style" or name.startswith("on")}


def test_every_colour_of_hair_and_clothes_is_its_own():
    pictures = {
        portrait(_spec(hair_colour=hair, clothes=clothes), Mood.GUARDED)
        for hair in PARTS["hair_colour"]
        for clothes in PARTS["clothes"]
    }
    assert len(pictures) == len(PARTS["hair_colour"]) * len(PARTS["clothes"])


def test_every_mood_looks_different():
    assert len({portrait(_spec(), mood) for mood in Mood}) == len(Mood)


def test_moods_are_said_in_words():
    assert Mood.AT_EASE.words == "at ease"
