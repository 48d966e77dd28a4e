"""What a patient's code opens, and until when."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.codes import invitation_code, poster_code
from tests.support.world import NOW, TODAY, World
from training.services import doors
from training.services.doors import CodeGone
from training.store.tables import Invitation

KEY = b"the key of these tests"


def test_an_invitation_opens_the_visit_with_who_was_on_it(session: Session, world: World) -> None:
    ada = world.staff("Adaeze", "Moss", preferred_name="Ada", role="nurse")
    world.staff("Ben", "Oak")
    visit = world.visit(ada, stage="treatment", channel="phone")
    door = doors.redeem(
        session, code=invitation_code(session, visit, KEY).lower(), key=KEY, moment=NOW
    )
    assert [(p.first_name, p.role) for p in door.people] == [("Ada", "nurse")]
    assert (door.site, door.stage, door.channel, door.used) == (
        "Elder Row",
        "treatment",
        "phone",
        False,
    )


def test_a_code_lasts_fourteen_days(session: Session, world: World) -> None:
    code = invitation_code(session, world.visit(), KEY)
    last = NOW + timedelta(days=14)
    assert doors.redeem(session, code=code, key=KEY, moment=last - timedelta(seconds=1)).visit_id
    with pytest.raises(CodeGone):
        doors.redeem(session, code=code, key=KEY, moment=last)


def test_a_used_code_still_opens_after_its_fourteen_days(session: Session, world: World) -> None:
    code = invitation_code(session, world.visit(), KEY)
    session.query(Invitation).one().used_on = TODAY
    session.commit()
    assert doors.redeem(session, code=code, key=KEY, moment=NOW + timedelta(days=40)).used


def test_a_poster_serves_people_without_a_visit(session: Session, world: World) -> None:
    site = world.site_one
    code = poster_code(session, world.site_one, KEY)
    door = doors.redeem(session, code=code, key=KEY, moment=NOW + timedelta(days=400))
    assert (door.site_id, door.visit_id, door.people, door.used) == (site.id, None, (), False)


def test_the_poster_of_a_closed_site_says_so(session: Session, world: World) -> None:
    code = poster_code(session, world.site_one, KEY)
    world.site_one.closed_on = TODAY
    session.commit()
    assert doors.redeem(session, code=code, key=KEY, moment=NOW).closed
