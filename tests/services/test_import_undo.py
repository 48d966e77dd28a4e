"""Undoing an import: what it added goes, what it changed is put back, what is in use stays."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.codes import invitation_code
from tests.support.world import KEY, NOW, World
from training.services import comments, import_undo, imports
from training.services.import_undo import TooLate, Undoing
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.base import Base
from training.store.tables import (
    Answer,
    Audit,
    Comment,
    CommentStaff,
    Decision,
    ImportChange,
    ImportRun,
    Match,
    Membership,
    Remark,
    Site,
    Staff,
    Visit,
    VisitStaff,
)

ROSTER_HEAD = "staff_id,given_name,family_name,role,active_from,active_to,site"
ADA = "S01,Ada,Moss,nurse,2020-01-01,,Elder Row"
BO = "S02,Bo,Fox,receptionist,2020-01-01,,Elder Row"
VISITS_HEAD = "visit_id,occurred_at,channel,stage,site"
V1 = "V1,2026-03-10T09:20,in_person,assessment,Elder Row"
V2 = "V2,2026-03-11T09:20,in_person,assessment,Elder Row"
COMMENTS_HEAD = "comment_id,left_on,text"


class Desk:
    """An admin who imports and undoes."""

    def __init__(self, session: Session, world: World) -> None:
        self.session, self.world = session, world
        account = world.account("admin")
        self.viewer = Viewer(
            account_id=account.id, practice_id=world.practice.id, staff_id=None, name="Ana",
            email=account.email,
            role="admin", may_review=False, may_safeguard=False, site_ids=(),
        )  # fmt: skip

    def run(self, kind: str, head: str, *rows: str, days_ago: int = 0) -> str:
        """Import a file and return the public id of the run."""
        imports.run(
            self.session, practice_id=self.world.practice.id, kind=kind, name=f"{kind}.csv",
            body="\n".join([head, *rows]).encode(), moment=NOW - timedelta(days=days_ago),
            account_id=self.viewer.account_id,
        )  # fmt: skip
        newest = select(ImportRun.public_id).order_by(ImportRun.id.desc()).limit(1)
        return str(self.session.scalar(newest))

    def would(self, public_id: str) -> Undoing:
        return import_undo.preview(
            self.session, viewer=self.viewer, public_id=public_id, moment=NOW
        )[1]

    def undo(self, public_id: str) -> Undoing:
        """Undo an import; it does just what was said before."""
        self.session.rollback()
        said = self.would(public_id)
        done = import_undo.undo(self.session, viewer=self.viewer, public_id=public_id, moment=NOW)
        self.session.expire_all()
        assert done == said
        return done

    def count(self, table: type[Base]) -> int:
        return self.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def desk(session: Session, world: World) -> Desk:
    return Desk(session, world)


def outcome(**counts: int) -> Undoing:
    none = dict.fromkeys(Undoing.__dataclass_fields__, 0)
    return Undoing(**(none | counts))


def test_a_visit_with_its_comment_stays_and_the_others_go_and_come_back_as_they_were(
    desk: Desk, session: Session
) -> None:
    """The example of the module: V1 and V2 new, V50 changed, a comment about V1 since."""
    desk.run("visits", VISITS_HEAD, "V50,2026-03-01T09:20,phone,request,Elder Row")
    run = desk.run("visits", VISITS_HEAD, V1, V2, "V50,2026-03-01T09:20,video,request,Elder Row")
    first = session.scalars(select(Visit).where(Visit.visit_ref == "V1")).one()
    desk.world.comment("Kind.", openness="known", visit_id=first.id)
    assert desk.undo(run) == outcome(removed=1, restored=1, in_use=1)
    left = {row.visit_ref: row.channel for row in session.scalars(select(Visit))}
    assert left == {"V1": "in_person", "V50": "phone"}


def test_a_roster_goes_with_its_teams_and_the_site_it_added(desk: Desk) -> None:
    run = desk.run("roster", ROSTER_HEAD, ADA, "S03,Cy,Ash,nurse,2020-01-01,,Mill Lane")
    assert (desk.count(Staff), desk.count(Membership), desk.count(Site)) == (2, 2, 2)
    assert desk.undo(run) == outcome(removed=2)
    assert (desk.count(Staff), desk.count(Membership), desk.count(Site)) == (0, 0, 1)


def test_a_new_role_is_put_back_with_the_team_it_came_from(desk: Desk, session: Session) -> None:
    desk.run("roster", ROSTER_HEAD, ADA, days_ago=3)
    before = [(m.role_group, m.starts_on, m.ends_on) for m in session.scalars(select(Membership))]
    run = desk.run("roster", ROSTER_HEAD, ADA.replace("nurse", "physician"))
    assert desk.count(Membership) == 2
    assert desk.undo(run) == outcome(restored=1)
    assert session.scalars(select(Staff)).one().role == "nurse"
    after = [(m.role_group, m.starts_on, m.ends_on) for m in session.scalars(select(Membership))]
    assert after == before


def test_somebody_with_an_account_stays_with_their_team_and_their_site(
    desk: Desk, session: Session
) -> None:
    run = desk.run("roster", ROSTER_HEAD, BO, "S03,Cy,Ash,nurse,2020-01-01,,Mill Lane")
    cy = session.scalars(select(Staff).where(Staff.given_name == "Cy")).one()
    desk.world.account(staff=cy)
    assert desk.undo(run) == outcome(removed=1, in_use=1)
    assert [row.given_name for row in session.scalars(select(Staff))] == ["Cy"]
    assert (desk.count(Membership), desk.count(Site)) == (1, 2)


def test_what_a_later_import_touched_stays_until_that_one_is_undone(
    desk: Desk, session: Session
) -> None:
    first = desk.run("roster", ROSTER_HEAD, ADA, days_ago=1)
    second = desk.run("roster", ROSTER_HEAD, ADA.replace("nurse", "physician"))
    assert desk.would(first) == outcome(later=1)
    desk.undo(second)
    assert desk.undo(first) == outcome(removed=1)
    assert desk.count(Staff) == 0


def test_what_was_changed_since_is_not_overwritten(desk: Desk, session: Session) -> None:
    desk.run("roster", ROSTER_HEAD, ADA)
    run = desk.run("roster", ROSTER_HEAD, ADA.replace("Moss", "Moore"))
    session.scalars(select(Staff)).one().family_name = "Moore-Fox"
    session.commit()
    assert desk.undo(run) == outcome(changed_since=1)
    assert session.scalars(select(Staff)).one().family_name == "Moore-Fox"


def test_visits_with_people_on_them_wait_for_that_import_to_be_undone_first(desk: Desk) -> None:
    desk.run("roster", ROSTER_HEAD, ADA)
    visits = desk.run("visits", VISITS_HEAD, V1)
    parts = desk.run("visit_staff", "visit_id,staff_id,part", "V1,S01,nursing")
    assert desk.would(visits) == outcome(in_use=1)
    assert desk.undo(parts) == outcome(removed=1)
    assert desk.undo(visits) == outcome(removed=1)
    assert (desk.count(Visit), desk.count(VisitStaff)) == (0, 0)


def test_who_was_on_a_visit_stays_once_its_comment_came_even_an_anonymous_one(
    desk: Desk, session: Session
) -> None:
    desk.run("roster", ROSTER_HEAD, ADA)
    desk.run("visits", VISITS_HEAD, V1, V2)
    parts = desk.run("visit_staff", "visit_id,staff_id", "V1,S01", "V2,S01")
    first = session.scalars(select(Visit).where(Visit.visit_ref == "V1")).one()
    code = invitation_code(session, first, KEY.encode())
    words = comments.Words(post_key="a" * 32, went_well="Kind.", about=())
    comments.leave(session, code=code, key=KEY.encode(), words=words, moment=NOW)
    assert desk.undo(parts) == outcome(removed=1, in_use=1)
    assert desk.count(CommentStaff) == 1


def test_a_visit_whose_code_is_in_a_patients_hand_stays(desk: Desk, session: Session) -> None:
    run = desk.run("visits", VISITS_HEAD, V1)
    invitation_code(session, session.scalars(select(Visit)).one(), KEY.encode())
    assert desk.undo(run) == outcome(in_use=1)


def test_comments_go_with_all_that_was_read_in_them_but_not_those_somebody_decided(
    desk: Desk, session: Session
) -> None:
    run = desk.run(
        "comments", COMMENTS_HEAD,
        "C1,2026-03-02,The nurse was rude to me and never listened.",
        "C2,2026-03-02,Everyone was kind and quick.",
    )  # fmt: skip
    kept = session.scalars(select(Remark).order_by(Remark.id)).first()
    assert kept is not None
    session.add(
        Decision(
            practice_id=desk.world.practice.id, remark_id=kept.id,
            account_id=desk.viewer.account_id, verb="system", before={}, version_after=1, at=NOW,
        )
    )  # fmt: skip
    session.commit()
    assert desk.undo(run) == outcome(removed=1, in_use=1)
    assert session.scalars(select(Comment.import_ref)).all() == ["C1"]
    numbers = {row.comment_id for row in session.scalars(select(Answer))}
    assert numbers == {kept.comment_id}
    assert {row.comment_id for row in session.scalars(select(Remark))} == numbers
    assert desk.count(Match) == 0


def test_undoing_twice_says_what_the_first_time_did_and_is_audited_once(
    desk: Desk, session: Session
) -> None:
    run = desk.run("roster", ROSTER_HEAD, ADA, BO)
    assert desk.undo(run) == desk.undo(run) == outcome(removed=2)
    rows = session.scalars(select(Audit).where(Audit.verb == "undo_import")).all()
    assert [(row.noun, row.facts["removed"]) for row in rows] == [("roster", 2)]
    assert desk.count(ImportChange) == 0


def test_after_undoing_the_same_file_is_new_again(desk: Desk) -> None:
    desk.undo(desk.run("roster", ROSTER_HEAD, ADA))
    desk.run("roster", ROSTER_HEAD, ADA)
    assert desk.count(Staff) == 1


def test_after_seven_days_it_is_too_late_and_the_trail_is_forgotten(
    desk: Desk, session: Session
) -> None:
    old = desk.run("roster", ROSTER_HEAD, ADA, days_ago=7)
    new = desk.run("roster", ROSTER_HEAD, BO, days_ago=6)
    shown = import_undo.recent(session, viewer=desk.viewer, moment=NOW)
    assert [(run.public_id, run.state) for run in shown] == [(new, "open")]
    with pytest.raises(TooLate):
        import_undo.undo(session, viewer=desk.viewer, public_id=old, moment=NOW)
    assert import_undo.forget_trails(session, moment=NOW) == 2  # a person and their team
    assert desk.undo(new) == outcome(removed=1)


def test_another_practices_import_is_not_there(
    desk: Desk, session: Session, other_world: World
) -> None:
    run = desk.run("roster", ROSTER_HEAD, ADA)
    other = Desk(session, other_world)
    with pytest.raises(NotFound):
        other.would(run)
    with pytest.raises(NotFound):
        import_undo.undo(session, viewer=other.viewer, public_id=run, moment=NOW)
