"""J02 and A06: whoever lays any two pages, lists or files beside each other finds no small set."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, product
from random import Random

import pytest
from sqlalchemy.orm import Session

from tests.support.world import NOW, TODAY, World
from training.services import comment_list, selection, teams, trend_files, trends
from training.services.selection import Filters
from training.services.signing_in import Viewer
from training.store.tables import Answer, Comment, Match, Remark, RemarkSkill, Site, Staff

TOPICS = ("empathy", "explaining", "access")
STAGES = ("request", "assessment", "treatment")
MONTHS = ((2025, 11), (2025, 12), (2026, 1), (2026, 2), (2026, 3))
GROUPS = {"nurse": "nursing", "receptionist": "front_desk", "physician": "clinicians"}
Key = frozenset[tuple[str, object]]  # what a set of comments is named by


@dataclass
class Model:
    """What there is, told by the test itself: of each comment its traits, and whose it is."""

    traits: dict[str, Key] = field(default_factory=dict)
    readable: dict[str, Key] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def find(self, key: Key, *, among: dict[str, Key] | None = None) -> frozenset[str]:
        """Return the comments that bear all traits of a key."""
        those = self.traits if among is None else among
        return frozenset(number for number, traits in those.items() if key <= traits)


def one_of(random: Random, *weighted: tuple[object, int]) -> object:
    values, weights = zip(*weighted, strict=True)
    return random.choices(values, weights)[0]


@pytest.fixture
def model(session: Session, world: World) -> Model:
    """Three sites, of which one is small; three teams, of which two are; uneven stages and months."""
    return modelled(session, world, comments=420)


def modelled(session: Session, world: World, *, comments: int) -> Model:
    random = Random(11)
    sites: list[Site] = [world.site_one, world.site("Mill Lane"), world.site("Quay")]
    staff: dict[tuple[str, int], Staff] = {
        (role, site.id): world.staff(f"{role[:3].title()}{site.id}", "Moss", role=role, site=site)
        for role in GROUPS
        for site in sites
    }
    found = Model()
    for number in range(comments):
        site = one_of(random, (sites[0], 60), (sites[1], 30), (sites[2], 3))
        role = one_of(random, ("physician", 60), ("receptionist", 6), ("nurse", 4), ("", 30))
        row = comment(session, world, random, number, site, staff.get((str(role), site.id)))  # type: ignore[attr-defined]
        if row.local_day.month != TODAY.month:  # of which there are still fewer than five
            add_to(found, session, row, GROUPS.get(str(role), ""))
    session.commit()
    return found


def comment(
    session: Session, world: World, random: Random, number: int, site: object, about: Staff | None
) -> Comment:
    year, month = random.choice(MONTHS[:4] if random.random() < 0.98 else MONTHS)
    day = date(year, month, random.randint(1, 14))
    row = Comment(
        practice_id=world.practice.id, source="import", openness="anonymous", site_id=site.id,  # type: ignore[attr-defined]
        stage=one_of(random, ("request", 10), ("assessment", 60), ("treatment", 4)),
        channel="phone", may_learn=random.random() < 0.8, local_day=day, reader="test/1",
        received_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC), reading_state="read",
        read_at=NOW, severity=0, language="en", sentiment="negative", score=-0.5,
    )  # fmt: skip
    session.add(row)
    session.flush()
    text = f"Text number {number}."
    answer = Answer(practice_id=world.practice.id, comment_id=row.id, question="general", text=text)
    session.add(answer)
    session.flush()
    remark = Remark(
        practice_id=world.practice.id, comment_id=row.id, answer_id=answer.id, start=0, stop=4,
        sentiment=random.choice(["positive", "negative", "neutral"]), score=0.0, why=[],
        cause="person", state="settled",
    )  # fmt: skip
    session.add(remark)
    session.flush()
    topic = one_of(random, ("empathy", 60), ("explaining", 20), ("access", 3), ("", 10))
    if topic:
        session.add(
            RemarkSkill(practice_id=world.practice.id, remark_id=remark.id, skill=str(topic))
        )
    if about is not None:
        shown = NOW - timedelta(days=one_of(random, (3, 2), (40, 8)))  # type: ignore[arg-type]
        session.add(
            Match(
                practice_id=world.practice.id, remark_id=remark.id, staff_id=about.id,
                confidence=1.0, certain=True, evidence=[], state="proposed", shown_at=shown,
            )
        )  # fmt: skip
    session.flush()
    return row


def add_to(model: Model, session: Session, row: Comment, group: str) -> None:
    number = row.public_id
    day = row.local_day
    traits: set[tuple[str, object]] = {
        ("site", row.site_id), ("stage", row.stage), *when(day, "month"),
    }  # fmt: skip
    remark = session.query(Remark).filter_by(comment_id=row.id).one()
    for skill in session.query(RemarkSkill).filter_by(remark_id=remark.id):
        traits.add(("topic", skill.skill))
    model.texts[number] = session.query(Answer).filter_by(comment_id=row.id).one().text
    match = session.query(Match).filter_by(remark_id=remark.id).one_or_none()
    model.traits[number] = frozenset(traits | ({("team", group)} if match else set()))
    if row.may_learn:
        told = match is not None and match.shown_at < NOW - timedelta(days=15)  # type: ignore[operator]
        model.readable[number] = frozenset(traits | ({("team", group)} if told else set()))


@pytest.fixture
def viewer(world: World) -> Viewer:
    who = world.account("manager")
    return Viewer(who.id, world.practice.id, None, who.name, who.email, "manager", False, False, ())


def every_filter(
    session: Session, *, topics: tuple[str, ...], months: tuple[str, ...] = ("",)
) -> Iterator[Filters]:
    sites = [row.public_id for row in session.query(Site)]
    for values in product(topics, ("", *sites), ("", *GROUPS.values()), ("", *STAGES[1:]), months):
        yield Filters(*values)


def key_of(filters: Filters, session: Session) -> Key:
    named: set[tuple[str, object]] = set()
    if filters.site:
        named.add(("site", session.query(Site).filter_by(public_id=filters.site).one().id))
    if filters.month:
        year, month = filters.month.split("-")
        named.add(("month", (int(year), int(month))))
    named |= {(n, getattr(filters, n)) for n in ("topic", "team", "stage") if getattr(filters, n)}
    return frozenset(named)


def when(day: date, unit: str) -> Key:
    """Return the quarter that a day lies in, and its month."""
    quarter: set[tuple[str, object]] = {("quarter", (day.year, (day.month - 1) // 3))}
    month: set[tuple[str, object]] = {("month", (day.year, day.month))}
    return frozenset(quarter | (month if unit == "month" else set()))


def seen_on(page: trends.TrendsPage, key: Key, sites: dict[str, int]) -> Iterator[tuple[Key, int]]:
    """Every number of comments on a page, with what it is a number of."""
    base = frozenset(one for one in key if one[0] != "topic")
    for month in (*page.trend.months, *page.sides):
        if month.comments is not None:
            yield base | when(month.period.start, page.trend.unit), month.comments
    for line in page.topics:
        if line.comments is not None:
            yield base | {("topic", line.topic)}, line.comments
    stageless = frozenset(one for one in base if one[0] != "stage")
    for topic, cells in page.heat.rows:
        for cell in cells:
            if cell.comments is not None:
                yield stageless | {("topic", topic), ("stage", cell.stage)}, cell.comments
    for team in page.teams:
        if team.comments is not None:
            place = ("site", sites[team.site_public_id])
            yield base | {("team", team.role_group), place}, team.comments


def small(n: int) -> bool:
    return 0 < n < 5


def assert_nothing_isolates(model: Model, seen: dict[Key, int], among: dict[str, Key]) -> None:
    found = {key: model.find(key, among=among) for key in seen}
    for key, n in seen.items():
        assert n == len(found[key]), key
        assert not small(n), key
    for one, other in combinations(seen, 2):
        if one < other or other < one:  # named so that one lies in the other
            assert not small(len(found[one] ^ found[other])), (one, other)


def all_shown(session: Session, viewer: Viewer) -> tuple[dict[Key, int], set[str]]:
    """Return every number of the trends pages, of which no file shows another, and their units."""
    sites = {row.public_id: row.id for row in session.query(Site)}
    seen: dict[Key, int] = {}
    units: set[str] = set()
    for filters in every_filter(session, topics=("", "empathy")):
        page = trends.page(
            session, viewer=viewer, topic=filters.topic, site=filters.site, team=filters.team,
            stage=filters.stage, today=TODAY,
        )  # fmt: skip
        units.add(page.trend.unit)
        numbers = dict(seen_on(page, key_of(filters, session), sites))
        assert not [k for k, n in numbers.items() if seen.get(k, n) != n], "two pages disagree"
        seen |= numbers
        shown = {str(n) for n in numbers.values()} | {str(m.negatives) for m in page.trend.months}
        for row in trend_files.trends_rows(page=page, made_on=TODAY):
            assert {cell for cell in row if cell.isdigit()} <= shown, row
    return seen, units


def test_no_two_pages_or_files_isolate_fewer_than_five(
    session: Session, world: World, model: Model, viewer: Viewer
) -> None:
    seen, _ = all_shown(session, viewer)
    assert len(seen) > 60
    assert_nothing_isolates(model, seen, model.traits)


def test_nor_do_pages_by_quarter(session: Session, world: World, viewer: Viewer) -> None:
    model = modelled(session, world, comments=32)
    seen, units = all_shown(session, viewer)
    assert units == {"month", "quarter"}
    assert_nothing_isolates(model, seen, model.traits)


def test_what_is_hidden_of_a_row_is_never_one_set_alone(
    session: Session, world: World, model: Model, viewer: Viewer
) -> None:
    """A total less what is shown of its row is nothing, or at least two sets and five comments."""
    for topic in ("", *TOPICS):
        filters = Filters(topic=topic)
        chosen = selection.choose(session, viewer=viewer, filters=filters, today=TODAY)
        part = chosen.sets.chosen
        key = key_of(filters, session)
        for stage in STAGES:
            views = {site: (site, stage, "any") for (site, _) in chosen.at.sites.values()}
            if part.count(("any", stage, "any")) is None:
                continue
            gone = [s for s, view in views.items() if part.count(view) is None]
            sizes = [len(model.find(key | {("site", s), ("stage", stage)})) for s in gone]
            some = [n for n in sizes if n]
            assert not some or (len(some) > 1 and sum(some) >= 5), (topic, stage)


def test_no_two_lists_isolate_fewer_than_five_and_each_shows_just_its_own(
    session: Session, world: World, model: Model, viewer: Viewer
) -> None:
    seen: dict[Key, int] = {}
    for filters in every_filter(
        session, topics=("", *TOPICS[1:]), months=("", "2025-12", "2026-03")
    ):
        if filters.team and filters.month:
            continue
        chosen = selection.choose(session, viewer=viewer, filters=filters, today=TODAY)
        n = selection.listed(session, chosen=chosen, today=TODAY).count(chosen.view)
        if n:
            seen[key_of(filters, session)] = n
    assert len(seen) > 20
    assert_nothing_isolates(model, seen, model.readable)


@pytest.mark.parametrize(("topic", "team"), [("empathy", ""), ("", "clinicians")])
def test_a_list_holds_the_texts_of_its_set_and_no_other(
    session: Session, world: World, model: Model, viewer: Viewer, topic: str, team: str
) -> None:
    filters = Filters(topic=topic, site=world.site_one.public_id, team=team)
    texts: list[str] = []
    page = 1
    while True:
        found = comment_list.read(
            session, viewer=viewer, filters=filters, page=page, today=TODAY, moment=NOW
        )
        texts += [words.text for one in found.comments for words in one]
        if page == found.pages:
            break
        page += 1
    expected = model.find(key_of(filters, session), among=model.readable)
    assert sorted(texts) == sorted(model.texts[number] for number in expected)
    assert found.total == len(texts) >= 5


def test_a_team_page_and_its_file_show_what_trends_show_of_the_same_team(
    session: Session, world: World, model: Model, viewer: Viewer
) -> None:
    for team in teams.everyone(session, viewer=viewer, today=TODAY):
        page = teams.page(
            session, viewer=viewer, role_group=team.role_group, site=team.site_public_id,
            today=TODAY,
        )  # fmt: skip
        same = trends.page(
            session, viewer=viewer, topic="", site=team.site_public_id, team=team.role_group,
            today=TODAY,
        )  # fmt: skip
        assert (page.trend.months, page.sides) == (same.trend.months, same.sides)
        assert set(page.skills) <= set(same.topics)
        rows = trend_files.team_rows(page=page, made_on=TODAY)
        numbers = [cell for row in rows for cell in row if cell.isdigit()]
        if team.line and team.line.comments is None:
            assert numbers == []


def test_other_scores_leave_every_order_as_it_was(
    session: Session, world: World, model: Model, viewer: Viewer
) -> None:
    def orders() -> list[object]:
        page = trends.page(session, viewer=viewer, topic="", site="", today=TODAY)
        listed = comment_list.read(
            session, viewer=viewer, filters=Filters(), page=1, today=TODAY, moment=NOW
        )
        return [
            [line.topic for line in page.topics],
            [topic for topic, _ in page.heat.rows],
            [line.name for line in page.teams],
            [month.period for month in page.trend.months],
            [team.name for team in teams.everyone(session, viewer=viewer, today=TODAY)],
            listed.comments,
        ]

    before = orders()
    remarks = session.query(Remark).all()
    sentiments = [remark.sentiment for remark in remarks]
    for seed in range(3):
        Random(seed).shuffle(sentiments)
        for remark, sentiment in zip(remarks, sentiments, strict=True):
            remark.sentiment = sentiment
            remark.score = {"positive": 0.8, "negative": -0.8}.get(sentiment, 0.0)
        session.commit()
        assert orders() == before
