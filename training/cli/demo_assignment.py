"""The demo's assignment, made by the service that the manager's form uses."""

from datetime import datetime, timedelta

from training import periods
from training.demo.story import FOLDER, load
from training.extensions import db
from training.scenarios.catalogue import Catalogue
from training.services import assignments, signing_in
from training.services.assignments import Draft


def make(catalogue: Catalogue, *, zone: str, moment: datetime) -> None:
    """Ask one person to rehearse a conversation; whoever asks must be able to sign in."""
    story = load(FOLDER / "assignment.yaml")
    viewer = signing_in.acting(db.session(), email=story["by"])
    if viewer is None:
        raise LookupError(f"{story['by']} cannot sign in")
    today = periods.local_day(moment, zone)
    found = assignments.choices(db.session(), viewer=viewer, catalogue=catalogue, today=today)
    draft = Draft(
        person=next(public_id for public_id, name in found.people if name == story["person"]),
        scenario=story["scenario"],
        note=story["note"],
        due_on=today + timedelta(days=story["in_days"]),
    )
    assignments.assign(
        db.session(), viewer=viewer, draft=draft, catalogue=catalogue, today=today, moment=moment
    )
