"""E-mails that ask for a comment: whom to ask, whom never, and nothing kept of them afterwards.

    visits.csv: email, consent_to_contact, sensitive
        │ kept only with consent, not sensitive, and at most three days after the visit
        ▼
    waiting ──an hour after the visit──► prepare ──► Letter ──► sent       the address is deleted
        │                                   │          └──► try_again      five times, further apart
        └── after 14 days ──► not_sent      └── stopped, asked lately, has a code ──► not_asked

An address is asked once in 30 days and never again once it said STOP. Both are known by a keyed
hash, which leads neither to the address nor to a visit. The link in a mail that stops them carries
that hash and a signature, so that it works for good, signed in or not.
"""

import base64
import hashlib
import hmac
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from training import periods
from training.services import codes
from training.services.import_rows import RECENT
from training.store import invitations as store
from training.store.invitations import Waiting

AFTER = timedelta(hours=1)
KEPT = timedelta(days=14)
CAP = timedelta(days=30)
TRIES = 5
# How long to wait after each try that failed; about a day in all.
BACKOFF = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=16),
)
AT_ONCE = 100
HASH_BYTES = 16
SIGNATURE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail to one patient, about to be sent; `code` opens one comment and stands nowhere else."""

    mail_id: int
    address: str
    practice: str
    code: str
    stop: str

    @property
    def subject(self) -> str:
        """Return the subject: it must not tell whoever looks over a shoulder what the visit was."""
        return f"How was it? {self.practice} would like to know"

    def stop_address(self, base_url: str) -> str:
        """Return the address at which such e-mails end."""
        return f"{base_url}/stop/{self.stop}"

    def text(self, base_url: str) -> str:
        """Return the message, in plain words and without anything of the visit."""
        return (
            "Hello,\n\n"
            f"you were in touch with {self.practice} in the last few days. How was it?\n"
            "One answer or a few words is enough. It takes about two minutes.\n\n"
            f"{base_url}/c/{self.code}\n\n"
            f"Or type this code: {self.code}\n"
            "It works for 14 days and takes one comment.\n\n"
            "You do not need to answer, and it will not change your care.\n"
            "You do not have to say who you are.\n"
            f"This is not for emergencies: {self.practice} does not read comments straight away.\n"
            "If someone is in danger, call your local emergency number.\n\n"
            "We ask you at most once in 30 days, and have now deleted your address here.\n"
            "To get no more of these e-mails:\n"
            f"{self.stop_address(base_url)}\n"
        )


def address_hash(address: str, *, practice_id: int, key: bytes) -> str:
    """Return what is kept of an address: its HMAC under the server's key, in hex; a practice's own."""
    said = f"address:{practice_id}:{address.strip().casefold()}".encode()
    return hmac.new(key, said, hashlib.sha256).digest()[:HASH_BYTES].hex()


def stop_token(hashed: str, *, practice_id: int, key: bytes) -> str:
    """Return what the link that stops such e-mails carries: practice, hash and signature."""
    said = practice_id.to_bytes(4) + bytes.fromhex(hashed)
    return base64.urlsafe_b64encode(said + _signature(said, key)).rstrip(b"=").decode()


def _signature(said: bytes, key: bytes) -> bytes:
    return hmac.new(key, b"stop:" + said, hashlib.sha256).digest()[:SIGNATURE_BYTES]


def _stopped_by(token: str, key: bytes) -> tuple[int, str] | None:
    """Return (practice id, hash) of a link that stops e-mails, or None for one that is not ours."""
    try:
        raw = base64.b64decode(token.encode() + b"=" * (-len(token) % 4), b"-_", validate=True)
    except (NotBase64, ValueError):
        return None
    said, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    if len(said) != 4 + HASH_BYTES or not hmac.compare_digest(signature, _signature(said, key)):
        return None
    return int.from_bytes(said[:4]), said[4:].hex()


def due(session: Session, *, moment: datetime) -> list[int]:
    """Return the ids of the e-mails to be tried now: an hour after the visit, or when tried again."""
    return store.due(session, moment, after=AFTER, limit=AT_ONCE)


def prepare(session: Session, *, mail_id: int, key: bytes, moment: datetime) -> Letter | None:
    """Return an e-mail ready to be sent, with a fresh code; None where a rule forbids it.

    The try is counted and committed first, so that a crash while sending cannot send without end.
    """
    found = store.get(session, mail_id)
    if found is None or not found.mail.address:
        return None
    mail, practice_id = found.mail, found.practice.id
    hashed = address_hash(found.mail.address, practice_id=practice_id, key=key)
    if mail.attempts >= TRIES or _forbidden(session, found, hashed, moment):
        store.close(session, mail.id, "not_sent" if mail.attempts >= TRIES else "not_asked")
        session.commit()
        return None
    address = found.mail.address
    if not store.claim(session, mail, moment + BACKOFF[mail.attempts]):
        session.rollback()
        return None
    made = codes.issue_many(
        session, practice_id=practice_id, visit_ids=[found.visit.id], key=key, moment=moment
    )
    if found.visit.id not in made:  # answered in this very moment
        return None
    stop_link = stop_token(hashed, practice_id=practice_id, key=key)
    return Letter(mail.id, address, found.practice.name, made[found.visit.id], stop_link)


def _forbidden(session: Session, found: Waiting, hashed: str, moment: datetime) -> bool:
    """Return whether a patient must not, or need not, be asked about a visit."""
    if found.visit.sensitive or moment - found.visit.occurred_at > RECENT:
        return True
    if found.invitation is not None and (found.mail.attempts == 0 or found.invitation.used_on):
        return True  # they were given a code on paper, or have answered
    known = store.known(session, found.practice.id, hashed)
    if known is None:
        return False
    today = periods.local_day(moment, found.practice.time_zone)
    lately = known.asked_on is not None and today - known.asked_on < CAP
    return known.stopped_on is not None or lately


def sent(session: Session, *, letter: Letter, key: bytes, moment: datetime) -> None:
    """Note that an e-mail went out; its address is deleted."""
    found = store.get(session, letter.mail_id)
    if found is None:
        return
    practice = found.practice
    hashed = address_hash(letter.address, practice_id=practice.id, key=key)
    store.note(session, practice.id, hashed, asked_on=periods.local_day(moment, practice.time_zone))
    store.close(session, letter.mail_id, "sent")
    session.commit()


def failed(session: Session, *, letter: Letter, for_good: bool) -> None:
    """Note that an e-mail could not be sent: `for_good`, or after five tries, its address is deleted."""
    found = store.get(session, letter.mail_id)
    if found is not None and (for_good or found.mail.attempts >= TRIES):
        store.close(session, letter.mail_id, "not_sent")
    session.commit()


def stop(session: Session, *, token: str, key: bytes, moment: datetime) -> None:
    """Write no more to the address a link was sent to; a link that is not ours changes nothing."""
    whom = _stopped_by(token, key)
    if whom is None or not store.is_practice(session, whom[0]):
        return
    practice_id, hashed = whom
    store.note(session, practice_id, hashed, stopped_on=moment.date())
    for mail_id, address in store.addresses(session, practice_id).items():
        if address_hash(address, practice_id=practice_id, key=key) == hashed:
            store.close(session, mail_id, "not_asked")
    session.commit()


def forget(session: Session, *, moment: datetime) -> int:
    """Delete addresses that waited for 14 days, and hashes last asked over 30 days ago.

    Returns how many addresses. A hash that said STOP stays: it is what keeps the promise.
    """
    gone = store.close_older(session, moment - KEPT)
    store.forget_asked(session, (moment - CAP - timedelta(days=1)).date())
    session.commit()
    return gone


def keep(
    session: Session, *, practice_id: int, wanted: Mapping[int, str], moment: datetime
) -> None:
    """Keep which visits an imported file asks about, and at which address ("": not); no commit.

    What was sent, or ended by a rule, stays as it is.
    """
    there = store.of_visits(session, wanted)
    for visit_id, mail in there.items():
        if mail.state != "waiting":
            continue
        if wanted[visit_id]:
            mail.address = wanted[visit_id]
        else:
            mail.state, mail.address = "not_asked", None
    store.add(
        session,
        [
            {
                "practice_id": practice_id,
                "visit_id": visit_id,
                "address": address,
                "next_try_at": moment,
                "came_at": moment,
            }
            for visit_id, address in wanted.items()
            if address and visit_id not in there
        ],
    )


def waiting_addresses(session: Session, *, visit_ids: list[int]) -> dict[int, str | None]:
    """Return the address that waits for each visit; None where its e-mail is over."""
    return {n: mail.address for n, mail in store.of_visits(session, visit_ids).items()}
