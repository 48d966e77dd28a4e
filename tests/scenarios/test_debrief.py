"""What a play showed: credit, reasons, the trust line, the outcome apart."""

import pytest

from tests.scenarios.small import TEXT
from training.scenarios.debrief import SkillCredit, debrief, strong_play
from training.scenarios.play import Move
from training.scenarios.reader import read
from training.scenarios.script import Outcome

SCRIPT = read(TEXT, "f").script
SEEN, BUSY = Move("arrive", "seen"), Move("arrive", "busy")
HALF_HOUR, SOON = Move("ask", "half_hour"), Move("ask", "soon")


def test_the_example_of_the_module():
    shown = debrief(SCRIPT, [BUSY, HALF_HOUR], seed=1)
    first, second = shown.moments
    assert (first.number, first.you_said, first.is_best) == (1, "We are busy.", False)
    assert first.quality == pytest.approx(0.165 / 0.835)
    assert first.best_said == "Fifty minutes is long, and I'm sorry."
    assert (first.why, first.best_why) == ("It is about you.", "You noticed.")
    assert (first.patient_said, first.patient_reacted) == (
        "Has everyone forgotten me?",
        "She turns away.",
    )
    assert (first.trust_before, first.trust_after) == (40, 0)
    assert (second.quality, second.is_best) == (1, True)


def test_credit_is_summed_by_skill_over_the_decisions_met():
    shown = debrief(SCRIPT, [BUSY, HALF_HOUR], seed=1)
    assert shown.skills == (
        SkillCredit("empathy", earned=0, possible=1),
        SkillCredit("keeping_informed", earned=1.33, possible=1.67),
    )
    assert [credit.word for credit in shown.skills] == ["Try next", "Strong"]


def test_only_the_decisions_met_count():
    shown = debrief(SCRIPT, [SEEN], seed=1)
    assert shown.share == 1
    assert shown.outcome is None
    assert shown.apart == ""


def test_the_best_play_earns_everything():
    best = strong_play(SCRIPT)
    assert best.decisions == ("arrive", "ask")
    assert best.ending is SCRIPT.endings["good"]
    assert debrief(SCRIPT, [SEEN, HALF_HOUR], seed=1).share == 1


def test_a_hint_halves_what_its_decision_counts():
    bare = debrief(SCRIPT, [BUSY, HALF_HOUR], seed=1).share
    hinted = debrief(SCRIPT, [Move("arrive", "busy", hinted=True), HALF_HOUR], seed=1).share
    low = 0.165 / 0.835
    assert bare == pytest.approx((low + 1) / 2)
    assert hinted == pytest.approx((0.5 * low + 1) / 1.5)


def test_the_trust_line_runs_beside_that_of_a_strong_conversation():
    shown = debrief(SCRIPT, [BUSY, SOON], seed=1)
    assert shown.trust == (40, 0, 0)
    assert shown.strong_trust == (40, 60, 70)


def test_a_good_reply_can_meet_a_bad_outcome_and_the_debrief_says_so():
    harsh = read(TEXT.replace("trust >= 60 and told", "trust >= 90"), "f").script
    shown = debrief(harsh, [SEEN, HALF_HOUR], seed=1)
    assert shown.passed
    assert shown.outcome is Outcome.POOR
    assert shown.apart == "Your replies were strong, and it still ended badly: that happens."


def test_turning_points_are_the_moment_that_helped_most_and_the_one_that_cost_most():
    assert debrief(SCRIPT, [BUSY, HALF_HOUR], seed=1).turning_points == (1, 2)
    assert debrief(SCRIPT, [SEEN, HALF_HOUR], seed=1).turning_points == (1,)
    assert debrief(SCRIPT, [], seed=1).turning_points == ()


def test_nobody_has_rated_an_authors_key():
    assert not debrief(SCRIPT, [SEEN], seed=1).rated_by_panel


def test_what_a_panel_disagreed_about_is_shown_and_not_scored():
    key = "key: {by: panel, ratings: {arrive: {seen: [3, 3, 3, 3, 3], busy: [3, 3, 3, 3, 3]}, "
    key += "ask: {half_hour: [5, 5, 5, 5, 5], soon: [1, 1, 1, 1, 1]}}}"
    script = read(TEXT.replace("key: {by: author}", key), "f").script
    shown = debrief(script, [BUSY, SOON], seed=1)
    assert [moment.scored for moment in shown.moments] == [False, True]
    assert shown.share == pytest.approx(0.67)
    assert shown.rated_by_panel
