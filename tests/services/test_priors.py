"""What is usual is learnt once a night, kept with its counts, and used from where it is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.test_suggestions import SKILL, counted, made, months_of, refresh, remark
from tests.support.world import NOW, TODAY, World
from training.feedback.priors import Priors, Tally
from training.feedback.suggestion import DEFAULT_RATE, PRIOR_WEIGHT, Basis, Reasons
from training.services import priors
from training.store.tables import Prior, PriorFit, Staff


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


def colleagues(world: World, people: int = 5, negatives: int = 1, praise: int = 7) -> None:
    for n in range(people):
        months_of(world, world.staff(f"P{n}"), negatives, praise)


def night(session: Session, world: World) -> None:
    priors.fit(session, practice_id=world.practice.id, today=TODAY, moment=NOW)


def kept(session: Session) -> dict[tuple[str, str], Prior]:
    session.expire_all()
    return {(row.role_group, row.skill): row for row in session.scalars(select(Prior))}


def reasons(session: Session) -> Reasons:
    (row,) = made(session)
    return Reasons.from_data(row.reasons)


def test_a_night_keeps_m_and_k_of_each_skill_and_role_with_the_moment_and_the_counts(
    session: Session, world: World, nurse: Staff
) -> None:
    months_of(world, nurse, 5, 1)
    colleagues(world)
    night(session, world)
    fit = session.scalars(select(PriorFit)).one()
    found = counted(session, world)
    assert (fit.fitted_at, fit.fitted_on, fit.formula) == (NOW, TODAY, "need/2")
    assert (fit.window_start, fit.window_end) == (found.window.start, found.window.end)
    rows = kept(session)
    assert set(rows) == {("", SKILL), ("nursing", SKILL)}
    row = rows["nursing", SKILL]
    assert (row.people, row.comments, row.negatives) == (6, 46, 10)
    tallies = [Tally(0, "nursing", SKILL, 6, 5)]
    tallies += [Tally(1 + n, "nursing", SKILL, 8, 1) for n in range(5)]
    learnt = Priors(tallies).learnt
    assert row.weight == learnt.cells["nursing", SKILL].weight != PRIOR_WEIGHT
    assert (fit.role_weight, fit.leaning_weight) == (learnt.role_weight, learnt.leaning_weight)


def test_the_values_that_are_kept_are_those_that_suggestions_use(
    session: Session, world: World, nurse: Staff
) -> None:
    months_of(world, nurse, 8, 1)
    colleagues(world)
    night(session, world)
    rows = kept(session)
    for row in rows.values():
        row.weight, row.negatives, row.comments, row.people = 33.0, 18, 109, 11
    session.commit()
    assert refresh(session, world) == 1
    usual = reasons(session).usual
    assert usual.weight == 33.0
    assert usual.mean == pytest.approx(10.5 / 101, abs=0.001)  # of 18 and 109, less the 8 and 9
    assert made(session)[0].prior_fitted_at == NOW


def test_a_colleagues_rate_is_named_only_with_five_others_and_thirty_comments(
    session: Session, world: World, nurse: Staff
) -> None:
    months_of(world, nurse, 5, 1)
    colleagues(world, people=4)
    night(session, world)
    refresh(session, world)
    usual = reasons(session).usual
    assert (usual.basis, usual.mean, usual.weight) == (Basis.DEFAULT, DEFAULT_RATE, PRIOR_WEIGHT)
    assert made(session)[0].prior_fitted_at is None
    session.delete(made(session)[0])
    months_of(world, world.staff("Fifth"), 1, 7)
    night(session, world)
    refresh(session, world)
    row = reasons(session)
    assert (row.usual.basis, row.formula) == (Basis.ROLE, "need/2")
    assert row.usual.mean == pytest.approx(5.5 / 41, abs=0.001)


def test_before_the_first_night_the_published_defaults_are_used(
    session: Session, world: World, nurse: Staff
) -> None:
    months_of(world, nurse, 5, 1)
    colleagues(world)
    refresh(session, world)
    row = reasons(session)
    assert (row.usual.mean, row.usual.weight, row.formula) == (
        DEFAULT_RATE,
        PRIOR_WEIGHT,
        "need/1",
    )


def test_what_is_usual_stays_as_the_night_left_it_until_the_next(
    session: Session, world: World, nurse: Staff
) -> None:
    colleagues(world)
    due = {"practice_id": world.practice.id, "today": TODAY}
    assert priors.fit_if_due(session, moment=NOW, **due)
    before = kept(session)["", SKILL].comments
    remark(world, nurse, True)
    assert not priors.fit_if_due(session, moment=NOW + timedelta(hours=3), **due)
    assert kept(session)["", SKILL].comments == before
    due["today"] = TODAY + timedelta(days=1)
    assert priors.fit_if_due(session, moment=NOW + timedelta(days=1), **due)
    assert kept(session)["", SKILL].comments == before + 1
    assert len(session.scalars(select(PriorFit)).all()) == 1


def test_a_practice_learns_from_no_other(
    session: Session, world: World, other_world: World, nurse: Staff
) -> None:
    colleagues(other_world)
    night(session, other_world)
    night(session, world)
    months_of(world, nurse, 5, 1)
    refresh(session, world)
    assert reasons(session).usual.basis is Basis.DEFAULT
    assert {row.practice_id for row in kept(session).values()} == {other_world.practice.id}


def test_what_a_suggestion_was_made_with_is_not_rewritten_by_another_night(
    session: Session, world: World, nurse: Staff
) -> None:
    months_of(world, nurse, 8, 1)
    colleagues(world)
    night(session, world)
    refresh(session, world)
    first = reasons(session)
    colleagues(world, people=3, negatives=4, praise=0)
    night(session, world)
    refresh(session, world)
    assert reasons(session) == first
