"""What runs in the background: a thread that wakes when it is rung, and once a minute by itself.

    request ──wake("alerts", 7)──► sweep           a lost wake-up costs a minute, never the work
    every minute                ──► sweep           the table carries the truth

Each step of a sweep stands alone: one that fails is logged by kind and place, and the rest still run.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from queue import Empty, SimpleQueue
from threading import Event, Thread

from flask import Flask, current_app

from training import clock, faults, periods
from training.extensions import bedside, db, on_wake, writing
from training.integrations import daily_backup, mail
from training.integrations.mail import Carrier, Outbox
from training.integrations.smtp import Courier, NotSent, Relay
from training.scenarios import catalogue
from training.services import (
    alerts,
    assignment_letters,
    comments,
    import_undo,
    imports,
    invitations,
    own_assignments,
    people,
    practices,
    priors,
    remarks,
    retention,
    suggestions,
    team_needs,
)
from training.services.invitations import Letter

log = logging.getLogger("bedside.jobs")

SWEEP_SECONDS = 60.0
_rung: SimpleQueue[tuple[str, int]] = SimpleQueue()


def ring(name: str, number: int) -> None:
    """Wake the background thread."""
    _rung.put((name, number))


def start(app: Flask, stop: Event) -> Thread:
    """Start the background thread of an application; it ends soon after `stop` is set and rung."""
    on_wake(ring)
    thread = Thread(target=_run, args=(app, stop), name="bedside-jobs", daemon=True)
    thread.start()
    return thread


def _run(app: Flask, stop: Event) -> None:
    while not stop.is_set():
        with app.app_context():
            sweep()
        _wait()


def _wait() -> None:
    try:
        _rung.get(timeout=SWEEP_SECONDS)
        while True:  # many wake-ups are one sweep
            _rung.get_nowait()
    except Empty:
        return


def sweep() -> None:
    """Do everything that is due, once; safe to run at any time and twice."""
    moment = clock.now()
    for step in STEPS:
        try:
            with writing():
                step(moment)
        except Exception as fault:
            db.session.rollback()
            log.error("%s: %s", step.__name__, faults.describe(fault))
        finally:
            db.session.remove()


def read_waiting(moment: datetime) -> None:
    """Read comments that wait: those a fault or a crash left unread."""
    comments.read_waiting(db.session(), moment=moment)


def send_alerts(moment: datetime) -> None:
    """Tell those who safeguard, without a patient's words; once each."""
    settings = bedside().config
    for alert in alerts.due(db.session()):
        mail.post(
            settings.outbox, sender=settings.mail_from, to=alert.address, subject=alert.subject,
            text=alert.text(settings.base_url), moment=moment,
        )  # fmt: skip
        alerts.sent(db.session(), alert_id=alert.id, moment=moment)


def send_invitations(moment: datetime) -> None:
    """Ask for a comment by e-mail about each visit that is due; one try for each."""
    key = bedside().code_key
    with _carrier(moment) as carrier:
        for mail_id in invitations.due(db.session(), moment=moment):
            letter = invitations.prepare(db.session(), mail_id=mail_id, key=key, moment=moment)
            if letter is not None:
                _send_letter(letter, carrier, moment)


def _send_letter(letter: Letter, carrier: Carrier, moment: datetime) -> None:
    """Send one invitation, with no database held meanwhile; a failure names nobody."""
    settings = bedside()
    base_url = settings.config.base_url
    message = mail.compose(
        sender=settings.config.mail_from, to=letter.address, subject=letter.subject,
        text=letter.text(base_url), moment=moment, stop=letter.stop_address(base_url),
    )  # fmt: skip
    try:
        carrier.send(message)
    except NotSent as problem:
        log.warning("invitation not sent: %s", problem)
        invitations.failed(db.session(), letter=letter, for_good=problem.for_good)
    else:
        invitations.sent(db.session(), letter=letter, key=settings.code_key, moment=moment)


def note_assignments(moment: datetime) -> None:
    """Note which assignments are done, and remind, once, of those that are due soon."""
    for practice in practices.every_practice(db.session()):
        own_assignments.note_finished(db.session(), practice_id=practice.id)
    settings = bedside().config
    due = assignment_letters.due(db.session(), catalogue=catalogue.load(), moment=moment)
    for reminder in due:
        mail.post(
            settings.outbox, sender=settings.mail_from, to=reminder.address,
            subject=reminder.subject, text=reminder.text(settings.base_url), moment=moment,
        )  # fmt: skip
        assignment_letters.sent(db.session(), assignment_id=reminder.id, moment=moment)


def empty_outbox(moment: datetime) -> None:
    """Hand the messages in the outbox to the mail server, where one is set."""
    if not bedside().config.smtp_url:
        return
    with _carrier(moment) as carrier:
        for path in mail.waiting(bedside().config.outbox):
            try:
                mail.deliver(path, carrier)
            except NotSent as problem:
                log.warning("message not sent: %s", problem)


@contextmanager
def _carrier(moment: datetime) -> Iterator[Carrier]:
    """Yield what takes messages: the mail server, or the outbox where none is set."""
    settings = bedside().config
    if not settings.smtp_url:
        yield Outbox(settings.outbox, moment)
        return
    with Courier(Relay.of(settings.smtp_url)) as courier:
        yield courier


def close_leavers(moment: datetime) -> None:
    """Disable the accounts of people who have left."""
    for practice in practices.every_practice(db.session()):
        today = periods.local_day(moment, practice.time_zone)
        people.disable_leavers(db.session(), practice_id=practice.id, today=today, moment=moment)


def release_remarks(moment: datetime) -> None:
    """Show confirmed criticism that has waited four weeks."""
    for practice in practices.every_practice(db.session()):
        remarks.release(db.session(), practice_id=practice.id, moment=moment)


def learn_priors(moment: datetime) -> None:
    """Learn anew, once a night, what is usual for each skill and role, and what teams need."""
    for practice in practices.every_practice(db.session()):
        today = periods.local_day(moment, practice.time_zone)
        session, number = db.session(), practice.id
        if priors.fit_if_due(session, practice_id=number, today=today, moment=moment):
            team_needs.learn(session, practice_id=number, today=today, moment=moment)


def offer_suggestions(moment: datetime) -> None:
    """Work out each person's suggestions anew, where anything they are made of has changed."""
    done: dict[int, tuple[object, ...]] = current_app.extensions.setdefault("bedside-offered", {})
    for practice in practices.every_practice(db.session()):
        today = periods.local_day(moment, practice.time_zone)
        if done.get(practice.id) == _stamp(practice.id, today):
            continue
        suggestions.refresh(
            db.session(),
            practice_id=practice.id,
            today=today,
            moment=moment,
            catalogue=catalogue.load(),
        )
        done[practice.id] = _stamp(practice.id, today)


def _stamp(practice_id: int, today: date) -> tuple[object, ...]:
    return suggestions.stamp(db.session(), practice_id=practice_id, today=today)


def erase_old_comments(moment: datetime) -> None:
    """Erase the comments that a practice keeps no longer."""
    for practice in practices.every_practice(db.session()):
        today = periods.local_day(moment, practice.time_zone)
        retention.erase_due(db.session(), practice_id=practice.id, today=today, moment=moment)


def back_up(moment: datetime) -> None:
    """Take today's copy of the database, where a folder is set for it."""
    config, practice = bedside().config, practices.first(db.session())
    db.session.remove()  # a copy takes a while, and nobody should wait for it to write
    if practice is None or config.backup_dir is None or config.database_file is None:
        return
    daily_backup.run(
        config.database_file, config.backup_dir, zone=practice.time_zone,
        keep_days=config.backup_keep, moment=moment,
    )  # fmt: skip


def forget(moment: datetime) -> None:
    """Delete what is no longer needed: failed tries, files never imported, contacts, trails."""
    people.forget_tries(db.session(), moment=moment)
    imports.forget_files(db.session(), moment=moment)
    comments.forget_contacts(db.session(), moment=moment)
    invitations.forget(db.session(), moment=moment)
    import_undo.forget_trails(db.session(), moment=moment)


STEPS: tuple[Callable[[datetime], None], ...] = (
    read_waiting,
    send_alerts,
    send_invitations,
    note_assignments,
    empty_outbox,
    close_leavers,
    release_remarks,
    erase_old_comments,
    learn_priors,
    offer_suggestions,
    forget,
    back_up,
)
