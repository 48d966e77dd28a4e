"""J02: what a manager sees of persons, laid beside teams, trends and their files, isolates nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import person_page, teams, trend_files, trends
from training.services.person_page import Band, PersonPage
from training.services.signing_in import Viewer
from training.store.tables import Answer, Comment, Match, Remark, Staff

FEBRUARY = date(2026, 2, 2)
TOLD = NOW - timedelta(days=20)  # two weeks before the manager looks, as it must be
SIZES = (0, 0, 2, 3, 4, 6, 9, 10, 12, 15, 31)


@dataclass
class Ward:
    """A practice of one site and two teams, and how many comments are about each person."""

    world: World
    viewer: Viewer
    sizes: dict[int, int]
    team_of: dict[int, str]

    def pages(self, session: Session) -> dict[int, PersonPage]:
        """The page of each person, as a manager sees it."""
        rows = session.scalars(select(Staff).where(Staff.id.in_(self.sizes)))
        return {row.id: page_of(session, self.viewer, row) for row in rows}


def page_of(session: Session, viewer: Viewer, person: Staff) -> PersonPage:
    return person_page.person_page(
        session, viewer=viewer, staff_public_id=person.public_id, today=TODAY
    )


def ward(session: Session, name: str, nurses: list[int], desk: list[int]) -> Ward:
    """Make a practice in which so many comments are about each nurse and each receptionist."""
    world = World(session, name=name)
    sizes, team_of = {}, {}
    for role, group, found in (("nurse", "nursing", nurses), ("receptionist", "front_desk", desk)):
        for number, size in enumerate(found):
            person = world.staff(f"{role[:2]}{number}", "Moss", role=role)
            say(session, world, person, size)
            sizes[person.id], team_of[person.id] = size, group
    return Ward(world, viewer_of(session, world.account("manager")), sizes, team_of)


def say(session: Session, world: World, person: Staff, size: int, told: datetime = TOLD) -> None:
    """Add comments about one person alone, each decided, and shown to them at a moment."""
    of = {"practice_id": world.practice.id}
    comments = [
        Comment(
            **of, source="import", openness="anonymous", site_id=world.site_one.id,
            stage="assessment", channel="phone", may_learn=True, local_day=FEBRUARY,
            received_at=datetime(2026, 2, 2, 9, tzinfo=UTC), reading_state="read", read_at=NOW,
            reader="test/1", severity=0, language="en", sentiment="negative", score=-0.5,
        )
        for _ in range(size)
    ]  # fmt: skip
    session.add_all(comments)
    session.flush()
    answers = [
        Answer(**of, comment_id=row.id, question="general", text="Short.") for row in comments
    ]
    session.add_all(answers)
    session.flush()
    remarks = [
        Remark(
            **of, comment_id=row.comment_id, answer_id=row.id, start=0, stop=6,
            sentiment="negative", score=-0.5, why=[], cause="person", state="confirmed",
        )
        for row in answers
    ]  # fmt: skip
    session.add_all(remarks)
    session.flush()
    session.add_all(
        Match(
            **of, remark_id=row.id, staff_id=person.id, confidence=1.0, certain=True,
            evidence=[], state="confirmed", decided_at=told, shown_at=told,
        )
        for row in remarks
    )  # fmt: skip
    session.commit()


def totals(session: Session, at: Ward) -> dict[str, int]:
    """What any page or file says of how many comments a team has; they must not disagree."""
    found: dict[str, set[int]] = {}
    for team in teams.everyone(session, viewer=at.viewer, today=TODAY):
        if team.line and team.line.comments is not None:
            found.setdefault(team.role_group, set()).add(team.line.comments)
    page = trends.page(session, viewer=at.viewer, topic="", site="", today=TODAY)
    for line in page.teams:
        if line.comments is not None:
            found.setdefault(line.role_group, set()).add(line.comments)
    shown = {str(n) for numbers in found.values() for n in numbers}
    rows = trend_files.trends_rows(page=page, made_on=TODAY)
    told = {cell for row in rows for cell in row if row[:1] == ["team"] and cell.isdigit()}
    assert told <= shown
    assert all(len(numbers) == 1 for numbers in found.values()), found
    return {team: numbers.pop() for team, numbers in found.items()}


def left_over(at: Ward, pages: dict[int, PersonPage], total: int, team: str) -> Iterator[list[int]]:
    """What a team's total leaves of its people, less any of those whose share is shown.

    Whoever is shown has ten comments or more: alone among what is left, they are nobody found out.
    """
    mine = {who: n for who, n in at.sizes.items() if at.team_of[who] == team}
    assert sum(mine.values()) == total
    shown = [who for who in mine if pages[who].band is Band.INTERVAL]
    for number in range(1, len(shown) + 1):
        for some in combinations(shown, number):
            rest = [who for who, n in mine.items() if n and who not in some]
            if rest and not (len(rest) == 1 and rest[0] in shown):
                yield [mine[who] for who in rest]


@pytest.mark.parametrize("seed", range(4))
def test_no_persons_page_with_any_others_and_a_team_isolates_a_colleague(
    session: Session, seed: int
) -> None:
    random, compared = Random(seed), 0
    for number in range(4):
        nurses, desk = (random.choices(SIZES, k=random.randint(1, 5)) for _ in range(2))
        at = ward(session, f"Ward {seed} {number}", nurses, desk)
        pages = at.pages(session)
        for team, total in totals(session, at).items():
            for rest in left_over(at, pages, total, team):
                assert len(rest) > 1, (team, at.sizes, rest)
                assert sum(rest) >= 5, (team, at.sizes, rest)
                compared += 1
    assert compared


def test_the_colleague_with_three_takes_the_next_with_them(session: Session) -> None:
    at = ward(session, "Ward", [12, 15, 3], [])
    assert [page.band for page in at.pages(session).values()] == [
        Band.COVERED, Band.INTERVAL, Band.NOT_SHOWN,
    ]  # fmt: skip


def test_whoever_has_nothing_said_of_them_covers_nobody_and_need_not_be_covered(
    session: Session,
) -> None:
    at = ward(session, "Ward", [12, 15, 0], [3, 12])
    assert [page.band for page in at.pages(session).values()] == [
        Band.INTERVAL, Band.INTERVAL, Band.NOT_SHOWN, Band.NOT_SHOWN, Band.COVERED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "band", "at_least"),
    [
        (0, Band.NOT_SHOWN, None),
        (1, Band.NOT_SHOWN, None),
        (3, Band.NOT_SHOWN, None),
        (4, Band.NOT_SHOWN, None),
        (5, Band.TOO_FEW, None),
        (9, Band.TOO_FEW, None),
        (10, Band.INTERVAL, 10),
        (29, Band.INTERVAL, 10),
        (30, Band.INTERVAL, 30),
    ],
)
def test_a_page_says_no_more_than_the_table_allows(
    session: Session, size: int, band: Band, at_least: int | None
) -> None:
    [page] = ward(session, "Ward", [size], []).pages(session).values()
    assert (page.band, page.at_least) == (band, at_least)
    assert (page.share is None) is (band is not Band.INTERVAL)


def test_no_number_of_a_person_is_exact_so_that_what_waits_cannot_be_counted(
    session: Session,
) -> None:
    """A team's sum holds what is undecided, or news to the person; theirs does not."""
    at = ward(session, "Ward", [12], [])
    [person] = session.scalars(select(Staff).where(Staff.id.in_(at.sizes)))
    before = page_of(session, at.viewer, person)
    say(session, at.world, person, 3, told=NOW)
    after = page_of(session, at.viewer, person)
    assert after.at_least in {None, before.at_least}
