"""Whatever is decided, disputed, undone, handed over and erased, in any order: the sums are the rows' own.

random walk ─► after each step: counts.by_topic, counts.by_team, evidence  ==  counted anew, in plain Python
the same decisions in six orders ─► the same sums
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import (
    case_opening,
    case_work,
    corrections,
    decisions,
    dispute_decisions,
    disputes,
    evidence,
    undoing,
    withdrawing,
)
from training.services.case_opening import NotSaid
from training.services.case_work import Changed
from training.services.decisions import AlreadyDecided, NotChosen
from training.services.disputes import NotDisputable
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.services.undoing import TooLate
from training.store import counts
from training.store.tables import (
    Case,
    Comment,
    Decision,
    Dispute,
    Match,
    Membership,
    Remark,
    RemarkSkill,
    Staff,
)

REFUSED = (
    NotFound, AlreadyDecided, NotChosen, TooLate, NotDisputable, Changed, NotSaid,
)  # fmt: skip
Sums = dict[str, dict[Any, Any]]


class Surgery:
    """Four people of two teams, two who review and safeguard, and what patients said."""

    def __init__(self, session: Session, name: str) -> None:
        self.session = session
        self.world = World(session, name=name)
        roles = (("Ada", "nurse"), ("Bo", "nurse"), ("Cy", "receptionist"), ("Di", "receptionist"))
        self.staff = [self.world.staff(given, "Moss", role=role) for given, role in roles]
        self.persons = [
            viewer_of(session, self.world.account(staff=person)) for person in self.staff
        ]
        self.reviewers = [
            viewer_of(session, self.world.account("admin", review=True, safeguard=True))
            for _ in range(2)
        ]
        self.remarks = [self._said(number).public_id for number in range(12)]

    def _said(self, number: int) -> Remark:
        about = self.staff[number % 4]
        given = {
            "about": about, "on_visit": [about], "day": TODAY - timedelta(days=60 - number),
            "skill": ("empathy", "explaining")[number % 2], "sentiment": "negative",
        }  # fmt: skip
        if number % 3 == 0:
            given |= {"sentiment": "positive", "state": "settled", "shown_at": NOW}
        if number % 3 == 1:
            given |= {"state": "confirmed", "match_state": "confirmed", "shown_at": NOW}
        _, remark, match = self.world.read_comment(f"Said number {number}.", **given)
        assert match is not None
        if number % 4 == 2:  # somebody else may be meant as well
            self._tie(remark, self.staff[(number + 1) % 4])
        return remark

    def _tie(self, remark: Remark, person: Staff) -> None:
        self.session.add(
            Match(
                practice_id=remark.practice_id, remark_id=remark.id, staff_id=person.id,
                confidence=0.6, certain=False, evidence=["role"], state="proposed",
            )
        )  # fmt: skip
        self.session.commit()

    def mine(self, table: Any) -> list[Any]:
        """Every row of the practice in a table, as the database holds it."""
        self.session.rollback()
        self.session.expire_all()
        rows = self.session.query(table).filter_by(practice_id=self.world.practice.id)
        return list(rows.order_by(table.id))

    def remark(self, public_id: str) -> Remark | None:
        return next((row for row in self.mine(Remark) if row.public_id == public_id), None)


# --- The sums, as the services give them and counted anew ----------------------------------------


def shown(at: Surgery) -> Sums:
    """What the pages are drawn from."""
    at.session.rollback()
    scope = counts.Scope(at.world.practice.id, None, date(2025, 1, 1), date(2027, 1, 1))
    topics, teams = counts.by_topic(at.session, scope), counts.by_team(at.session, scope)
    words = evidence.count(at.session, practice_id=at.world.practice.id, today=TODAY).words
    return {
        "topics": {slug: _triple(one) for slug, one in topics.items()},
        "teams": {slug: _triple(one) for slug, one in teams.items()},
        "persons": {key: sorted(word.remark_id for word in found) for key, found in words.items()},
    }


def _triple(one: counts.TopicCounts) -> tuple[int, int, int]:
    parts = (one.comments, one.praise, one.criticism)
    return tuple(sum(cells.values()) for cells in parts)  # type: ignore[return-value]


@dataclass
class Recount:
    """The sums counted from the rows alone, by rules written out anew."""

    at: Surgery
    topics: dict[str, list[set[int]]] = field(default_factory=lambda: defaultdict(_three))
    teams: dict[str, list[set[int]]] = field(default_factory=lambda: defaultdict(_three))
    persons: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def sums(self) -> Sums:
        comments = {row.id: row for row in self.at.mine(Comment)}
        remarks = self.at.mine(Remark)
        skills = {row.remark_id: row.skill for row in self.at.mine(RemarkSkill)}
        groups = {row.staff_id: row.role_group for row in self.at.mine(Membership)}
        ties: dict[int, list[Match]] = defaultdict(list)
        for match in self.at.mine(Match):
            ties[match.remark_id].append(match)
        unsure = self._unsure(comments, remarks)
        for remark in remarks:
            comment = comments[remark.comment_id]
            if comment.reading_state != "read" or comment.hold != "none":
                continue
            if remark.state in ("rejected", "disputed"):
                continue
            self._put(self.topics, skills[remark.id], remark)
            for match in ties[remark.id]:
                sure = match.state == "confirmed" or (match.state == "proposed" and match.certain)
                if sure:
                    self._put(self.teams, groups[match.staff_id], remark)
                if sure and remark.state != "system" and comment.id not in unsure:
                    self.persons[match.staff_id, skills[remark.id]].append(remark.id)
        return {
            "topics": {slug: tuple(map(len, found)) for slug, found in self.topics.items()},
            "teams": {slug: tuple(map(len, found)) for slug, found in self.teams.items()},
            "persons": {key: sorted(found) for key, found in self.persons.items()},
        }

    def _unsure(self, comments: dict[int, Comment], remarks: list[Remark]) -> set[int]:
        """Comments that no person-level sum may hold: from the first that waits on, or disputed."""
        waiting = [
            comments[remark.comment_id].local_day
            for remark in remarks
            if remark.state == "waiting" and comments[remark.comment_id].hold == "none"
        ]
        end = min(waiting, default=TODAY)
        frozen = {row.comment_id for row in remarks if row.state in ("waiting", "disputed")}
        return frozen | {number for number, row in comments.items() if row.local_day >= end}

    def _put(self, table: dict[str, list[set[int]]], key: str, remark: Remark) -> None:
        every, praise, criticism = table[key]
        every.add(remark.comment_id)
        signs = {"positive": praise, "negative": criticism}
        if remark.sentiment in signs:
            signs[remark.sentiment].add(remark.comment_id)


def _three() -> list[set[int]]:
    return [set(), set(), set()]


ON = {  # the states of the remark that a step is about
    **dict.fromkeys(("confirm", "move", "reject", "system"), ("waiting",)),
    "dispute": ("settled", "confirmed"),
    **dict.fromkeys(("withdraw_dispute", "keep", "uphold"), ("disputed",)),
}

# --- A walk ----------------------------------------------------------------------------------------


class Walk:
    """Takes one step after another, each by chance; what is refused changes nothing."""

    def __init__(self, at: Surgery, seed: int) -> None:
        self.at, self.session, self.random = at, at.session, Random(seed)
        self.done: Counter[str] = Counter()
        self.steps: dict[str, Callable[[Viewer, Remark], object]] = {
            "confirm": self.confirm, "move": self.move, "reject": self.reject,
            "system": self.system, "correct": self.correct, "undo": self.undo,
            "dispute": self.dispute, "withdraw_dispute": self.withdraw_dispute,
            "keep": self.keep, "uphold": self.uphold, "hand_over": self.hand_over,
            "close": self.close, "reopen": self.reopen, "erase": self.erase,
        }  # fmt: skip

    def step(self, name: str) -> bool:
        """Try a step with everybody and everything it could be about; say whether one was taken."""
        pairs = list(product(self.at.reviewers, self.at.remarks))
        self.random.shuffle(pairs)
        for who, public_id in pairs:
            remark = self.at.remark(public_id)
            if remark is None or remark.state not in ON.get(name, (remark.state,)):
                continue
            try:
                self.steps[name](who, remark)
            except REFUSED:
                self.session.rollback()
            else:
                self.done[name] += 1
                return True
        return False

    def on(self, who: Viewer, remark: Remark) -> dict[str, Any]:
        return {
            "viewer": who, "remark_public_id": remark.public_id, "version": remark.version,
            "moment": NOW,
        }  # fmt: skip

    def confirm(self, who: Viewer, remark: Remark) -> None:
        decisions.confirm(self.session, **self.on(who, remark))

    def move(self, who: Viewer, remark: Remark) -> None:
        to = self.random.choice(self.at.staff).public_id
        decisions.move(self.session, staff_public_id=to, **self.on(who, remark))

    def reject(self, who: Viewer, remark: Remark) -> None:
        decisions.reject(self.session, **self.on(who, remark))

    def system(self, who: Viewer, remark: Remark) -> None:
        decisions.put_down_to_system(self.session, **self.on(who, remark))

    def correct(self, who: Viewer, remark: Remark) -> None:
        sentiment = self.random.choice(["positive", "negative"])
        topic = self.random.choice(["empathy", "explaining"])
        corrections.correct(self.session, sentiment=sentiment, topic=topic, **self.on(who, remark))

    def undo(self, who: Viewer, remark: Remark) -> None:
        made = [row for row in self.at.mine(Decision) if row.remark_id == remark.id]
        public_id = made[-1].public_id if made else "nothing"
        undoing.undo(self.session, viewer=who, public_id=public_id, moment=NOW)

    def dispute(self, _who: Viewer, remark: Remark) -> None:
        disputes.dispute(
            self.session, viewer=self.random.choice(self.at.persons),
            remark_public_id=remark.public_id, words="", moment=NOW,
            ground=self.random.choice(["not_about_me", "abusive"]),
        )  # fmt: skip

    def one_dispute(self) -> Dispute:
        found = [row for row in self.at.mine(Dispute) if row.closed_at is None]
        if not found:
            raise NotFound
        return self.random.choice(found)

    def withdraw_dispute(self, _who: Viewer, _remark: Remark) -> None:
        made = self.one_dispute()
        [me] = [one for one in self.at.persons if one.staff_id == made.staff_id]
        disputes.withdraw(self.session, viewer=me, public_id=made.public_id, moment=NOW)

    def decided(self, who: Viewer) -> dict[str, Any]:
        made = self.one_dispute()
        version = self.session.get_one(Remark, made.remark_id).version
        return {"viewer": who, "public_id": made.public_id, "version": version, "moment": NOW}

    def keep(self, who: Viewer, _remark: Remark) -> None:
        dispute_decisions.keep(self.session, **self.decided(who))

    def uphold(self, who: Viewer, _remark: Remark) -> None:
        system = self.random.random() < 0.5
        dispute_decisions.uphold(self.session, system=system, **self.decided(who))

    def hand_over(self, who: Viewer, remark: Remark) -> None:
        comment = self.session.get_one(Comment, remark.comment_id)
        case_opening.hand_over(
            self.session, viewer=who, public_id=comment.public_id, kind="privacy", words="Look.",
            moment=NOW,
        )  # fmt: skip

    def case(self, who: Viewer) -> dict[str, Any]:
        found = self.at.mine(Case)
        if not found:
            raise NotFound
        case = self.random.choice(found)
        return {"viewer": who, "public_id": case.public_id, "version": case.version, "moment": NOW}

    def close(self, who: Viewer, _remark: Remark) -> None:
        may_count = self.random.random() < 0.7
        case_work.close(
            self.session, outcome="no_concern", words="Read.", may_count=may_count,
            **self.case(who),
        )  # fmt: skip

    def reopen(self, who: Viewer, _remark: Remark) -> None:
        case_work.open_again(self.session, words="Again.", **self.case(who))

    def erase(self, who: Viewer, remark: Remark) -> None:
        comment = self.session.get_one(Comment, remark.comment_id)
        withdrawing.withdraw(self.session, viewer=who, reference=comment.public_id, moment=NOW)


@pytest.mark.parametrize("seed", [1, 2])
def test_h09_after_every_step_of_a_walk_the_sums_are_those_of_the_rows(
    session: Session, seed: int
) -> None:
    at = Surgery(session, f"Surgery {seed}")
    assert shown(at) == Recount(at).sums()
    walk, seen = Walk(at, seed), set[str]()
    bag = [*walk.steps] * 2 + ["dispute"] * 4
    walk.random.shuffle(bag)
    for name in [*bag, *walk.steps]:
        if walk.step(name):
            found = shown(at)
            assert found == Recount(at).sums(), (seed, name, walk.done)
            seen.add(repr(found))
    assert len(walk.done) >= len(walk.steps) - 1, "a step that never succeeded tests nothing"
    assert len(seen) > 15


# --- Orders ----------------------------------------------------------------------------------------


def orders() -> Iterator[list[int]]:
    numbers = list(range(12))
    yield list(numbers)
    yield numbers[::-1]
    for seed in range(2):
        Random(seed).shuffle(numbers)
        yield list(numbers)


def decide(at: Surgery, number: int) -> None:
    """Make the one decision of a remark, which depends on its number alone."""
    remark = at.remark(at.remarks[number])
    assert remark is not None
    given = {
        "viewer": at.reviewers[0], "remark_public_id": remark.public_id,
        "version": remark.version, "moment": NOW,
    }  # fmt: skip
    if remark.state == "waiting":
        verbs: list[Callable[..., object]] = [decisions.confirm, decisions.reject]
        verbs[number // 3 % 2](at.session, **given)
    elif remark.state == "confirmed":
        me = at.persons[number % 4]
        public_id = disputes.dispute(
            at.session, viewer=me, remark_public_id=remark.public_id, ground="not_about_me",
            words="", moment=NOW,
        )  # fmt: skip
        version = at.session.get_one(Remark, remark.id).version
        given = {"viewer": at.reviewers[1], "public_id": public_id, "version": version}
        if number % 2:
            dispute_decisions.keep(at.session, moment=NOW, **given)
        else:
            dispute_decisions.uphold(at.session, system=False, moment=NOW, **given)
    else:
        corrections.correct(at.session, sentiment="negative", topic="", **given)


def named(at: Surgery) -> Sums:
    """The sums without the numbers that differ from one practice to another."""
    found = shown(at)
    names = {person.id: person.given_name for person in at.staff}
    found["persons"] = {
        (names[who], skill): len(words) for (who, skill), words in found["persons"].items()
    }
    return found


def test_the_same_decisions_in_any_order_leave_the_same_sums(session: Session) -> None:
    ends = []
    for number, order in enumerate(orders()):
        at = Surgery(session, f"Surgery {number}")
        before = named(at)
        for one in order:
            decide(at, one)
        ends.append(named(at))
        assert ends[-1] != before
        assert ends[-1] == ends[0]
