"""Telling those who safeguard that a comment needs them, without a word of the patient's.

    held comment ──owe──► one row for each of them ──due──► one message a person ──sent──► done
                          (nobody safeguards: every admin)

The rows are written in the transaction that holds the comment, so that no crash can lose a message;
a job posts them. A message that counts five comments is better than five: a person gets one a sweep.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from training.store import alerts as store
from training.store.tables import Account, Alert, Comment


@dataclass(frozen=True, slots=True)
class Notice:
    """One message owed to one person; `id` is the newest of the alerts it tells of."""

    id: int
    address: str
    practice: str
    safety: int
    complaints: int
    unread: int
    only_admin: bool

    @property
    def subject(self) -> str:
        """Return the subject of the message."""
        return f"Bedside: {_comments(self.safety + self.complaints + self.unread)} to read today"

    def text(self, base_url: str) -> str:
        """Return the message: how many wait and why, where to read them, and nothing of what they say."""
        lines = [f"At {self.practice}:", ""]
        if self.safety:
            lines.append(f"- {_comments(self.safety)} may be about somebody's safety.")
        if self.complaints:
            lines.append(f"- {_comments(self.complaints)} came as a formal complaint.")
        if self.unread:
            lines.append(f"- {_comments(self.unread)} could not be read by Bedside.")
        lines += ["", "Please sign in and read them today:", f"{base_url}/review", ""]
        if self.only_admin:
            lines += [
                "Nobody at the practice may read such comments yet. You are told as an admin:",
                "give the permission to safeguard to somebody who will read them.",
                "",
            ]
        lines.append(
            "Bedside is not watched around the clock. Patients' words are never sent by e-mail."
        )
        return "\n".join(lines) + "\n"


def _comments(n: int) -> str:
    return "1 comment" if n == 1 else f"{n} comments"


def owe(session: Session, *, comment: Comment, moment: datetime) -> None:
    """Note that a held comment must be told of, once to each person; does not commit."""
    told = store.told(session, comment.id)
    session.add_all(
        Alert(
            practice_id=comment.practice_id,
            comment_id=comment.id,
            account_id=account_id,
            created_at=moment,
        )
        for account_id in store.to_tell(session, comment)
        if account_id not in told
    )


def owe_open(session: Session, *, account: Account, moment: datetime) -> None:
    """Note that somebody who safeguards from now on must be told of what waits; does not commit."""
    session.flush()
    for comment in store.open_holds(session, account.practice_id):
        if account.id in store.to_tell(session, comment):
            owe(session, comment=comment, moment=moment)


def due(session: Session) -> list[Notice]:
    """Return the messages to be posted now, one for each person who is owed any."""
    return [
        Notice(
            id=row.newest,
            address=row.address,
            practice=row.practice,
            safety=row.safety,
            complaints=row.complaints,
            unread=row.unread,
            only_admin=not row.may_safeguard,
        )
        for row in store.unsent(session)
    ]


def sent(session: Session, *, alert_id: int, moment: datetime) -> None:
    """Note that a message went out: its newest alert, and the earlier ones owed to that person."""
    store.mark_sent(session, alert_id, moment)
    session.commit()
