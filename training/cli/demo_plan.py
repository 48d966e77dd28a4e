"""The demo's improvement plan, made by the services that a manager's pages use."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from training import periods
from training.demo.story import FOLDER, load
from training.extensions import db
from training.services import board, plan_work, plans, signing_in
from training.services.plans import Draft
from training.services.signing_in import Viewer
from training.trends.plan_templates import PLAN_TEMPLATES


def make(*, zone: str, moment: datetime) -> None:
    """Start the plan, work on it a little and tell patients; its owner must be able to sign in."""
    story = load(FOLDER / "plan.yaml")
    viewer = signing_in.acting(db.session(), email=story["owner"])
    if viewer is None:
        raise LookupError(f"{story['owner']} cannot sign in")
    today = periods.local_day(moment, zone)
    public_id = plans.start(
        db.session(),
        viewer=viewer,
        draft=_draft(story, viewer, today.replace(day=1)),
        moment=moment,
    )
    _work(story, viewer, public_id, zone, moment)
    board.publish(
        db.session(), viewer=viewer, public_id=public_id, said=story["said"], did=story["did"],
        today=today, moment=moment,
    )  # fmt: skip


def _draft(story: Mapping[str, Any], viewer: Viewer, started_on: date) -> Draft:
    template = PLAN_TEMPLATES[story["template"]]
    owners = plans.choices(db.session(), viewer=viewer).owners
    return Draft(
        name=template.name,
        aim=template.aim,
        change=template.change,
        topic=template.topic,
        stage=template.stage,
        site="",
        owner=next(public_id for public_id, name in owners if name == viewer.name),
        target=story["target"],
        started_on=started_on,
        steps=template.steps,
    )


def _work(
    story: Mapping[str, Any], viewer: Viewer, public_id: str, zone: str, moment: datetime
) -> None:
    session, today = db.session(), periods.local_day(moment, zone)
    steps = plan_work.read(session, viewer=viewer, public_id=public_id, today=today).steps
    for step in steps[: story["done"]]:
        plan_work.tick(
            session, viewer=viewer, public_id=public_id, step=step.public_id, done=True,
            today=today, moment=moment,
        )  # fmt: skip
    plan_work.add_step(
        session, viewer=viewer, public_id=public_id, words="Tell each patient how late we are",
        who=story["who"], due_on=today + timedelta(days=14), moment=moment,
    )  # fmt: skip
    plan_work.add_review(
        session, viewer=viewer, public_id=public_id,
        on_day=today + timedelta(days=story["review_in_days"]), moment=moment,
    )  # fmt: skip
    for phase, words in story["notes"].items():
        plan_work.write_note(
            session, viewer=viewer, public_id=public_id, phase=phase, words=words, moment=moment
        )
