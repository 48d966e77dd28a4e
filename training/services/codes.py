"""Patients' codes: made, shown once and kept as a hash; `doors` opens them again.

    make() ──► AB7K92QXMW ──shown──► AB7K-92QX-MW ──on paper──► "ab7k 92qx mw"
                    │                                                 │ plain
                    └──HMAC-SHA256 under the key──► code_hash ◄───────┘

An invitation's code asks about one visit, takes one comment and lasts 14 days; a site's code hangs
on a poster until another takes its place. A lost code is issued anew, never looked up: only its
hash is kept. Ten signs of 31 are 8 × 10¹⁴ codes, so guessing one is hopeless.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import audit, people, visits
from training.store.tables import Invitation, SiteCode, Visit

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 or O, no 1, I or L
LENGTH = 10
LASTS = timedelta(days=14)

_BETWEEN = re.compile(r"[\s_.·‐-―−-]+")


class CodeUsed(Exception):
    """The visit is not asked about: it has its one comment already, or it is sensitive."""


@dataclass(frozen=True, slots=True)
class VisitCode:
    """A visit on the page of codes; `state` is none, open, used, expired or sensitive."""

    visit_public_id: str
    visit_ref: str
    day: date
    channel: str
    stage: str
    site: str
    staff: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class PosterCode:
    """A site on the page of codes, and since when its poster's code works (None: it has none)."""

    site_public_id: str
    site: str
    since: datetime | None


def make() -> str:
    """Return a fresh random code, as it is hashed: ten signs without dashes."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """Return a code as people read it: AB7K-92QX-MW."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def plain(typed: str) -> str | None:
    """Return the code in what somebody typed, whatever its case, dashes and spaces; None if none."""
    code = _BETWEEN.sub("", typed).upper()
    return code if len(code) == LENGTH and set(code) <= set(SIGNS) else None


def hashed(code: str, key: bytes) -> str:
    """Return what is kept of a code: its HMAC-SHA256 under the server's key, in hex."""
    return hmac.new(key, code.encode("ascii"), hashlib.sha256).hexdigest()


def issue(
    session: Session, *, viewer: Viewer, visit_public_id: str, key: bytes, moment: datetime
) -> str:
    """Return a fresh code for a visit, as it is shown; an earlier one of the visit stops working.

    Raises `NotFound`, or `CodeUsed` when the visit has its comment or is sensitive.
    """
    row = visits.visit(session, viewer.practice_id, visit_public_id)
    if row is None or (viewer.site_ids and row.site_id not in viewer.site_ids):
        raise NotFound
    codes = issue_many(
        session, practice_id=viewer.practice_id, visit_ids=[row.id], key=key,
        moment=moment, account_id=viewer.account_id,
    )  # fmt: skip
    if not codes:
        raise CodeUsed
    return codes[row.id]


def visit_ids(session: Session, *, practice_id: int) -> dict[str, int]:
    """Return the number of every visit of a practice, by the practice's own id for it."""
    return visits.ids_by_ref(session, practice_id)


def issue_many(
    session: Session,
    *,
    practice_id: int,
    visit_ids: Sequence[int],
    key: bytes,
    moment: datetime,
    account_id: int | None = None,
) -> dict[int, str]:
    """Return a fresh code, as it is shown, for each visit that has no comment yet, by visit.

    A visit marked as sensitive gets none.
    """
    earlier = visits.invitations(session, visit_ids)
    spared = visits.sensitive(session, visit_ids)
    codes: dict[int, str] = {}
    for visit_id in visit_ids:
        if visit_id in spared:
            continue
        row = earlier.get(visit_id) or Invitation(practice_id=practice_id, visit_id=visit_id)
        if row.used_on is not None:
            continue
        code = make()
        row.code_hash, row.issued_at, row.expires_at = hashed(code, key), moment, moment + LASTS
        session.add(row)
        codes[visit_id] = shown(code)
    audit.note(
        session, practice_id=practice_id, account_id=account_id, moment=moment,
        verb="issue_codes", noun="invitation", facts={"codes": len(codes)},
    )  # fmt: skip
    session.commit()
    return codes


def issue_for_days(
    session: Session, *, viewer: Viewer, first: date, last: date, key: bytes, moment: datetime
) -> list[tuple[VisitCode, str]]:
    """Return each visit of some days that had no code yet, with its fresh code, as it is shown."""
    fresh = {
        visit.id: row
        for visit, row in _visits(session, viewer, first, last, moment)
        if row.state == "none"
    }
    codes = issue_many(
        session, practice_id=viewer.practice_id, visit_ids=list(fresh), key=key,
        moment=moment, account_id=viewer.account_id,
    )  # fmt: skip
    return [(fresh[visit_id], code) for visit_id, code in codes.items()]


def of_days(
    session: Session, *, viewer: Viewer, first: date, last: date, moment: datetime
) -> list[VisitCode]:
    """Return the visits of some days in a viewer's scope, newest first, and how their codes stand."""
    return [row for _, row in _visits(session, viewer, first, last, moment)]


def _visits(
    session: Session, viewer: Viewer, first: date, last: date, moment: datetime
) -> list[tuple[Visit, VisitCode]]:
    sites = {site.id: site.name for site in people.sites(session, viewer.practice_id)}
    found = visits.of_days(session, viewer.practice_id, viewer.site_ids, first, last)
    staff = visits.staff_on(session, [visit.id for visit, _ in found])
    return [
        (
            visit,
            VisitCode(
                visit_public_id=visit.public_id,
                visit_ref=visit.visit_ref,
                day=visit.local_day,
                channel=visit.channel,
                stage=visit.stage,
                site=sites[visit.site_id] if visit.site_id else "",
                staff=tuple(f"{p.given_name} {p.family_name}" for p in staff.get(visit.id, ())),
                state=_state(visit, invitation, moment),
            ),
        )
        for visit, invitation in found
    ]


def _state(visit: Visit, invitation: Invitation | None, moment: datetime) -> str:
    if visit.sensitive and (invitation is None or invitation.used_on is None):
        return "sensitive"
    if invitation is None:
        return "none"
    if invitation.used_on is not None:
        return "used"
    return "open" if invitation.expires_at > moment else "expired"


def posters(session: Session, *, viewer: Viewer) -> list[PosterCode]:
    """Return the sites in a viewer's scope and whether a poster's code works there."""
    hanging = visits.open_posters(session, viewer.practice_id)
    return [
        PosterCode(
            site.public_id, site.name, hanging[site.id].issued_at if site.id in hanging else None
        )
        for site in people.sites(session, viewer.practice_id)
        if not viewer.site_ids or site.id in viewer.site_ids
    ]


def issue_poster(
    session: Session, *, viewer: Viewer, site_public_id: str, key: bytes, moment: datetime
) -> str:
    """Return a fresh code for the poster of a site, as it is shown; the one before stops working.

    Raises `NotFound`.
    """
    site = visits.site(session, viewer.practice_id, site_public_id)
    if site is None or (viewer.site_ids and site.id not in viewer.site_ids):
        raise NotFound
    visits.take_down(session, site.id, moment)
    code = make()
    session.add(
        SiteCode(
            practice_id=site.practice_id,
            site_id=site.id,
            code_hash=hashed(code, key),
            issued_at=moment,
        )
    )
    audit.note(
        session, practice_id=site.practice_id, account_id=viewer.account_id, moment=moment,
        verb="issue_code", noun="site_code", noun_id=site.id,
    )  # fmt: skip
    session.commit()
    return shown(code)
