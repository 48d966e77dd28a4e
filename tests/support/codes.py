"""Codes that a test's patient holds."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tests.support.pages import Page
from tests.support.world import NOW
from training.services import codes
from training.store.tables import Site, SiteCode, Visit


def invitation_code(session: Session, visit: Visit, key: bytes, moment: datetime = NOW) -> str:
    """Return a fresh code that asks about a visit, as it is shown."""
    found = codes.issue_many(
        session, practice_id=visit.practice_id, visit_ids=[visit.id], key=key, moment=moment
    )
    return found[visit.id]


def poster_code(session: Session, site: Site, key: bytes) -> str:
    """Return the code of a poster at a site, as it is shown."""
    code = codes.make()
    session.add(
        SiteCode(
            practice_id=site.practice_id,
            site_id=site.id,
            code_hash=codes.hashed(code, key),
            issued_at=NOW,
        )
    )
    session.commit()
    return codes.shown(code)


def key_in(page: Page) -> str:
    """Return the random key that a patient's form carries."""
    return str(page.forms[0]["data"]["post_key"])


def said(page: Page, words: str, **more: Any) -> dict[str, Any]:
    """Return what a patient's browser posts: the form's own key, a text, and more answers."""
    return {"post_key": key_in(page), "went_well": words, **more}
