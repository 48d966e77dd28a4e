"""Cards that patients filled in on paper, typed in by staff at the site where they were handed over.

    a card, 12 March, Elder Row ──enter──► comment (source "paper", day 12 March), read like any other

A card has no visit, so nobody is tied to it by the roster; who typed it in stands in the audit.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from training import periods
from training.services import comments
from training.services.comments import Paper, Receipt, Words
from training.services.doors import Door
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import people, visits

OLDEST = timedelta(days=92)


class BadDay(ValueError):
    """A card was not written on such a day: it is yet to come, or over three months ago."""


@dataclass(frozen=True, slots=True)
class Card:
    """One card: the site it was handed in at, the day it was written, and what it says."""

    site_public_id: str
    day: date
    words: Words


def enter(session: Session, *, viewer: Viewer, card: Card, moment: datetime) -> Receipt:
    """Keep a card and commit; reading it comes after, as with every comment.

    Raises `NotFound` for a site outside the viewer's scope, `BadDay`, or `comments.BadWords`.
    """
    site = visits.site(session, viewer.practice_id, card.site_public_id)
    if site is None or (viewer.site_ids and site.id not in viewer.site_ids):
        raise NotFound
    zone = people.practice(session, viewer.practice_id).time_zone
    today = periods.local_day(moment, zone)
    if not today - OLDEST <= card.day <= today:
        raise BadDay
    door = Door(viewer.practice_id, zone, site.id, site.name, closed=False)
    paper = Paper(card.day, viewer.account_id)
    return comments.keep(session, door=door, words=card.words, moment=moment, paper=paper)
