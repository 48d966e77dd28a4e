import pytest

from tests.feedback.cast import BEST, CALLER, PEOPLE, SIOBHAN
from training.feedback.comment import Person
from training.feedback.language_files import tables
from training.feedback.names import NameIndex, name_words, plain

INDEX = NameIndex(PEOPLE, tables().also_called)


def ids(*name: str) -> set[str]:
    found = INDEX.exact([plain(word) for word in name], 0)
    return {one.person.staff_id for one in found.named} if found else set()


def test_full_names_titles_first_names_and_near_spellings() -> None:
    assert ids("will", "best") == {BEST.staff_id}
    assert ids("will") == {BEST.staff_id}
    near = INDEX.near("duartte", 0)
    assert near is not None
    assert [one.person.staff_id for one in near.named] == [CALLER.staff_id]
    assert near.nearness >= 0.92


@pytest.mark.parametrize(
    ("name", "staff_id"),
    [
        (("dr", "p"), "s03"),
        (("okelly",), "s09"),
        (("sioban",), None),
        (("shivawn",), "s09"),
        (("shevaun",), "s09"),
        (("tommy",), "s02"),
        (("bill",), "s05"),
        (("jones",), None),
    ],
)
def test_names_as_people_write_them(name: tuple[str, ...], staff_id: str | None) -> None:
    assert ids(*name) == ({staff_id} if staff_id else set())


def test_names_are_compared_without_accents_and_apostrophes() -> None:
    assert name_words(SIOBHAN.family_name) == ("okelly",)
    assert name_words("Mei-Ling") == ("mei", "ling")
    assert plain("Siân") == "sian"
    assert plain("Łukasz") == "lukasz"


def test_short_words_are_near_to_nobody() -> None:
    assert INDEX.near("sem", 0) is None


def test_a_roster_of_empty_names_is_harmless() -> None:
    index = NameIndex([Person("x", "", ""), Person("y", "", "", aliases=("",))], {})
    assert index.exact(["anything"], 0) is None
    assert index.near("anything", 0) is None
    assert index.sounds_like("anything") == ()
