from tests.feedback.cast import BEST, GRACE, ROBIN
from training.feedback.matches import Match, fits, gender_of, referred, settled
from training.feedback.page import DESCRIBED, Mention


def test_what_is_sure_stands_and_what_is_not_is_a_question() -> None:
    mention = Mention(DESCRIBED, 0, 0)
    sure = settled(mention, Match("s07", 0.97, ("named", "on_visit")))
    assert (sure.staff, sure.candidates) == ((Match("s07", 0.97, ("named", "on_visit")),), ())
    open_ = settled(mention, Match("s05", 0.5, ("named",)))
    assert (open_.staff, open_.candidates) == ((), (Match("s05", 0.5, ("named",)),))


def test_referring_back_costs_a_little_once() -> None:
    (once,) = referred([Match("a", 0.97, ("named",))])
    assert once == Match("a", 0.96, ("named", "refers_back"))
    assert referred([once]) == (once,)


def test_a_match_that_stands_still_stands_when_referred_to() -> None:
    (again,) = referred([Match("a", 0.9, ("description",))])
    assert again.confidence == 0.9


def test_pronouns_fit_do_not_fit_or_are_not_known() -> None:
    assert fits(GRACE, "she") is True
    assert fits(BEST, "she") is False
    assert fits(ROBIN, "she") is None
    assert gender_of(ROBIN) == "they"
