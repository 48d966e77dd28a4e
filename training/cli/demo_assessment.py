"""The demo's self-assessment, answered by its people through the service that the form uses."""

from datetime import datetime

from training import periods
from training.demo.data import DemoData
from training.demo.story import FOLDER, load
from training.extensions import db
from training.services import self_assessment, signing_in
from training.trends.instrument import STATEMENTS


def take_part(data: DemoData, *, moment: datetime) -> None:
    """Have everybody who signs in answer, but for the one who is left out."""
    story = load(FOLDER / "self_assessment.yaml")
    today = periods.local_day(moment, data.practice.time_zone)
    people = [one.email for one in data.accounts if one.email != story["left_out"]]
    for first, email in enumerate(people):
        viewer = signing_in.acting(db.session(), email=email)
        if viewer is None:
            raise LookupError(f"{email} cannot sign in")
        chosen = {}
        for n, statement in enumerate(STATEMENTS):
            answers = story["answers"][statement.stage]
            chosen[statement.slug] = answers[(first + n) % len(answers)]
        self_assessment.answer(
            db.session(), viewer=viewer, answers=chosen, today=today, moment=moment
        )
