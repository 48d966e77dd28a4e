"""The conversation behind "Practise this": for each remark of a person, chosen by what they rehearsed.

It stands apart from `fitting`, which suggestions use too: a person's plays are read for that person
alone, and suggestions know only what plays have shown of a skill.
"""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from training.scenarios.catalogue import Catalogue
from training.services.fitting import Fit, nearest
from training.services.people import NotFound
from training.services.remarks import Shown
from training.services.signing_in import Viewer
from training.store import plays


def for_remarks(
    session: Session, *, viewer: Viewer, shown: Iterable[Shown], catalogue: Catalogue
) -> dict[str, Fit]:
    """Return by remark the conversation that trains its skill; raise `NotFound` for who is on no roster."""
    if viewer.staff_id is None:
        raise NotFound
    role = plays.person(session, viewer.practice_id, viewer.staff_id).role
    last = plays.last_finished(session, viewer.practice_id, viewer.staff_id)
    rehearsed = {catalogue.current(slug): moment for slug, moment in last.items()}
    found = {
        one.public_id: nearest(catalogue, skills=one.skills, role=role, rehearsed=rehearsed)
        for one in shown
    }
    return {public_id: fit for public_id, fit in found.items() if fit}
