"""Opening a case: by the reading, for a comment that is held; by a reviewer, who hands one over.

    "I do not feel safe at home."  ──read──►  held, case `safeguarding`, due in one working day
    a reviewer: "read this again"  ──hand over──►  the same; the reviewer sees the comment no more

A comment has one case. What is more pressing in a later reading makes the case so, too.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from training import periods
from training.feedback import cases as rules
from training.services import alerts
from training.services.people import NotFound
from training.services.review import reach_of
from training.services.signing_in import Viewer
from training.store import audit, people
from training.store import cases as store
from training.store import matches as queue
from training.store.tables import Case, CaseEntry, Comment

LONGEST = 2000


class NotSaid(ValueError):
    """The form does not say what it must; `field` names what is missing."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def ensure(session: Session, *, comment: Comment, moment: datetime) -> None:
    """Open the case of a held comment, or make the one it has more pressing; does not commit."""
    kind = rules.kind_of(comment.flags, comment.severity or 0)
    case = store.of_comments(session, [comment.id]).get(comment.id)
    if case is None:
        _open(session, comment, kind, None, "", moment)
    elif case.closed_at is None and rules.more_pressing(kind, case.kind) != case.kind:
        case.kind = kind
        case.due_on = min(case.due_on, rules.due_on(kind, case.opened_on))
        write(session, case=case, account_id=None, verb="kind", fact=kind, moment=moment)


def hand_over(
    session: Session, *, viewer: Viewer, public_id: str, kind: str, words: str, moment: datetime
) -> None:
    """Give a comment that a reviewer reads to those who safeguard; nobody else sees it from then on.

    `words` say why. Raises `NotFound` (also where somebody else was first), or `NotSaid`.
    """
    comment = queue.comment(session, reach_of(viewer), public_id) if viewer.may_review else None
    if comment is None:
        raise NotFound
    if kind not in rules.KINDS:
        raise NotSaid("kind")
    if not words.strip() or len(words) > LONGEST:
        raise NotSaid("why")
    if not store.hold(session, comment.id):
        raise NotFound
    session.refresh(comment)
    _open_or_again(session, comment, kind, viewer.account_id, words.strip(), moment)
    alerts.owe(session, comment=comment, moment=moment)
    session.commit()


def _open_or_again(
    session: Session, comment: Comment, kind: str, account_id: int, words: str, moment: datetime
) -> None:
    case = store.of_comments(session, [comment.id]).get(comment.id)
    if case is None:
        _open(session, comment, kind, account_id, words, moment)
        return
    reopen(case=case)
    case.version += 1
    case.kind = kind
    case.due_on = rules.due_on(kind, _today(session, case.practice_id, moment))
    write(
        session, case=case, account_id=account_id, verb="reopened", fact=kind, words=words,
        moment=moment,
    )  # fmt: skip


def _open(
    session: Session, comment: Comment, kind: str, account_id: int | None, words: str,
    moment: datetime,
) -> None:  # fmt: skip
    today = _today(session, comment.practice_id, moment)
    case = Case(
        practice_id=comment.practice_id,
        comment_id=comment.id,
        site_id=comment.site_id,
        kind=kind,
        opened_at=moment,
        opened_on=today,
        opened_by=account_id,
        due_on=rules.due_on(kind, today),
    )
    session.add(case)
    session.flush()
    write(
        session, case=case, account_id=account_id, verb="opened", fact=kind, words=words,
        moment=moment,
    )  # fmt: skip


def _today(session: Session, practice_id: int, moment: datetime) -> date:
    return periods.local_day(moment, people.practice(session, practice_id).time_zone)


def reopen(*, case: Case) -> None:
    """Make a case open again; does not commit."""
    case.closed_at = case.closed_by = case.outcome = None


def write(
    session: Session,
    *,
    case: Case,
    account_id: int | None,
    verb: str,
    moment: datetime,
    fact: str = "",
    words: str = "",
) -> None:
    """Add a line to the log of a case, and its row to the audit, which holds no words; no commit."""
    session.add(
        CaseEntry(
            practice_id=case.practice_id, case_id=case.id, account_id=account_id, verb=verb,
            fact=fact, words=words, at=moment,
        )
    )  # fmt: skip
    audit.note(
        session, practice_id=case.practice_id, account_id=account_id, moment=moment,
        verb=f"case_{verb}", noun="case", noun_id=case.id,
    )  # fmt: skip
