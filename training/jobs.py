"""What runs in the background: a thread that wakes when it is rung, and once a minute by itself.

    request ──wake("alerts", 7)──► sweep           a lost wake-up costs a minute, never the work
    every minute                ──► sweep           the table carries the truth

Each step of a sweep stands alone: one that fails is logged by kind and place, and the rest still run.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Event, Thread

from flask import Flask

from training import clock, faults, periods
from training.extensions import bedside, db, on_wake, writing
from training.integrations import mail
from training.scenarios import catalogue
from training.services import alerts, comments, imports, people, practices, remarks, suggestions

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


def close_leavers(moment: datetime) -> None:
    """Disable the accounts of people who have left."""
    for practice in practices.every_practice(db.session()):
        today = periods.local_day(moment, practice.time_zone)
        people.disable_leavers(db.session(), practice_id=practice.id, today=today, moment=moment)


def release_remarks(moment: datetime) -> None:
    """Show confirmed criticism that has waited four weeks."""
    for practice in practices.every_practice(db.session()):
        remarks.release(db.session(), practice_id=practice.id, moment=moment)


def offer_suggestions(moment: datetime) -> None:
    """Work out each person's suggestions anew."""
    for practice in practices.every_practice(db.session()):
        today = periods.local_day(moment, practice.time_zone)
        suggestions.refresh(
            db.session(),
            practice_id=practice.id,
            today=today,
            moment=moment,
            catalogue=catalogue.load(),
        )


def forget(moment: datetime) -> None:
    """Delete what is no longer needed: failed tries, files never imported, contact details."""
    people.forget_tries(db.session(), moment=moment)
    imports.forget_files(db.session(), moment=moment)
    comments.forget_contacts(db.session(), moment=moment)


STEPS: tuple[Callable[[datetime], None], ...] = (
    read_waiting,
    send_alerts,
    close_leavers,
    release_remarks,
    offer_suggestions,
    forget,
)
