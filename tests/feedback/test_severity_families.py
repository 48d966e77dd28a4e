"""Families of real failings, each in sentences that stand in no table as a whole."""

import pytest

from tests.feedback.cast import reading

FAMILIES = {
    "brushed off": (
        "I said I could not swallow and was told to relax. Awful.",
        "He had not read my notes and was rude about it.",
        "My ankle was broken after all, so much for their useless advice.",
        "They did not take my temperature and sent me packing. Awful.",
    ),
    "left too long": (
        "My referral was never sent and the surgery was useless about it.",
        "The letter was sitting in somebody's inbox, which is terrible.",
        "Bad service, my urine sample went missing.",
        "Nobody chased the hospital. Poor.",
    ),
    "not told": (
        "Awful, I found out by text that it had spread.",
        "You rang asking for my late husband. Terrible.",
    ),
    "medicines": (
        "I ran out of tablets because of the useless system.",
        "It was the wrong name on the bag, a very bad mistake.",
        "She was about to inject me and had not checked. Terrible.",
        "Nearly given another woman's inhaler, bad service.",
    ),
    "children and the frail": (
        "You used my daughter to translate, which is terrible.",
        "My baby was burning up and the receptionist was rude.",
        "My gran was left sitting in the cold. Disgraceful.",
        "Dad slipped on the wet floor. Terrible place.",
    ),
    "no way in": (
        "The lift is broken and I could not get in. Terrible.",
        "There is no ramp. Poor show.",
        "The disabled toilet was locked, awful.",
    ),
    "dignity and consent": (
        "There was no chaperone and I felt awful.",
        "He pulled up my top without asking first. Rude man.",
        "The door was left wide open, door wide open while I undressed. Awful.",
        "She kept going although it hurt. Terrible.",
    ),
    "unclean": (
        "He wore the same pair of gloves for all of us, disgraceful.",
        "There was dried blood by the bed. Bad.",
        "My wound became infected after bad dressing.",
    ),
    "wrongly refused": (
        "They refused a home visit and were rude.",
        "I was told I was not ill enough by a rude receptionist.",
        "I ended up in hospital because of their bad advice.",
    ),
    "troubled minds": (
        "He told me to snap out of it, a rude man.",
        "I was at my lowest and they were awful.",
    ),
    "told untrue things": (
        "They covered up their terrible mistake.",
        "Bad practice, they ignored my complaint.",
        "She told lies about me. Awful woman.",
    ),
}


@pytest.mark.parametrize("text", [text for texts in FAMILIES.values() for text in texts])
def test_a_real_failing_is_seen(text: str) -> None:
    assert reading(text).severity >= 2


@pytest.mark.parametrize(
    "text",
    [
        "The wait was long and the chairs are hard.",
        "Could not get through on the phone, poor service.",
        "The website is confusing and slow.",
        "The receptionist was a bit short with us.",
        "Parking is dreadful.",
        "I had to come back for a second form, which was annoying.",
    ],
)
def test_an_annoyance_is_no_failing(text: str) -> None:
    assert reading(text).severity == 1


@pytest.mark.parametrize(
    "text",
    [
        "The nurse found my notes at once and was lovely.",
        "She offered me a chaperone and explained everything kindly.",
        "The ramp is wonderful and the lift works.",
        "They rang about my results the same day, brilliant.",
    ],
)
def test_praise_of_the_same_matter_is_no_failing(text: str) -> None:
    assert reading(text).severity == 0
