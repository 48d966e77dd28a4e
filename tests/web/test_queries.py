"""No page sends more statements to the database when there are three times more rows.

A practice is filled once; every page that its people can reach is found by following links, as they
would, and its statements are counted. Then there is three times as much, and they are counted again.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from bench import crawl
from tests.support.codes import invitation_code, poster_code
from tests.support.pages import Pages
from tests.support.world import NOW, TODAY, World
from training.extensions import bedside, db
from training.scenarios import catalogue
from training.services import board, imports, plan_work, plans, plays, undoing
from training.services.plans import Draft
from training.services.signing_in import Viewer, acting
from training.store.tables import (
    Account,
    Annotation,
    Assignment,
    Dispute,
    ImportRun,
    Mask,
    Match,
    Reflection,
    Remark,
    ReviewNote,
    Staff,
)
from training.store.topics import Topics

# Pages that nobody reaches by a link, and why.
EXCUSED = {
    "account.link": "opened from a message",
    "account.set_up": "answers before there is an admin alone",
    "account.sign_in": "asks for nobody's rows",
    "account.forgotten": "asks for nobody's rows",
    "account.ping": "asks for no row",
    "account.start": "leads on",
    "admin.import_faults": "a file, after a form",
    "admin.import_file": "after a form",
    "admin.withdraw_one": "after a form",
    "assets.file": "a file",
    "manager.certain_done": "after a form",
    "manager.ten_minutes": "leads on",
    "manager.trends_svg": "a file, where there is a chart",
    "patient.kiosk": "opened from a link shown once",
    "patient.kiosk_thanks": "after a form",
    "patient.stop": "opened from a message",
    "patient.thanks": "after a form",
    "staff.portfolio_csv": "a file, after a form",
    "staff.portfolio_made": "after a form",
    "staff.refresher": "after a form",
}


class Practice:
    """A practice that grows: one person's pages are looked at while everything becomes more."""

    def __init__(self, world: World, session: Session) -> None:
        self.world, self.session = world, session
        self.nurse = world.staff("Nia", "Reed")
        self.people = {
            "nurse": world.account(staff=self.nurse),
            "manager": world.account("manager", staff=world.staff("Max", "Lane", role="physician")),
            "reviewer": world.account("manager", review=True, safeguard=True),
            "admin": world.account("admin"),
        }

    def fill(self) -> None:
        """Add some of everything."""
        world, session = self.world, self.session
        site = world.site(f"Site {world.practice.id} {session.query(Staff).count()}")
        for number in range(4):
            person = world.staff(f"Given{number}", "Family", site=site)
            if number % 2:
                world.account(staff=person, sites=[site])
            visit = world.visit(person, self.nurse, site=site)
            if number % 2:
                invitation_code(session, visit, bedside().code_key)
            self._comments(person)
            self._assign(person)
        self._assign(self.nurse)
        self._play()
        self._import()
        self._plan()
        session.add(
            Annotation(
                practice_id=world.practice.id, on_day=TODAY - timedelta(days=40), kind="training",
                topic=None, text="Training",
            )
        )  # fmt: skip
        session.commit()

    def _comments(self, person: Staff) -> None:
        day = TODAY - timedelta(days=35)
        world, nurse = self.world, self.nurse
        shown: dict[str, Any] = {
            "state": "confirmed",
            "match_state": "confirmed",
            "shown_at": NOW,
            "day": day,
        }
        world.read_comment("She was rude and cold.", about=nurse, on_visit=[nurse], **shown)
        _, remark, _ = world.read_comment("She never listened.", about=nurse, **shown)
        self._beside(remark)
        _, remark, match = world.read_comment("She shouted.", about=nurse, **shown)
        self._disputed(remark, match)
        world.read_comment(
            "She was so kind.", about=nurse, sentiment="positive", state="settled", shown_at=NOW,
            day=day,
        )  # fmt: skip
        world.read_comment("He was rude.", about=person, on_visit=[person, nurse], day=day)
        world.read_comment("The phone.", theme="phone_system", skill=None, state="settled", day=day)
        world.read_comment("I nearly died.", severity=3, hold="safety", day=day)
        world.read_comment("Once more.", about=person, hold="doubtful", doubt="alike", day=day)

    def _beside(self, remark: Remark) -> None:
        """Add what people say about a remark, each by somebody."""
        of = {"practice_id": self.world.practice.id}
        reviewer = self.people["reviewer"].id
        self.session.add_all(
            [
                Reflection(
                    **of, staff_id=self.nurse.id, remark_id=remark.id, words="Hm.", written_at=NOW
                ),
                Mask(
                    **of, comment_id=remark.comment_id, answer_id=remark.answer_id, start=0, stop=3,
                    reason="contact", account_id=reviewer, at=NOW,
                ),
                ReviewNote(
                    **of, comment_id=remark.comment_id, account_id=reviewer, words="Look.", at=NOW
                ),
            ]
        )  # fmt: skip
        self.session.commit()

    def _disputed(self, remark: Remark, match: Match) -> None:
        """Let the nurse say that a remark is not about her."""
        before = undoing.memory(remark, [match], Topics(skills=("empathy",)))
        remark.state = match.state = "disputed"
        self.session.add(
            Dispute(
                practice_id=self.world.practice.id, remark_id=remark.id, staff_id=self.nurse.id,
                ground="not_about_me", words="It was not me.", before=before, made_at=NOW,
                made_on=TODAY, due_on=TODAY + timedelta(days=14),
            )
        )  # fmt: skip
        self.session.commit()

    def _assign(self, person: Staff) -> None:
        asked = self.session.query(Assignment).filter_by(staff_id=person.id).count()
        self.session.add(
            Assignment(
                practice_id=person.practice_id, staff_id=person.id, note="Please.",
                scenario=[one.slug for one in catalogue.load()][asked], due_on=TODAY,
                assigned_by=self.people["manager"].id, assigned_at=NOW,
            )
        )  # fmt: skip
        self.session.commit()

    def _play(self) -> None:
        me = acting(self.session, email=self.people["nurse"].email)
        assert me is not None
        rehearse(self.session, me, whole=True)
        rehearse(self.session, me, whole=False)

    def _plan(self) -> None:
        """Start a plan, work on it, and tell patients."""
        me = acting(self.session, email=self.people["manager"].email)
        assert me is not None
        owner = self.people["manager"].public_id
        draft = Draft(
            "Phones", "Aim", "Change", "phone_system", "", "", owner, 0.1, TODAY, ("A", "B")
        )
        plan = plans.start(self.session, viewer=me, draft=draft, moment=NOW)
        plan_work.add_review(self.session, viewer=me, public_id=plan, on_day=TODAY, moment=NOW)
        plan_work.write_note(
            self.session, viewer=me, public_id=plan, phase="do", words="Done.", moment=NOW
        )
        board.publish(
            self.session, viewer=me, public_id=plan, said="Phones ring.", did="Two more lines.",
            today=TODAY, moment=NOW,
        )  # fmt: skip

    def _import(self) -> None:
        number = self.session.query(ImportRun).count()
        imports.run(
            self.session, practice_id=self.world.practice.id, kind="visits", name="v.csv",
            body=f"visit_id,occurred_at,channel,stage\nI{number},2026-03-10T09:20,phone,request\n"
            .encode(), moment=NOW, account_id=self.people["admin"].id,
        )  # fmt: skip


def rehearse(session: Session, me: Viewer, *, whole: bool) -> None:
    """Begin a conversation; if `whole`, go through it by the first choice of each moment."""
    every = catalogue.load()
    slug = every.for_role("nurse")[0].slug
    number = plays.start(session, viewer=me, slug=slug, catalogue=every, moment=NOW)
    while whole:
        at = plays.look(session, viewer=me, public_id=number).position
        if at.ending is not None:
            return
        plays.choose(
            session, viewer=me, public_id=number, number=at.number, scene=at.place,
            choice=at.replies[0].id, moment=NOW,
        )  # fmt: skip


def counted(
    app: Flask, pages: dict[str, Pages], found: dict[str, dict[str, str]]
) -> dict[str, int]:
    """Return how many statements each page sends, asked for a second time."""
    numbers = {}
    for who, addresses in found.items():
        for endpoint, address in addresses.items():
            pages[who].client.get(address)
            with crawl.statements(db.engine) as sent:
                assert pages[who].client.get(address).status_code == 200, address
            numbers[f"{who}: {endpoint} ({address})"] = len(sent)
    return numbers


def reachable(app: Flask) -> set[str]:
    """Return the endpoints that answer a GET."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}


def test_three_times_the_rows_send_no_more_statements(
    app: Flask,
    world: World,
    session: Session,
    sign_in: Callable[[Account], Pages],
    stranger: Pages,
) -> None:
    practice = Practice(world, session)
    practice.fill()
    pages = {who: sign_in(account) for who, account in practice.people.items()}
    rehearsed = f"/conversations/{catalogue.load().for_role('nurse')[0].slug}"
    asked = ["/", "/ping/signed-in", rehearsed]
    found = {who: crawl.find(app, one.client, asked) for who, one in pages.items()}
    pages["patient"] = stranger
    visit = world.visit(practice.nurse)
    starts = [
        "/sign-in",
        f"/c/{invitation_code(session, visit, bedside().code_key)}",
        f"/c/{poster_code(session, world.site_one, bedside().code_key)}",
    ]
    found["patient"] = crawl.find(app, stranger.client, starts)
    before = counted(app, pages, found)
    practice.fill()
    practice.fill()
    after = counted(app, pages, found)
    grown = {page: (before[page], n) for page, n in after.items() if n > before[page]}
    assert grown == {}, "before and after"
    missed = reachable(app) - {name for addresses in found.values() for name in addresses}
    assert sorted(missed - set(EXCUSED)) == []
