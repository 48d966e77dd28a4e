import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.feedback.suggestion import (
    Basis,
    Candidate,
    Evidence,
    Others,
    Reasons,
    Strength,
    Usual,
    assess,
    cooldown,
    suggest,
    usual_rate,
    weight,
)

TODAY = date(2026, 6, 30)
PEERS = Usual(0.2, 15, Basis.ROLE)


def comments(negative: int, positive: int, *, first_id: int = 0) -> list[Evidence]:
    """Comments of today and yesterday in turn, each of a visit of its own."""
    return [
        Evidence(first_id + i, TODAY - timedelta(days=i % 2), f"v{first_id + i}", i < negative)
        for i in range(negative + positive)
    ]


def candidate(skill: str, negative: int, positive: int, **more: object) -> Candidate:
    return replace(Candidate(skill, comments(negative, positive), PEERS), **more)  # type: ignore[arg-type]


def strength_of(rows: Sequence[Evidence]) -> Strength:
    return assess(Candidate("explaining", rows, PEERS), today=TODAY).strength


def test_the_worked_example() -> None:
    reasons = assess(candidate("explaining", 6, 9), today=TODAY)

    assert (reasons.comments, reasons.negatives) == (15, 6)
    assert round(reasons.need, 2) == 0.71
    assert round(reasons.excess, 2) == 0.10
    assert reasons.score == pytest.approx(100 * reasons.excess)
    assert reasons.strength is Strength.SUGGESTED


def test_a_comment_counts_half_after_270_days() -> None:
    fresh = Evidence(1, TODAY, "v1", negative=True)
    old = replace(fresh, day=TODAY - timedelta(days=270))

    assert weight(fresh, TODAY) == 1
    assert weight(old, TODAY) == pytest.approx(0.5)


def test_a_comment_dated_tomorrow_counts_no_more_than_one_of_today() -> None:
    assert weight(Evidence(1, TODAY + timedelta(days=9), "v1", negative=True), TODAY) == 1


def test_doubt_and_an_earlier_play_lessen_a_comment() -> None:
    doubtful = Evidence(1, TODAY, "v1", True, q_attr=0.9, q_tag=0.5, before_last_play=True)

    assert weight(doubtful, TODAY) == pytest.approx(0.9 * 0.5 * 0.25)


def test_one_comment_never_triggers_anything() -> None:
    assert strength_of(comments(1, 0)) is Strength.NONE
    assert strength_of([replace(row, comment_id=1) for row in comments(20, 0)]) is Strength.NONE


def test_two_negative_of_two_comments_are_too_few() -> None:
    assert strength_of(comments(2, 0)) is Strength.NONE
    assert strength_of(comments(3, 0)) is Strength.SUGGESTED


def test_negative_comments_of_one_visit_or_one_day_are_not_two() -> None:
    assert strength_of([replace(row, visit_key="v") for row in comments(5, 0)]) is Strength.NONE
    assert strength_of([replace(row, day=TODAY) for row in comments(5, 0)]) is Strength.NONE


def test_a_priority_needs_five_comments_and_more_certainty() -> None:
    assert strength_of(comments(4, 0)) is Strength.SUGGESTED
    assert strength_of(comments(5, 0)) is Strength.PRIORITY
    assert strength_of(comments(6, 9)) is Strength.SUGGESTED


def test_as_many_negative_comments_as_colleagues_have_suggest_nothing() -> None:
    assert strength_of(comments(4, 16)) is Strength.NONE


def test_old_comments_suggest_less_than_new_ones() -> None:
    old = [replace(row, day=row.day - timedelta(days=1000)) for row in comments(5, 0)]

    assert strength_of(old) is Strength.NONE


def test_of_two_remarks_of_one_comment_the_negative_one_counts_once() -> None:
    rows = [Evidence(1, TODAY, "v1", negative=False), Evidence(1, TODAY, "v1", True, q_tag=0.5)]
    reasons = assess(Candidate("explaining", rows, PEERS), today=TODAY)

    assert (reasons.comments, reasons.negatives) == (1, 1)
    assert reasons.weighted_negatives == 0.5
    assert reasons.weighted_comments == 0.5


def test_no_comments_leave_the_usual_rate_and_no_suggestion() -> None:
    reasons = assess(Candidate("explaining", [], PEERS), today=TODAY)

    assert reasons.mean == pytest.approx(0.2)
    assert reasons.strength is Strength.NONE


@pytest.mark.parametrize(
    ("finished", "declined", "rest"),
    [
        (None, None, 1.0),
        (TODAY - timedelta(days=59), None, 0.0),
        (TODAY - timedelta(days=60), None, 1.0),
        (None, TODAY - timedelta(days=179), 0.0),
        (None, TODAY - timedelta(days=180), 1.0),
        (TODAY, TODAY - timedelta(days=500), 0.0),
    ],
)
def test_a_skill_rests_after_a_play_and_longer_after_a_refusal(
    finished: date | None, declined: date | None, rest: float
) -> None:
    assert cooldown(finished, declined, TODAY) == rest


@pytest.mark.parametrize(
    "more",
    [{"finished_on": TODAY}, {"declined_on": TODAY}, {"mastery": 1.0}, {"trainability": 0.0}],
)
def test_what_rests_is_mastered_or_cannot_be_trained_is_not_offered(
    more: dict[str, object],
) -> None:
    offer = suggest([candidate("explaining", 6, 4, **more)], today=TODAY, about_person=10)

    assert offer.suggestions == ()


def test_at_most_two_are_offered_the_most_useful_first() -> None:
    offer = suggest(
        [
            candidate("listening", 5, 3),
            candidate("explaining", 8, 2),
            candidate("empathy", 6, 2, mastery=0.9),
        ],
        today=TODAY,
        about_person=20,
    )

    assert [reasons.skill for reasons in offer.suggestions] == ["explaining", "listening"]


def test_below_five_comments_about_a_person_nothing_is_said() -> None:
    candidates = [candidate("explaining", 4, 0), candidate("empathy", 0, 9)]

    assert suggest(candidates, today=TODAY, about_person=4).suggestions == ()
    assert suggest(candidates, today=TODAY, about_person=4).keep_doing is None
    assert len(suggest(candidates, today=TODAY, about_person=5).suggestions) == 1


def test_a_person_without_evidence_is_offered_nothing() -> None:
    offer = suggest([], today=TODAY, about_person=12)

    assert (offer.suggestions, offer.keep_doing) == ((), None)


def test_the_strongest_skill_is_one_to_keep_doing() -> None:
    offer = suggest(
        [candidate("empathy", 0, 20), candidate("listening", 0, 9), candidate("access", 6, 4)],
        today=TODAY,
        about_person=30,
    )

    assert offer.keep_doing is not None
    assert offer.keep_doing.skill == "empathy"


def test_two_kind_comments_are_not_yet_something_to_keep_doing() -> None:
    rare = Usual(0.5, 1, Basis.ROLE)
    offer = suggest([candidate("empathy", 0, 2, usual=rare)], today=TODAY, about_person=10)

    assert offer.keep_doing is None


@given(st.permutations(["empathy", "listening", "explaining", "access"]))
def test_the_order_of_candidates_and_equal_scores_do_not_matter(skills: list[str]) -> None:
    offer = suggest([candidate(skill, 6, 4) for skill in skills], today=TODAY, about_person=40)

    assert [reasons.skill for reasons in offer.suggestions] == ["access", "empathy"]


@given(st.permutations(comments(4, 6)))
def test_the_order_of_comments_does_not_matter(rows: list[Evidence]) -> None:
    assert assess(Candidate("explaining", rows, PEERS), today=TODAY) == assess(
        candidate("explaining", 4, 6), today=TODAY
    )


@given(st.integers(0, 12), st.integers(0, 12))
def test_one_more_negative_comment_never_lowers_the_need(negative: int, positive: int) -> None:
    before = assess(candidate("explaining", negative, positive), today=TODAY)
    after = assess(candidate("explaining", negative + 1, positive), today=TODAY)

    assert after.need > before.need
    assert after.excess > before.excess
    assert after.strong < before.strong


def test_reasons_survive_being_kept_as_json() -> None:
    reasons = assess(candidate("explaining", 6, 9), today=TODAY)

    assert Reasons.from_data(json.loads(json.dumps(reasons.as_data()))) == reasons
    assert reasons.formula == "need/1"
    assert reasons.as_data()["usual"] == {
        "mean": 0.2,
        "weight": 15,
        "basis": "role",
        "expected": None,
    }


def test_what_is_expected_of_a_person_moves_the_belief_and_not_what_is_usual() -> None:
    plain = assess(candidate("explaining", 6, 9), today=TODAY)
    pooled = assess(candidate("explaining", 6, 9, usual=replace(PEERS, expected=0.3)), today=TODAY)

    assert pooled.mean == pytest.approx(0.35, abs=0.001)
    assert pooled.need > plain.need
    assert (pooled.usual.mean, pooled.formula) == (0.2, "need/2")


def test_a_person_is_compared_with_their_role_when_it_is_large_enough() -> None:
    usual = usual_rate(Others(5, 30, 6), Others(20, 300, 30))

    assert usual.basis is Basis.ROLE
    assert usual.mean == pytest.approx(6.5 / 31)


@pytest.mark.parametrize("role", [Others(4, 300, 60), Others(5, 29, 6), Others(0, 0, 0)])
def test_a_small_role_would_disclose_a_colleague_so_the_practice_is_taken(role: Others) -> None:
    assert usual_rate(role, Others(20, 300, 30)).basis is Basis.PRACTICE


def test_a_small_practice_starts_from_an_assumption() -> None:
    usual = usual_rate(Others(1, 9, 9), Others(3, 29, 9), default=0.15)

    assert usual == Usual(0.15, 15.0, Basis.DEFAULT)


@pytest.mark.parametrize("negatives", [0, 40])
def test_a_rate_of_none_or_all_is_not_taken_for_certain(negatives: int) -> None:
    usual = usual_rate(Others(6, 40, negatives), Others(6, 40, negatives))
    reasons = assess(candidate("explaining", 2, 1, usual=usual), today=TODAY)

    assert 0 < usual.mean < 1
    assert 0 <= reasons.need <= 1
    assert 0 <= reasons.excess <= 1
