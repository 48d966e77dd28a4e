"""What a team needs together: said only where it would be said without any one of its people.

Six people with seven comments each about one skill, three of them negative; usual elsewhere is 1 in 5:

    all six          18 of 42 negative     need .98
    without one      15 of 35 negative     need .96, whoever is left out     ──►  the team's need

    five people without a negative one, and one with seven of seven          ──►  nothing to tell

So a team's need is never one person's in disguise, and below five people nothing is said.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from training.feedback.suggestion import (
    Candidate,
    Evidence,
    Reasons,
    Strength,
    Usual,
    assess,
)

FEWEST_PEOPLE, FEWEST_COMMENTS = 5, 10


def team_need(
    skill: str, rows: Mapping[int, Sequence[Evidence]], usual: Usual, *, today: date
) -> Reasons | None:
    """Return the reasons for a team's need of a skill; None where there is none to tell.

    rows: what was said, by person. usual: among everybody else.
    """
    spoken_of = {who: some for who, some in rows.items() if some}
    if len(spoken_of) < FEWEST_PEOPLE:
        return None
    whole = _assess(skill, spoken_of, usual, today)
    if whole.comments < FEWEST_COMMENTS or whole.strength is Strength.NONE:
        return None
    for left_out in spoken_of:
        others = {who: some for who, some in spoken_of.items() if who != left_out}
        if _assess(skill, others, usual, today).strength is Strength.NONE:
            return None
    return whole


def _assess(
    skill: str, rows: Mapping[int, Sequence[Evidence]], usual: Usual, today: date
) -> Reasons:
    every = [row for some in rows.values() for row in some]
    return assess(Candidate(skill, every, usual), today=today)
