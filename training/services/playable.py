"""Which conversations a person may begin: every rehearsal, and a transfer check when its day has come."""

from datetime import date

from sqlalchemy.orm import Session

from training.scenarios.catalogue import Catalogue, Scenario, UnknownScenarioError
from training.services import transfer_checks
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import plays


def startable(
    session: Session, *, viewer: Viewer, slug: str, catalogue: Catalogue, today: date
) -> Scenario:
    """Return a conversation that the viewer may begin or go on with; raise `NotFound`."""
    scenario = _there(catalogue, slug)
    if scenario.script.kind == "rehearsal":
        return scenario
    open_ones = transfer_checks.open_to(session, viewer=viewer, catalogue=catalogue, today=today)
    if scenario.slug not in {one.scenario.slug for one in open_ones}:
        raise NotFound
    return scenario


def visible(
    session: Session, *, viewer: Viewer, slug: str, catalogue: Catalogue, today: date
) -> Scenario:
    """Return a conversation that the viewer may begin or has finished; raise `NotFound`."""
    scenario = _there(catalogue, slug)
    if viewer.staff_id is not None:
        finished = plays.first_finished(session, viewer.practice_id, viewer.staff_id)
        if scenario.slugs & finished.keys():
            return scenario
    return startable(session, viewer=viewer, slug=slug, catalogue=catalogue, today=today)


def _there(catalogue: Catalogue, slug: str) -> Scenario:
    try:
        return catalogue.get(slug)
    except UnknownScenarioError:
        raise NotFound from None
