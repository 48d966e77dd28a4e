"""E-mails that ask for a comment: who is asked, who never is, and what is forgotten afterwards."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.mail_server import Post, mail_server
from tests.support.world import KEY, NOW, TODAY, World
from training import clock, jobs
from training.extensions import bedside
from training.services import codes, imports, invitations
from training.services.invitations import Letter
from training.store.tables import (
    Audit,
    ImportChange,
    Invitation,
    InvitationMail,
    KnownAddress,
    Visit,
)

ADDRESS = "Pat.Canary@post.example"
HEAD = "visit_id,occurred_at,channel,stage,email,consent_to_contact,sensitive"
SECRET = KEY.encode()


@pytest.fixture
def post(app: Flask) -> Iterator[Post]:
    """A mail server that the application sends through."""
    with mail_server() as found:
        object.__setattr__(bedside().config, "smtp_url", found.url)
        yield found


def send_file(
    session: Session, world: World, *rows: str, head: str = HEAD, moment: datetime = NOW
) -> imports.Report:
    return imports.run(
        session, practice_id=world.practice.id, kind="visits", name="visits.csv",
        body="\n".join([head, *rows]).encode(), moment=moment,
    )  # fmt: skip


def row(
    ref: str = "V1",
    at: str = "2026-03-16T09:00",
    *,
    email: str = ADDRESS,
    agreed: str = "yes",
    sensitive: str = "",
) -> str:
    return f"{ref},{at},in_person,assessment,{email},{agreed},{sensitive}"


def waiting(session: Session) -> list[str | None]:
    session.expire_all()
    return [m.address for m in session.query(InvitationMail).order_by(InvitationMail.id)]


def states(session: Session) -> list[str]:
    session.rollback()
    session.expire_all()
    return [m.state for m in session.query(InvitationMail).order_by(InvitationMail.id)]


def sweep(after: timedelta = timedelta()) -> None:
    with clock.stopped_at(NOW + after):
        jobs.sweep()


def test_a_patient_who_agreed_is_asked_an_hour_after_the_visit_and_then_forgotten(
    world: World, session: Session, post: Post
) -> None:
    """The example of the module. The visit was at 9:30; it is 10:00."""
    send_file(session, world, row(at="2026-03-16T09:30"))
    sweep()
    assert post.messages == []
    assert waiting(session) == [ADDRESS]
    sweep(timedelta(minutes=31))
    (message,) = post.messages
    assert message["To"] == ADDRESS
    assert (states(session), waiting(session)) == (["sent"], [None])
    sweep(timedelta(hours=2))
    assert len(post.messages) == 1


def test_the_letter_holds_a_link_plain_words_and_a_way_to_stop_and_nothing_of_the_visit(
    world: World, session: Session, post: Post
) -> None:
    send_file(session, world, row())
    sweep()
    (message,) = post.messages
    text = message.get_content()
    link = next(line for line in text.splitlines() if "/c/" in line)
    typed = codes.plain(link.rpartition("/")[2])
    assert typed is not None
    assert session.query(Invitation).one().code_hash == codes.hashed(typed, SECRET)
    assert message["List-Unsubscribe"].strip("<>") in text.splitlines()
    assert "Elder Row Surgery" in text
    for word in ("in_person", "assessment", "09:00", "V1", "16 March"):
        assert word not in text + message["Subject"]


@pytest.mark.parametrize(
    "said",
    [
        row(agreed="no"),
        row(agreed=""),
        row(sensitive="yes"),
        row(email=""),
        row(at="2026-03-12T09:00"),
    ],
    ids=["no consent", "consent not said", "sensitive", "no address", "four days ago"],
)
def test_an_address_that_must_not_be_written_to_is_not_even_kept(
    world: World, session: Session, post: Post, said: str
) -> None:
    send_file(session, world, said)
    assert waiting(session) == []
    sweep()
    assert post.messages == []


def test_without_a_column_for_consent_nobody_is_asked(world: World, session: Session) -> None:
    head = "visit_id,occurred_at,channel,stage,email"
    send_file(session, world, f"V1,2026-03-16T09:00,phone,request,{ADDRESS}", head=head)
    assert waiting(session) == []


def test_the_same_file_again_changes_nothing_before_and_after_sending(
    world: World, session: Session, post: Post
) -> None:
    send_file(session, world, row())
    again = send_file(session, world, row())
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    sweep()
    again = send_file(session, world, row())
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    sweep(timedelta(minutes=1))
    assert len(post.messages) == 1


@pytest.mark.parametrize("corrected", [row(agreed="no"), row(sensitive="yes"), row(email="")])
def test_a_corrected_file_takes_the_address_back(
    world: World, session: Session, post: Post, corrected: str
) -> None:
    send_file(session, world, row())
    assert send_file(session, world, corrected).changed == 1
    assert waiting(session) == [None]
    sweep()
    assert post.messages == []


def test_a_corrected_address_takes_the_place_of_the_wrong_one(
    world: World, session: Session, post: Post
) -> None:
    send_file(session, world, row(email="wrong@post.example"))
    send_file(session, world, row())
    sweep()
    assert [to for to, _ in post.taken] == [ADDRESS]


def test_a_visit_marked_sensitive_gets_no_code_on_paper_either(
    world: World, session: Session
) -> None:
    send_file(session, world, row(sensitive="yes"))
    visit = session.query(Visit).one()
    assert visit.sensitive
    made = codes.issue_many(
        session, practice_id=world.practice.id, visit_ids=[visit.id], key=SECRET, moment=NOW
    )
    assert made == {}


def test_what_is_no_address_and_what_is_neither_yes_nor_no_is_a_fault_that_repeats_no_address(
    world: World, session: Session
) -> None:
    wrong = [
        row("V1", email="pat canary"),
        row("V2", agreed="perhaps"),
        row("V3", email="żó@x.example"),
    ]
    report = imports.check(
        session, practice_id=world.practice.id, kind="visits", name="v.csv",
        body="\n".join([HEAD, *wrong]).encode(), moment=NOW,
    )  # fmt: skip
    assert [f"{f.line}: {f.text}" for f in report.faults] == [
        "2: What stands in “email” is not an e-mail address.",
        "3: “perhaps” in “consent_to_contact” is neither yes nor no.",
        "4: What stands in “email” is not an e-mail address.",
    ]


def test_one_person_is_asked_once_in_thirty_days_however_the_address_is_written(
    world: World, session: Session, post: Post
) -> None:
    send_file(session, world, row("V1"), row("V2", email=ADDRESS.upper()))
    sweep()
    assert len(post.messages) == 1
    assert states(session) == ["sent", "not_asked"]
    for days, sent in ((29, 1), (30, 2)):
        day = NOW + timedelta(days=days)
        send_file(session, world, row(f"L{days}", f"{day:%Y-%m-%dT}09:00"), moment=day)
        sweep(timedelta(days=days, hours=1))
        assert len(post.messages) == sent


def test_a_visit_whose_patient_was_given_a_code_on_paper_is_not_asked_about_again(
    world: World, session: Session, post: Post
) -> None:
    send_file(session, world, row())
    visit = session.query(Visit).one()
    codes.issue_many(
        session, practice_id=world.practice.id, visit_ids=[visit.id], key=SECRET, moment=NOW
    )
    before = session.query(Invitation).one().code_hash
    sweep()
    session.expire_all()
    assert post.messages == []
    assert session.query(Invitation).one().code_hash == before


def test_a_server_that_says_later_is_tried_five_times_further_and_further_apart(
    world: World, session: Session, post: Post
) -> None:
    post.answers = {"RCPT": "451 later"}
    send_file(session, world, row())
    tries = []
    for minutes in range(0, 60 * 30, 5):
        sweep(timedelta(minutes=minutes))
        while post.commands.count("RCPT") > len(tries):
            tries.append(minutes)
    gaps = [b - a for a, b in pairwise(tries)]
    assert len(tries) == 5
    assert gaps == sorted(gaps)
    assert gaps[0] >= 5
    assert (states(session), waiting(session)) == (["not_sent"], [None])


def test_an_address_that_does_not_exist_is_given_up_at_once_and_logged_without_it(
    world: World, session: Session, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.answers = {"RCPT": f"550 no such user {ADDRESS}"}
    send_file(session, world, row())
    sweep()
    assert states(session) == ["not_sent"]
    assert "invitation not sent: the mail server answered 550" in caplog.text
    assert "canary" not in caplog.text.lower()


def test_a_try_that_failed_leaves_a_letter_that_works_the_next_time(
    world: World, session: Session, post: Post
) -> None:
    post.answers = {"DATA": "451 later"}
    send_file(session, world, row())
    sweep()
    post.answers = {}
    sweep(timedelta(minutes=6))
    (message,) = post.messages
    line = next(line for line in message.get_content().splitlines() if "/c/" in line)
    typed = codes.plain(line.rpartition("/")[2])
    assert typed is not None
    session.rollback()
    session.expire_all()
    assert session.query(Invitation).one().code_hash == codes.hashed(typed, SECRET)


def test_without_a_mail_server_the_letter_is_a_file(world: World, session: Session) -> None:
    send_file(session, world, row())
    sweep()
    (path,) = bedside().config.outbox.iterdir()
    assert ADDRESS in path.read_text()
    assert states(session) == ["sent"]


def test_messages_to_staff_leave_the_outbox_through_the_mail_server(
    world: World, session: Session, post: Post
) -> None:
    guard = world.account(safeguard=True)
    world.comment("I told the desk I could not breathe and had chest pain. I nearly died.")
    sweep()
    assert [to for to, _ in post.taken] == [guard.email]
    assert list(bedside().config.outbox.iterdir()) == []


def letter_to(session: Session, world: World) -> Letter:
    send_file(session, world, row())
    (mail_id,) = invitations.due(session, moment=NOW)
    letter = invitations.prepare(session, mail_id=mail_id, key=SECRET, moment=NOW)
    assert letter is not None
    return letter


def test_whoever_says_stop_is_never_asked_again_by_this_practice(
    world: World, other_world: World, session: Session, post: Post
) -> None:
    letter = letter_to(session, world)
    invitations.stop(session, token=letter.stop, key=SECRET, moment=NOW)
    assert states(session) == ["not_asked"]
    later = NOW + timedelta(days=400)
    send_file(session, world, row("V9", f"{later:%Y-%m-%dT}09:00"), moment=later)
    send_file(session, other_world, row("V9", f"{later:%Y-%m-%dT}09:00"), moment=later)
    sweep(timedelta(days=400))
    assert [m["Subject"] for m in post.messages] == [
        "How was it? Quarry Lane Practice would like to know"
    ]


@pytest.mark.parametrize("token", ["", "x", "AAAA", "é", "%00", "A" * 43, "=" * 8])
def test_a_link_that_is_not_ours_stops_nothing(world: World, session: Session, token: str) -> None:
    send_file(session, world, row())
    invitations.stop(session, token=token, key=SECRET, moment=NOW)
    assert states(session) == ["waiting"]
    assert session.query(KnownAddress).count() == 0


def test_a_link_that_was_tampered_with_stops_nothing(world: World, session: Session) -> None:
    token = letter_to(session, world).stop
    for at in range(len(token)):
        other = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        invitations.stop(session, token=other, key=SECRET, moment=NOW)
    assert session.query(KnownAddress).count() == 0


def test_an_address_that_waits_is_deleted_after_fourteen_days(
    world: World, session: Session
) -> None:
    send_file(session, world, row(at="2026-03-17T09:00"))
    invitations.forget(session, moment=NOW + timedelta(days=13, hours=23))
    assert waiting(session) == [ADDRESS]
    invitations.forget(session, moment=NOW + timedelta(days=14, minutes=1))
    assert waiting(session) == [None]


def test_a_hash_is_forgotten_after_the_thirty_days_unless_it_said_stop(
    world: World, session: Session, post: Post
) -> None:
    send_file(session, world, row("V1"), row("V2", email="stays@post.example"))
    sweep()
    hashed = invitations.address_hash(
        "stays@post.example", practice_id=world.practice.id, key=SECRET
    )
    token = invitations.stop_token(hashed, practice_id=world.practice.id, key=SECRET)
    invitations.stop(session, token=token, key=SECRET, moment=NOW)
    invitations.forget(session, moment=NOW + timedelta(days=32))
    (left,) = session.query(KnownAddress)
    assert (left.hash, left.stopped_on) == (hashed, TODAY)


def test_nothing_in_the_database_says_to_whom_a_letter_went(
    world: World, session: Session, post: Post
) -> None:
    send_file(session, world, row())
    sweep()
    session.rollback()
    with sqlite3.connect(bedside().config.data_dir / "bedside.sqlite3") as raw:
        dump = "\n".join(raw.iterdump()).lower()
    raw.close()
    assert "canary" not in dump
    assert session.query(KnownAddress).one().asked_on == date(2026, 3, 16)
    assert session.query(ImportChange).count() > 0
    assert "canary" not in str([a.facts for a in session.query(Audit)]).lower()
