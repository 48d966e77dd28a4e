"""Telling those who safeguard: who is told, once, and without the patient's words."""

from datetime import timedelta

from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, World
from training.services import alerts, people
from training.services.alerts import Notice
from training.store.tables import Alert, Comment

WORDS = "My neighbour is locked in at night."


def held(world: World, hold: str = "safety", **more: object) -> Comment:
    return world.read_comment(WORDS, hold=hold, **more)[0]  # type: ignore[arg-type]


def owe(session: Session, comment: Comment) -> None:
    alerts.owe(session, comment=comment, moment=NOW)
    session.commit()


def told(session: Session) -> list[str]:
    return [notice.address for notice in alerts.due(session)]


def test_a_held_comment_is_owed_to_all_who_safeguard_and_sent_once(
    session: Session, world: World
) -> None:
    one = world.account("manager", safeguard=True)
    two = world.account("staff", safeguard=True)
    world.account("admin")
    owe(session, held(world))
    assert told(session) == [one.email, two.email]
    for notice in alerts.due(session):
        alerts.sent(session, alert_id=notice.id, moment=NOW)
    assert told(session) == []


def test_where_nobody_safeguards_every_admin_is_told_and_told_why(
    session: Session, world: World, other_world: World
) -> None:
    admins = [world.account("admin"), world.account("admin")]
    world.account("manager", review=True)
    other_world.account("admin", safeguard=True)
    owe(session, held(world))
    assert told(session) == [who.email for who in admins]
    assert "Nobody at the practice may read such comments" in alerts.due(session)[0].text(
        "https://x"
    )


def test_those_who_reach_the_site_are_told_of_it(session: Session, world: World) -> None:
    annexe = world.site("Annexe")
    near = world.account("manager", safeguard=True, sites=[annexe])
    world.account("manager", safeguard=True, sites=[world.site_one])
    everywhere = world.account("manager", safeguard=True)
    owe(session, held(world, site=annexe))
    assert told(session) == [near.email, everywhere.email]


def test_where_nobody_reaches_the_site_all_who_safeguard_are_told(
    session: Session, world: World
) -> None:
    far = world.account("manager", safeguard=True, sites=[world.site_one])
    world.account("admin")
    owe(session, held(world, site=world.site("Annexe")))
    assert told(session) == [far.email]


def test_a_comment_from_no_known_site_reaches_all_who_safeguard(
    session: Session, world: World
) -> None:
    who = world.account("manager", safeguard=True, sites=[world.site_one])
    comment = held(world)
    comment.site_id = None
    owe(session, comment)
    assert told(session) == [who.email]


def test_nobody_who_was_disabled_is_told(session: Session, world: World) -> None:
    gone = world.account("manager", safeguard=True)
    stays = world.account("manager", safeguard=True)
    owe(session, held(world))
    gone.disabled_at = NOW
    session.commit()
    assert told(session) == [stays.email]
    owe(session, held(world))
    assert session.query(Alert).filter_by(account_id=gone.id).count() == 1


def test_owing_twice_is_owing_once(session: Session, world: World) -> None:
    world.account("manager", safeguard=True)
    comment = held(world)
    owe(session, comment)
    owe(session, comment)
    assert session.query(Alert).count() == 1


def test_several_comments_make_one_message_that_counts_them(session: Session, world: World) -> None:
    world.account("manager", safeguard=True)
    for hold in ("safety", "safety", "unread"):
        owe(session, held(world, hold))
    owe(session, held(world, asked_for="complaint"))
    [notice] = alerts.due(session)
    assert (notice.safety, notice.complaints, notice.unread) == (2, 1, 1)
    assert notice.subject == "Bedside: 4 comments to read today"
    alerts.sent(session, alert_id=notice.id, moment=NOW + timedelta(minutes=1))
    assert {row.sent_at for row in session.query(Alert)} == {NOW + timedelta(minutes=1)}


def test_what_is_owed_after_a_message_was_made_stays_owed(session: Session, world: World) -> None:
    world.account("manager", safeguard=True)
    owe(session, held(world))
    [notice] = alerts.due(session)
    owe(session, held(world))
    alerts.sent(session, alert_id=notice.id, moment=NOW)
    assert [later.safety for later in alerts.due(session)] == [1]


def test_one_persons_message_does_not_settle_anothers(session: Session, world: World) -> None:
    world.account("manager", safeguard=True)
    second = world.account("manager", safeguard=True)
    owe(session, held(world))
    alerts.sent(session, alert_id=alerts.due(session)[0].id, moment=NOW)
    assert told(session) == [second.email]


def test_the_message_holds_no_word_of_the_patients(session: Session, world: World) -> None:
    world.account("manager", safeguard=True)
    owe(session, held(world))
    [notice] = alerts.due(session)
    message = notice.subject + notice.text("https://bedside.example")
    assert not {"neighbour", "locked", "night"} & set(message.lower().split())
    assert "At Elder Row Surgery:" in message
    assert "https://bedside.example" in message


def test_the_message_says_why_each_comment_waits() -> None:
    notice = Notice(
        id=1,
        address="a@b.example",
        practice="Elder Row",
        safety=1,
        complaints=1,
        unread=2,
        only_admin=False,
    )
    text = notice.text("https://bedside.example")
    assert "- 1 comment may be about somebody's safety." in text
    assert "- 1 comment came as a formal complaint." in text
    assert "- 2 comments could not be read by Bedside." in text
    assert "Nobody at the practice" not in text


def test_who_safeguards_from_now_on_is_told_of_what_waits_already(
    session: Session, world: World
) -> None:
    admin, nurse = world.account("admin"), world.account("staff")
    comment = held(world)
    owe(session, comment)
    closed = held(world)
    closed.hold_closed_at, closed.hold_outcome = NOW, "dealt_with"
    people.change_rights(
        session, viewer=viewer_of(session, admin), account_public_id=nurse.public_id,
        rights=people.Rights("staff", may_safeguard=True), moment=NOW,
    )  # fmt: skip
    assert told(session) == [admin.email, nurse.email]
    assert alerts.due(session)[1].safety == 1
