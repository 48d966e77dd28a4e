"""A play, from its start to its ending; nobody but the person who plays can reach it.

    start ──► look ──► choose ──► choose ──► … ──► an ending: finished, once
                │        ▲ └─ step_back ─┐
                └─ hint ─┴───────────────┘

Only moves are stored, each under its number, so that a double click is one move and a tab left
behind cannot answer for the one that went on. A move that was taken back is kept as such: the first
answer is the one that mastery counts.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from training import periods
from training.feedback.comment import tidy
from training.scenarios.catalogue import Catalogue, Scenario
from training.scenarios.play import Position
from training.services import mastery, pinned, remarks
from training.services.people import NotFound
from training.services.pinned import Run
from training.services.playable import startable
from training.services.signing_in import Viewer
from training.store import people, plays
from training.store import suggestions as offers
from training.store.tables import Move, Play, Suggestion

LONGEST_NOTE = 2_000
_SEEDS = 2**31


class WentOn(Exception):
    """The conversation has gone on elsewhere, in another tab or browser: look at it again."""


class TooLong(ValueError):
    """A note is longer than `LONGEST_NOTE` characters; `field` is reflection or intention."""

    def __init__(self, field: str) -> None:
        super().__init__(f"at most {LONGEST_NOTE} characters")
        self.field = field


@dataclass(frozen=True, slots=True)
class Look:
    """A play as the player shows it; `hint_open` says whether this moment's hint was looked at."""

    public_id: str
    scenario: Scenario
    position: Position
    hint_open: bool

    @property
    def about(self) -> int:
        """About how many moments there are, this one included."""
        met = len(self.position.steps) + (0 if self.ended else 1)
        return max(self.scenario.walk.typical, met)

    @property
    def is_check(self) -> bool:
        """Whether it is a transfer check: no hint, and nothing is taken back."""
        return self.scenario.script.kind == "transfer"

    @property
    def ended(self) -> bool:
        """Whether the conversation has come to an ending."""
        return self.position.ending is not None


def start(
    session: Session,
    *,
    viewer: Viewer,
    slug: str,
    catalogue: Catalogue,
    moment: datetime,
    remark: str = "",
    suggestion: str = "",
) -> str:
    """Begin a conversation, or take up the unfinished play of it; return the play's public id.

    `remark` and `suggestion` are public ids of what led here. Raises `NotFound`, also for a
    transfer check whose day has not come or that was finished.
    """
    staff_id = _on_roster(viewer)
    today = periods.local_day(moment, people.practice(session, viewer.practice_id).time_zone)
    scenario = startable(session, viewer=viewer, slug=slug, catalogue=catalogue, today=today)
    plays.lock(session, viewer.practice_id, staff_id)
    row = plays.unfinished(session, viewer.practice_id, staff_id, scenario.slugs)
    if row is None:
        row = _begin(session, viewer.practice_id, staff_id, scenario, moment)
    if remark and row.remark_id is None:
        row.remark_id = _remark(session, viewer, remark)
    if row.suggestion_id is None:
        row.suggestion_id = _suggestion(session, viewer, scenario, suggestion, moment)
    session.commit()
    return row.public_id


def _begin(
    session: Session, practice_id: int, staff_id: int, scenario: Scenario, moment: datetime
) -> Play:
    plays.keep_copy(session, digest=scenario.digest, slug=scenario.slug, body=scenario.text)
    row = Play(
        practice_id=practice_id,
        staff_id=staff_id,
        slug=scenario.slug,
        digest=scenario.digest,
        seed=secrets.randbelow(_SEEDS),
        hints=[],
        started_at=moment,
    )
    session.add(row)
    session.flush()
    return row


def _remark(session: Session, viewer: Viewer, public_id: str) -> int | None:
    shown = remarks.remark_of(session, viewer=viewer, public_id=public_id)
    return plays.remark_id(session, viewer.practice_id, shown.public_id)


def _suggestion(
    session: Session, viewer: Viewer, scenario: Scenario, public_id: str, moment: datetime
) -> int | None:
    """Return the suggestion that led here: the one named, else one accepted for this scenario."""
    staff_id = _on_roster(viewer)
    slugs = scenario.slugs
    if not public_id:
        accepted = (
            row.id
            for row in offers.open_for(session, viewer.practice_id, staff_id)
            if row.state == "accepted" and row.scenario in slugs
        )
        return next(accepted, None)
    row = offers.own(session, viewer.practice_id, staff_id, public_id)
    if row is None or row.scenario not in slugs:
        raise NotFound
    if row.state in offers.OPEN and row.state != "accepted":
        row.state, row.answered_at = "accepted", moment
    return row.id


def look(session: Session, *, viewer: Viewer, public_id: str) -> Look:
    """Return where a play stands; raise `NotFound` unless it is the viewer's own."""
    run = _run(session, viewer, public_id)
    place = run.position.place
    return Look(public_id, run.scenario, run.position, place in run.row.hints)


def choose(
    session: Session,
    *,
    viewer: Viewer,
    public_id: str,
    number: int,
    scene: str,
    choice: str,
    moment: datetime,
) -> None:
    """Make a move; the same move again changes nothing, and one that ends the play finishes it.

    `number` counts moments from 1, `scene` is where the page stood. Raises `NotFound` for a choice
    that is not offered there, `WentOn` where the play is no longer at that moment.
    """
    run = _locked(session, viewer, public_id)
    if number <= len(run.kept):
        made = run.kept[number - 1] if number > 0 else None
        if made is None or (made.scene, made.choice) != (scene, choice):
            raise WentOn
        return
    if (number, scene) != (run.position.number, run.position.place):
        raise WentOn
    if choice not in {reply.id for reply in run.position.replies}:
        raise NotFound
    session.add(
        Move(
            practice_id=run.row.practice_id,
            play_id=run.row.id,
            number=number,
            scene=scene,
            choice=choice,
            hinted=scene in run.row.hints,
            at=moment,
        )
    )
    session.flush()
    _finish_if_ended(session, viewer, public_id, moment)
    session.commit()


def _finish_if_ended(session: Session, viewer: Viewer, public_id: str, moment: datetime) -> None:
    run = _run(session, viewer, public_id)
    if run.position.ending is None:
        return
    run.row.finished_at, run.row.ending = moment, run.position.place
    _close(_suggested(session, run.row))
    mastery.recompute(
        session, practice_id=run.row.practice_id, staff_id=run.row.staff_id, moment=moment
    )


def _suggested(session: Session, row: Play) -> Suggestion | None:
    if row.suggestion_id is None:
        return None
    return plays.suggestion(session, row.practice_id, row.staff_id, row.suggestion_id)


def _close(row: Suggestion | None) -> None:
    if row is not None and row.state in offers.OPEN:
        row.state = "finished"


def hint(session: Session, *, viewer: Viewer, public_id: str, number: int) -> None:
    """Open the hint of the moment that a play is at; its decision then counts half.

    Raises `NotFound`, also in a transfer check, or `WentOn` where the play is at another moment.
    """
    run = _locked(session, viewer, public_id)
    _not_a_check(run)
    if run.position.ending is not None or number != run.position.number:
        raise WentOn
    if run.position.place not in run.row.hints:
        run.row.hints = [*run.row.hints, run.position.place]
    session.commit()


def step_back(
    session: Session, *, viewer: Viewer, public_id: str, number: int, moment: datetime
) -> None:
    """Take back the last move, from the moment of that number; the same again changes nothing.

    Raises `NotFound`, also in a transfer check, or `WentOn` where the play has gone on or ended.
    """
    run = _locked(session, viewer, public_id)
    _not_a_check(run)
    if run.position.ending is not None or number > run.position.number + 1:
        raise WentOn
    if number == run.position.number and run.kept:
        last = [one for one in run.moves if one.taken_back_at is None][-1]
        last.taken_back_at = moment
    elif number < run.position.number:
        raise WentOn
    session.commit()


def note(
    session: Session, *, viewer: Viewer, public_id: str, reflection: str, intention: str
) -> None:
    """Keep what a person wrote for themselves on a finished play.

    Raises `NotFound`, also while the play is unfinished, or `TooLong`.
    """
    run = _locked(session, viewer, public_id)
    if run.row.finished_at is None:
        raise NotFound
    texts = {"reflection": tidy(reflection), "intention": tidy(intention)}
    for field, text in texts.items():
        if len(text) > LONGEST_NOTE:
            raise TooLong(field)
    run.row.reflection, run.row.intention = texts["reflection"], texts["intention"]
    session.commit()


def _on_roster(viewer: Viewer) -> int:
    if viewer.staff_id is None:
        raise NotFound
    return viewer.staff_id


def _not_a_check(run: Run) -> None:
    if run.scenario.script.kind == "transfer":
        raise NotFound


def _locked(session: Session, viewer: Viewer, public_id: str) -> Run:
    plays.lock(session, viewer.practice_id, _on_roster(viewer))
    return _run(session, viewer, public_id)


def _run(session: Session, viewer: Viewer, public_id: str) -> Run:
    row = plays.own(session, viewer.practice_id, _on_roster(viewer), public_id)
    if row is None:
        raise NotFound
    return pinned.runs(session, rows=[row])[0]
