from tests.feedback.cast import GRACE, ROSTER
from training.feedback.language_files import tables
from training.feedback.name_mentions import names, without_family
from training.feedback.page import NAME, RELATIVE, Mention, page
from training.feedback.words import words


def test_family_a_name_with_a_place_and_a_verb() -> None:
    text = "My daughter Grace said Grace on reception was lovely. Hope she stays."
    found = words(text)
    here = page(text, found, tables().book.find(found))
    daughter = Mention(RELATIVE, 1, 1)
    named = names(here, ROSTER.index, tables())
    kinds = [(one.kind, one.first, one.place) for one in without_family(here, [daughter, *named])]
    assert kinds == [
        (RELATIVE, 1, ""),
        (RELATIVE, 2, ""),
        (NAME, 4, "receptionist"),
    ]
    assert named[1].found is not None
    assert [one.person for one in named[1].found.named] == [GRACE]
