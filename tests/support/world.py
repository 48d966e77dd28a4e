"""A small practice to test in: each call adds one thing and returns its row."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from training.services import case_opening
from training.store.tables import (
    Account,
    AccountSite,
    Answer,
    Comment,
    CommentStaff,
    Match,
    Membership,
    Practice,
    Remark,
    RemarkSkill,
    RemarkTheme,
    Site,
    Staff,
    Visit,
    VisitStaff,
)

Row = TypeVar("Row")

NOW = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)
TODAY = date(2026, 3, 16)
PASSWORD = "three plain words"
KEY = "a key that only the tests know, long enough"

GROUPS = {
    "receptionist": "front_desk",
    "call_handler": "phone",
    "nurse": "nursing",
    "physician": "clinicians",
}


class World:
    """Builds rows of one practice; a second `World` on the same session is another practice."""

    def __init__(
        self, session: Session, name: str = "Elder Row Surgery", hasher: Any = None
    ) -> None:
        self.session = session
        self.hasher = hasher
        self._n = count(1)
        self.practice = self._add(
            Practice(
                name=name,
                created_at=NOW - timedelta(days=400),
                set_up_at=NOW - timedelta(days=400),
                emergency_wording="In an emergency call 999.",
                crisis_wording="In a crisis call 111.",
                complaints_contact="The practice manager will write back.",
                privacy_notice="We keep what you write for two years.",
            )
        )
        self.site_one = self.site("Elder Row")

    def _add(self, row: Row) -> Row:
        self.session.add(row)
        self.session.commit()
        return row

    def site(self, name: str) -> Site:
        """Add a site."""
        return self._add(Site(practice_id=self.practice.id, name=name))

    def staff(
        self,
        given: str = "Ada",
        family: str = "Moss",
        *,
        role: str = "nurse",
        site: Site | None = None,
        **more: Any,
    ) -> Staff:
        """Add a row of the roster, in its team since a year ago."""
        place = site or self.site_one
        row = self._add(
            Staff(
                practice_id=self.practice.id,
                roster_id=more.pop("roster_id", f"S{next(self._n):03}"),
                given_name=given,
                family_name=family,
                role=role,
                site_id=place.id,
                active_from=more.pop("active_from", TODAY - timedelta(days=900)),
                **more,
            )
        )
        self._add(
            Membership(
                practice_id=self.practice.id,
                staff_id=row.id,
                site_id=place.id,
                role_group=GROUPS.get(role, "managers"),
                starts_on=TODAY - timedelta(days=900),
            )
        )
        return row

    def account(
        self,
        role: str = "staff",
        *,
        staff: Staff | None = None,
        review: bool = False,
        safeguard: bool = False,
        sites: Sequence[Site] = (),
        name: str = "",
        email: str = "",
    ) -> Account:
        """Add somebody who can sign in with `PASSWORD`."""
        n = next(self._n)
        row = self._add(
            Account(
                practice_id=self.practice.id,
                staff_id=staff.id if staff else None,
                name=name
                or (f"{staff.given_name} {staff.family_name}" if staff else f"{role.title()} {n}"),
                email=email or f"{role}{n}.p{self.practice.id}@elder.example",
                role=role,
                may_review=review,
                may_safeguard=safeguard,
                password_hash=self.hasher.hash(PASSWORD) if self.hasher else "!",
                created_at=NOW,
            )
        )
        for site in sites:
            self._add(AccountSite(practice_id=self.practice.id, account_id=row.id, site_id=site.id))
        return row

    def visit(
        self,
        *staff: Staff,
        day: date = TODAY,
        stage: str = "assessment",
        channel: str = "in_person",
        site: Site | None = None,
    ) -> Visit:
        """Add a visit with people on it."""
        row = self._add(
            Visit(
                practice_id=self.practice.id,
                visit_ref=f"V{next(self._n):04}",
                occurred_at=datetime(day.year, day.month, day.day, 9, 20, tzinfo=UTC),
                local_day=day,
                channel=channel,
                stage=stage,
                site_id=(site or self.site_one).id,
            )
        )
        for person in staff:
            self._add(
                VisitStaff(
                    practice_id=self.practice.id, visit_id=row.id, staff_id=person.id, part=""
                )
            )
        return row

    def comment(
        self,
        text: str = "Everyone was kind.",
        *,
        day: date = TODAY,
        question: str = "general",
        on_visit: Sequence[Staff] = (),
        tapped: Sequence[Staff] = (),
        site: Site | None = None,
        **more: Any,
    ) -> Comment:
        """Add a comment that waits to be read, with one answer."""
        row = self._add(
            Comment(
                practice_id=self.practice.id,
                source="import",
                openness=more.pop("openness", "anonymous"),
                import_ref=f"C{next(self._n):05}",
                site_id=(site or self.site_one).id,
                stage=more.pop("stage", "assessment"),
                channel=more.pop("channel", "in_person"),
                had_visit=bool(on_visit),
                may_learn=more.pop("may_learn", True),
                received_at=datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC),
                local_day=day,
                **more,
            )
        )
        self._add(
            Answer(practice_id=self.practice.id, comment_id=row.id, question=question, text=text)
        )
        for person in {p.id: p for p in (*on_visit, *tapped)}.values():
            self._add(
                CommentStaff(
                    practice_id=self.practice.id,
                    comment_id=row.id,
                    staff_id=person.id,
                    on_visit=person in on_visit,
                    tapped=person in tapped,
                )
            )
        return row

    def read_comment(
        self,
        text: str,
        *,
        about: Staff | None = None,
        sentiment: str = "negative",
        skill: str | None = "empathy",
        theme: str | None = None,
        cause: str | None = None,
        state: str = "waiting",
        match_state: str = "proposed",
        certain: bool = True,
        severity: int = 1,
        hold: str = "none",
        shown_at: datetime | None = None,
        **more: Any,
    ) -> tuple[Comment, Remark, Match | None]:
        """Add a comment as it stands after reading: one remark over the whole text, and its match.

        One that is held for safety has its case, opened when it came.
        """
        comment = self.comment(text, **more)
        comment.reading_state, comment.read_at, comment.reader = (
            "read",
            comment.received_at,
            "test/1",
        )
        comment.sentiment, comment.score, comment.severity = (
            sentiment,
            {"positive": 0.8, "negative": -0.8}.get(sentiment, 0.0),
            severity,
        )
        comment.language, comment.hold = "en", hold
        answer = self.session.query(Answer).filter_by(comment_id=comment.id).one()
        remark = self._add(
            Remark(
                practice_id=self.practice.id,
                comment_id=comment.id,
                answer_id=answer.id,
                start=0,
                stop=len(text),
                sentiment=sentiment,
                score=comment.score,
                why=[],
                state=state,
                cause=cause or ("person" if about else "system" if theme else "team"),
            )
        )
        if theme:
            self._add(RemarkTheme(practice_id=self.practice.id, remark_id=remark.id, theme=theme))
        if skill:
            self._add(RemarkSkill(practice_id=self.practice.id, remark_id=remark.id, skill=skill))
        match = None
        if about is not None:
            match = self._add(
                Match(
                    practice_id=self.practice.id,
                    remark_id=remark.id,
                    staff_id=about.id,
                    certain=certain,
                    confidence=0.95 if certain else 0.6,
                    evidence=["named", "on_visit"],
                    state=match_state,
                    decided_at=comment.received_at if match_state != "proposed" else None,
                    shown_at=shown_at,
                )
            )
        if hold == "safety":
            case_opening.ensure(self.session, comment=comment, moment=comment.received_at)
        self.session.commit()
        return comment, remark, match
