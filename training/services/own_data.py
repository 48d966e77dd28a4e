"""Own data: everything Bedside holds about a person, for that person, without any patient's identity.

    {"you": …, "sign_ins": […], "acts": […], "plans_owned": […], "self_assessments": […],
     "remarks": […], "disputes": […], "reflections": […], "suggestions": […], "assignments": […],
     "plays": [{"moves": […]}], "refreshers": […], "mastery": […]}

A remark has its month, never a day: neither that of the comment nor when it was first shown.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from training.services import disputes, own_assignments, remarks
from training.services.people import NotFound
from training.services.remarks import Shown
from training.services.signing_in import Viewer
from training.store import notes, own, people, plans, plays, priors, refreshers, self_assessments
from training.store.tables import Move, Play, Refresher, Suggestion


def collect(session: Session, *, viewer: Viewer, today: date, moment: datetime) -> dict[str, Any]:
    """Return everything about the viewer as plain data; raise `NotFound` off the roster."""
    if viewer.staff_id is None:
        raise NotFound
    practice_id, staff_id = viewer.practice_id, viewer.staff_id
    said = remarks.said(session, viewer=viewer)
    return {
        "made_at": _text(moment),
        "you": _you(session, viewer, staff_id),
        "sign_ins": [
            {"started_at": _text(row.started_at), "last_seen": _text(row.last_seen)}
            for row in own.sign_ins(session, viewer.account_id)
        ],
        "acts": [
            {"at": _text(at), "verb": verb} for at, verb in own.acts(session, viewer.account_id)
        ],
        "plans_owned": plans.owned(session, viewer.account_id),
        "self_assessments": [
            str(half) for half in self_assessments.halves_of(session, viewer.account_id)
        ],
        "remarks": [_remark(one) for one in (*said.praise, *said.criticism)],
        "disputes": _disputes(session, viewer, today),
        "reflections": [
            {"remark": public_id, "words": row.words, "written_at": _text(row.written_at)}
            for row, public_id in notes.reflections(session, practice_id, staff_id)
        ],
        "suggestions": [
            _suggestion(row) for row in own.suggestions(session, practice_id, staff_id)
        ],
        "keep_doing": _keep_doing(session, practice_id, staff_id),
        "assignments": own_assignments.record(session, viewer=viewer),
        "plays": _plays(session, practice_id, staff_id),
        "refreshers": [
            _refresher(row) for row in refreshers.of_person(session, practice_id, staff_id)
        ],
        "mastery": [
            {"skill": skill, "level": row.level, "mean": row.mean, "decisions": row.decisions}
            for skill, row in plays.mastery(session, practice_id, staff_id).items()
        ],
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _you(session: Session, viewer: Viewer, staff_id: int) -> dict[str, Any]:
    account = own.account(session, viewer.account_id)
    return {
        "practice": people.practice(session, viewer.practice_id).name,
        "name": viewer.name,
        "email": viewer.email,
        "rights": viewer.role,
        "may_review": viewer.may_review,
        "may_safeguard": viewer.may_safeguard,
        "only_sites": own.sites(session, viewer.account_id),
        "account_since": _text(account.created_at),
        "roster": _roster(session, viewer.practice_id, staff_id),
    }


def _roster(session: Session, practice_id: int, staff_id: int) -> dict[str, Any]:
    row = plays.person(session, practice_id, staff_id)
    return {
        "roster_id": row.roster_id,
        "former_roster_ids": own.former_ids(session, practice_id, staff_id),
        "title": row.title,
        "given_name": row.given_name,
        "preferred_name": row.preferred_name,
        "family_name": row.family_name,
        "role": row.role,
        "pronouns": row.pronouns,
        "email": row.email,
        "aliases": list(row.aliases),
        "active_from": str(row.active_from or ""),
        "active_to": str(row.active_to or ""),
        "teams": [
            {
                "role_group": team.role_group,
                "site": site,
                "starts_on": str(team.starts_on),
                "ends_on": str(team.ends_on or ""),
            }
            for team, site in own.teams(session, practice_id, staff_id)
        ],
    }


def _remark(one: Shown) -> dict[str, Any]:
    return {
        "remark": one.public_id,
        "words": one.text,
        "praise": one.praise,
        "skills": list(one.skills),
        "themes": list(one.themes),
        "month": f"{one.month:%Y-%m}",
        "stage": one.stage,
    }


def _disputes(session: Session, viewer: Viewer, today: date) -> list[dict[str, Any]]:
    return [
        {
            "remark_words": one.text,
            "month": f"{one.month:%Y-%m}",
            "ground": one.ground,
            "your_words": one.words,
            "made_on": str(one.made_on),
            "due_on": str(one.due_on),
            "outcome": one.outcome,
        }
        for one in disputes.mine(session, viewer=viewer, today=today)
    ]


def _suggestion(row: Suggestion) -> dict[str, Any]:
    return {
        "skill": row.skill,
        "scenario": row.scenario,
        "state": row.state,
        "need": row.need,
        "score": row.score,
        "formula": row.formula,
        "reasons": {key: value for key, value in row.reasons.items() if key != "comment_ids"},
        "usual_learnt_at": _text(row.prior_fitted_at),
        "offered_at": _text(row.offered_at),
        "answered_at": _text(row.answered_at),
    }


def _keep_doing(session: Session, practice_id: int, staff_id: int) -> dict[str, Any] | None:
    row = priors.keep_doing_of(session, practice_id, staff_id)
    if row is None:
        return None
    return {
        "skill": row.skill,
        "formula": row.formula,
        "reasons": {key: value for key, value in row.reasons.items() if key != "comment_ids"},
        "selected_at": _text(row.selected_at),
    }


def _plays(session: Session, practice_id: int, staff_id: int) -> list[dict[str, Any]]:
    rows = plays.of_person(session, practice_id, staff_id)
    moves = plays.moves(session, [row.id for row in rows])
    return [_play(row, moves[row.id]) for row in rows]


def _refresher(row: Refresher) -> dict[str, Any]:
    return {
        "skill": row.skill,
        "scenario": row.slug,
        "scene": row.scene,
        "choice": row.choice,
        "begun_at": _text(row.begun_at),
        "answered_at": _text(row.answered_at),
    }


def _play(row: Play, moves: Iterable[Move]) -> dict[str, Any]:
    return {
        "scenario": row.slug,
        "started_at": _text(row.started_at),
        "finished_at": _text(row.finished_at),
        "ending": row.ending,
        "hints": list(row.hints),
        "reflection": row.reflection,
        "plan": row.intention,
        "moves": [
            {
                "scene": move.scene,
                "choice": move.choice,
                "hinted": move.hinted,
                "at": _text(move.at),
                "taken_back_at": _text(move.taken_back_at),
            }
            for move in moves
        ],
    }
