import pytest

from tests.feedback.cast import MARIA, reading
from training.feedback.language import detect
from training.feedback.language_files import tables


def language(text: str) -> str:
    return detect(text.lower().split(), tables().languages)


def test_spanish_is_told_from_english() -> None:
    assert language("la enfermera fue muy amable") == "es"
    assert language("lovely staff") == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pani doktor była bardzo miła ale czekałem dwie godziny", "pl"),
        ("la médecin était très gentille avec moi", "fr"),
        ("die Ärztin war sehr freundlich und hat mir alles erklärt", "de"),
        ("الطبيب كان لطيفا جدا معي", "ar"),
        ("врач был очень добрый", "ru"),
        ("лікар був дуже добрий і терплячий", "uk"),
        ("医生很好", "zh"),
        ("डॉक्टर बहुत अच्छे थे", "hi"),
    ],
)
def test_other_languages_and_scripts(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    "text",
    ["Rude", "gr8 doc v gud", "No", "💙", "Sister Santos", "as per my last survey"],
)
def test_little_or_odd_english_stays_english(text: str) -> None:
    assert language(text) == "en"


def test_what_is_not_english_is_kept_whole_and_criticises_nobody() -> None:
    read_ = reading("La recepcionista fue muy grosera con mi madre y no quiso ayudar.")
    assert read_.language == "es"
    assert "not_english" in read_.flags
    assert [(one.sentiment, one.staff) for one in read_.remarks] == [("neutral", ())]


def test_a_name_is_a_name_in_every_language_but_nobody_is_judged() -> None:
    read_ = reading("La enfermera Maria fue muy grosera con mi madre y conmigo.", MARIA)
    (remark,) = read_.remarks
    assert remark.sentiment == "neutral"
    assert [match.staff_id for match in remark.staff] == [MARIA.staff_id]
