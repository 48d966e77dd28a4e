"""Setting up the fictional practice, by the same services that a real one uses.

    roster, visits ──import──► codes ──leave──► comments ──read (by the product)──► remarks
    an honest reviewer decides all but the newest ──► remarks shown, suggestions offered

Nothing read is stored in content/demo: what the demo shows is what Bedside made of the words.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from secrets import choice

from training import periods
from training.cli import demo_assessment, demo_assignment, demo_plan
from training.cli.demo_reviewer import Reviewer, full_name
from training.cli.support import bar
from training.demo.data import Account, Comment, DemoData
from training.demo.files import write_files
from training.extensions import bedside, db
from training.scenarios.catalogue import Catalogue
from training.services import (
    annotations,
    codes,
    comments,
    directory,
    imports,
    people,
    practices,
    priors,
    remarks,
    signing_in,
    suggestions,
    team_needs,
)
from training.services.annotations import Draft
from training.services.comments import Words
from training.services.people import Rights
from training.services.practices import Settings
from training.services.signing_in import Viewer

FFT = {5: "very_good", 4: "good", 3: "neither", 2: "poor", 1: "very_poor", "dont_know": "dont_know"}
WORDS = (
    "amber", "birch", "cedar", "daisy", "ember", "fern", "grove", "hazel",
    "iris", "jade", "lark", "maple", "nettle", "otter", "pebble",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody of the demo who can sign in."""

    name: str
    email: str
    password: str
    does: str


def set_up(data: DemoData, catalogue: Catalogue, *, moment: datetime) -> list[Login]:
    """Make the whole practice in an empty database; return who can sign in."""
    logins = [_login(account) for account in data.accounts]
    admin = _first_admin(data, logins, moment)
    _import(data, admin, moment)
    _invite(data, admin, logins, moment)
    _annotate(data, admin, moment)
    texts = _leave_and_read(data, admin)
    _decide(data, texts, moment)
    today = periods.local_day(moment, data.practice.time_zone)
    practice = admin.practice_id
    remarks.release(db.session(), practice_id=practice, moment=moment)
    demo_plan.make(zone=data.practice.time_zone, moment=moment)
    demo_assessment.take_part(data, moment=moment)
    demo_assignment.make(catalogue, zone=data.practice.time_zone, moment=moment)
    priors.fit(db.session(), practice_id=practice, today=today, moment=moment)
    team_needs.learn(db.session(), practice_id=practice, today=today, moment=moment)
    suggestions.refresh(
        db.session(), practice_id=practice, today=today, moment=moment, catalogue=catalogue
    )
    return logins


def _login(account: Account) -> Login:
    password = "-".join(choice(WORDS) for _ in range(4))
    permissions = [
        w for w, has in (("reviews", account.review), ("safeguards", account.safeguard)) if has
    ]
    return Login(account.name, account.email, password, ", ".join([account.role, *permissions]))


def _first_admin(data: DemoData, logins: list[Login], moment: datetime) -> Viewer:
    first = next(
        one for one, account in zip(logins, data.accounts, strict=True) if account.role == "admin"
    )
    token = people.create_admin(db.session(), name=first.name, email=first.email, moment=moment)
    _choose(token, first, moment)
    viewer = _viewer(first.email)
    it = data.practice
    settings = Settings(
        name=it.name, time_zone=it.time_zone, sites=it.sites, emergency_wording=it.emergency_wording,
        crisis_wording=it.crisis_wording, complaints_contact=it.complaints_contact,
        privacy_notice=it.privacy_notice, reading_on=True,
    )  # fmt: skip
    practices.change(db.session(), viewer=viewer, settings=settings, moment=moment)
    practices.offer_languages(
        db.session(),
        viewer=viewer,
        languages=list(it.wordings),
        wordings=it.wordings,
        moment=moment,
    )
    practices.become_demo(db.session(), practice_id=viewer.practice_id)
    safeguards = next(a.safeguard for a in data.accounts if a.email == first.email)
    row = next(r for r in directory.everyone(db.session(), viewer=viewer, today=moment.date()))
    people.change_rights(
        db.session(), viewer=viewer, account_public_id=row.account_public_id or "",
        rights=Rights("admin", may_safeguard=safeguards), moment=moment,
    )  # fmt: skip
    return _viewer(first.email)


def _choose(token: str, login: Login, moment: datetime) -> None:
    signing_in.choose_password(
        db.session(), token=token, password=login.password, hasher=bedside().hasher, moment=moment
    )


def _viewer(email: str) -> Viewer:
    found = signing_in.acting(db.session(), email=email)
    if found is None:
        raise LookupError(f"{email} cannot sign in")
    return found


def _import(data: DemoData, admin: Viewer, moment: datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = {path.stem: path for path in write_files(Path(folder), data)}
        for kind in ("roster", "visits", "visit_staff"):
            imports.run(
                db.session(), practice_id=admin.practice_id, kind=kind, name=files[kind].name,
                body=files[kind].read_bytes(), account_id=admin.account_id, moment=moment,
            )  # fmt: skip


def _invite(data: DemoData, admin: Viewer, logins: list[Login], moment: datetime) -> None:
    rows = {r.name: r for r in directory.everyone(db.session(), viewer=admin, today=moment.date())}
    names = {s.staff_id: full_name(s) for s in data.staff}
    for login, account in zip(logins, data.accounts, strict=True):
        if account.staff_id is None:
            continue
        rights = Rights(account.role, account.review, account.safeguard)
        _, token = people.invite(
            db.session(), viewer=admin, staff_public_id=rows[names[account.staff_id]].staff_public_id or "",
            email=login.email, rights=rights, moment=moment,
        )  # fmt: skip
        _choose(token, login, moment)


def _annotate(data: DemoData, admin: Viewer, moment: datetime) -> None:
    today = periods.local_day(moment, data.practice.time_zone)
    for note in data.annotations:
        draft = Draft(note.on_day, note.kind, note.text, topic=note.topic or "")
        annotations.write(db.session(), viewer=admin, draft=draft, today=today, moment=moment)


def _leave_and_read(data: DemoData, admin: Viewer) -> dict[tuple[str, ...], str]:
    """Leave every comment through its own code, and read each day's in the evening, as it was.

    Returns comment_ref by the comment's texts.
    """
    by_visit = _visit_codes(data, admin)
    posters = {
        p.site: codes.issue_poster(
            db.session(), viewer=admin, site_public_id=p.site_public_id, key=bedside().code_key,
            moment=data.comments[0].left_at - timedelta(days=1),
        )
        for p in codes.posters(db.session(), viewer=admin)
    }  # fmt: skip
    public_ids = {row.name: row.staff_public_id or "" for row in _roster(admin, data)}
    names = {s.staff_id: full_name(s) for s in data.staff}
    with bar("Leaving and reading comments", len(data.comments)) as progress:
        for _, day in groupby(data.comments, key=lambda comment: comment.left_at.date()):
            for comment in day:
                code = by_visit.get(comment.visit_ref or "") or posters[comment.site]
                words = _words(comment, [public_ids[names[s]] for s in comment.tapped])
                comments.leave(
                    db.session(), code=code, key=bedside().code_key, words=words,
                    moment=comment.left_at,
                )  # fmt: skip
            comments.read_waiting(db.session(), moment=comment.left_at, progress=progress)
    return {tuple(t for _, t in comment.answers): comment.comment_ref for comment in data.comments}


def _roster(admin: Viewer, data: DemoData) -> list[directory.PersonRow]:
    return directory.everyone(db.session(), viewer=admin, today=data.comments[-1].left_at.date())


def _visit_codes(data: DemoData, admin: Viewer) -> dict[str, str]:
    """Issue the codes day by day, as they were; return code by visit_ref."""
    days: dict[date, list[str]] = defaultdict(list)
    issued = {i.visit_ref: i.issued_at for i in data.invitations}
    for ref, at in issued.items():
        days[at.date()].append(ref)
    ids = codes.visit_ids(db.session(), practice_id=admin.practice_id)
    found: dict[str, str] = {}
    for refs in days.values():
        made = codes.issue_many(
            db.session(), practice_id=admin.practice_id, visit_ids=[ids[r] for r in refs],
            key=bedside().code_key, moment=min(issued[r] for r in refs), account_id=admin.account_id,
        )  # fmt: skip
        found |= {r: made[ids[r]] for r in refs}
    return found


def _words(comment: Comment, tapped: list[str]) -> Words:
    texts = dict(comment.answers)
    about = tuple(tapped) or (() if comment.about in {"unsaid", "staff"} else (comment.about,))
    return Words(
        post_key=comment.comment_ref,
        went_well=texts.get("went_well", ""),
        could_be_better=texts.get("could_be_better", ""),
        general=texts.get("general", ""),
        rating=FFT[comment.rating] if comment.rating is not None else None,
        about=about,
        stage=comment.stage,
        writer="patient",
        openness=comment.openness,
        contact=f"{comment.comment_ref.lower()}@post.example"
        if comment.openness == "contact"
        else "",
        may_learn=True,
    )


def _decide(data: DemoData, texts: Mapping[tuple[str, ...], str], now: datetime) -> None:
    reviewing = [a for a in data.accounts if a.review]
    reviewers = [Reviewer(_viewer(a.email), data, texts, now=now) for a in reviewing]
    length = sum(one.waiting() for one in reviewers[:1])
    with bar("Reviewing the older ones", length) as progress:
        for one in reviewers:
            one.decide_all(progress)


def choices(logins: list[Login], tell: Callable[[str], None]) -> None:
    """Say who can sign in, a line each."""
    width = max(len(one.email) for one in logins)
    for one in logins:
        tell(f"  {one.email:<{width}}  {one.password:<28} {one.name} ({one.does})")
