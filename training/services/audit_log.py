"""The audit as an admin reads it: who did what and when, newest first, without any patient's words.

    ?who=Xb3…&verb=open_person&from=2026-03-01&to=2026-03-16  ──►  lines, 50 a page, or all as a file

Days are the practice's own, both of them included. What is filtered by stands in the address. Lines
about cases are for those who safeguard.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from training.services.people import NotFound
from training.services.review import reach_of
from training.services.signing_in import Viewer
from training.store import audit, people
from training.store.audit import Search
from training.store.tables import Audit

PER_PAGE = 50
MOST_IN_A_FILE = 20_000

VERBS = {
    "assign": "asked somebody to rehearse a conversation",
    "annotate": "put a note on the charts",
    "case_read": "read a case",
    "case_assigned": "gave a case to somebody",
    "case_closed": "closed a case",
    "case_due": "changed by when a case is due",
    "case_kind": "made a case more pressing",
    "case_noted": "wrote in the log of a case",
    "case_opened": "opened a case",
    "case_reopened": "opened a case again",
    "change_languages": "changed the languages of the patients’ pages",
    "change_rights": "changed what somebody may do",
    "change_settings": "changed the practice’s settings",
    "choose_password": "chose a password",
    "choose_retention": "chose how long comments are kept",
    "confirm": "confirmed a remark",
    "correct": "corrected how a remark was read",
    "dealt_with": "dealt with a comment that was not read",
    "disable": "disabled an account",
    "disable_leaver": "disabled the account of a leaver",
    "enable": "let somebody sign in again",
    "enter_paper": "typed in a paper card",
    "let_in": "let a doubtful comment in",
    "split": "split a remark in two",
    "set_aside": "set a doubtful comment aside",
    "erase": "erased what was kept long enough",
    "erase_again": "erased again what a restored copy brought back",
    "forgotten": "asked for a link, a password being forgotten",
    "import": "imported a file",
    "invite": "invited somebody",
    "issue_code": "made a code",
    "issue_codes": "made codes",
    "mask": "hid words of a comment",
    "merge": "merged two rows of the roster",
    "move": "moved a remark to somebody else",
    "new_link": "made a new sign-in link",
    "open_person": "opened a person’s page",
    "read_comment": "read a comment",
    "read_comments": "read comments",
    "reject": "rejected a remark",
    "unplaced": "left a remark without a person",
    "remove_annotation": "took a note off the charts",
    "remove_note": "took a note away",
    "restore_annotation": "put a note back on the charts",
    "sign_in": "signed in",
    "sign_out": "signed out",
    "system": "put a remark down to how things work",
    "undo": "undid a decision",
    "undo_import": "undid an import",
    "unmask": "showed hidden words again",
    "withdraw_assignment": "took back what somebody was asked to rehearse",
    "withdraw": "withdrew a comment at a patient’s request",
    "write_note": "wrote a note beside a comment",
    "add_step": "added a step to a plan",
    "change_plan": "changed a plan",
    "end_plan": "ended a plan",
    "hold_review": "held a review of a plan",
    "note_plan": "wrote a note on a plan",
    "publish_plan": "told patients of a plan",
    "remove_step": "took a step out of a plan",
    "reopen_plan": "took back that a plan was ended",
    "restore_step": "put a step of a plan back",
    "self_assess": "took part in the self-assessment",
    "set_review": "set a day to review a plan",
    "start_plan": "started a plan",
    "take_down_plan": "took a plan off the patients’ board",
    "tick_step": "ticked a step of a plan",
    "unhold_review": "took back that a review was held",
    "untick_step": "took back a tick of a plan",
}
NOBODY = "Bedside"


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """What to look for: an account's public id, a verb, first and last day; "" and None are any."""

    who: str = ""
    verb: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that was done; `facts` are words and numbers of Bedside's own, never free text."""

    at: datetime
    who: str
    verb: str
    words: str
    noun: str
    number: int | None
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of the audit, and what its filters can choose from."""

    filters: AuditFilters
    lines: tuple[AuditLine, ...]
    total: int
    page: int
    pages: int
    people: tuple[tuple[str, str], ...]
    verbs: tuple[tuple[str, str], ...]


def page(session: Session, *, viewer: Viewer, filters: AuditFilters, page: int) -> AuditPage:
    """Return a page of the audit (1 is the newest); raise `NotFound` for a foreign account."""
    search = _search(session, viewer, filters)
    total = audit.count(session, search)
    pages = max(1, ceil(total / PER_PAGE))
    page = min(max(page, 1), pages)
    rows = audit.found(session, search, offset=(page - 1) * PER_PAGE, limit=PER_PAGE)
    everyone = people.accounts(session, viewer.practice_id)
    return AuditPage(
        filters=filters,
        lines=_lines(session, viewer, rows),
        total=total,
        page=page,
        pages=pages,
        people=tuple((who.public_id, who.name) for who in everyone),
        verbs=tuple(
            (verb, in_words(verb=verb))
            for verb in audit.verbs(session, viewer.practice_id, search.cases)
        ),
    )


def everything(session: Session, *, viewer: Viewer, filters: AuditFilters) -> tuple[AuditLine, ...]:
    """Return all that the filters find, newest first, up to 20,000 lines; raise `NotFound`."""
    search = _search(session, viewer, filters)
    rows = audit.found(session, search, offset=0, limit=MOST_IN_A_FILE)
    return _lines(session, viewer, rows)


def in_words(*, verb: str) -> str:
    """Return what a verb of the audit means; the verb itself where no words are known."""
    return VERBS.get(verb, verb.replace("_", " "))


def _search(session: Session, viewer: Viewer, filters: AuditFilters) -> Search:
    zone = ZoneInfo(people.practice(session, viewer.practice_id).time_zone)
    account = None
    if filters.who:
        account = people.account(session, viewer.practice_id, filters.who)
        if account is None:
            raise NotFound
    return Search(
        practice_id=viewer.practice_id,
        account_id=account.id if account else None,
        verb=filters.verb,
        start=_midnight(filters.first, zone),
        end=_midnight(_next(filters.last), zone),
        cases=reach_of(viewer) if viewer.may_safeguard else None,
    )


def _next(day: date | None) -> date | None:
    return day + timedelta(days=1) if day and day < date.max else None


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    """Return the instant at which a day of the practice begins; None for days beyond reckoning."""
    try:
        return datetime.combine(day, time.min, zone).astimezone(UTC) if day else None
    except OverflowError:
        return None


def _lines(session: Session, viewer: Viewer, rows: Iterable[Audit]) -> tuple[AuditLine, ...]:
    names = {who.id: who.name for who in people.accounts(session, viewer.practice_id)}
    return tuple(
        AuditLine(
            at=row.at,
            who=names.get(row.account_id or 0, NOBODY),
            verb=row.verb,
            words=in_words(verb=row.verb),
            noun=row.noun,
            number=row.noun_id,
            facts=tuple((name, str(fact)) for name, fact in sorted(row.facts.items()) if fact),
        )
        for row in rows
    )
