import re
from collections import Counter, defaultdict
from datetime import UTC, date, timedelta
from statistics import mean, quantiles
from zoneinfo import ZoneInfo

import pytest

from training.demo import SEED, DemoData, Statement, generate
from training.feedback.comment import tidy
from training.skills import CHANNELS, ROLES, SKILLS, STAGES, THEMES

TODAY = date(2026, 3, 2)
DAYS = [TODAY, date(2024, 2, 29), date(2025, 11, 1), date(2026, 10, 26), date(2027, 1, 1)]
LONDON = ZoneInfo("Europe/London")
QUESTIONS = ("general", "went_well", "could_be_better")
LIKE_A_NUMBER = re.compile(r"\+?\d[\d ()-]{6,}\d")
DRAMA = re.compile(r"01632 960\d{3}")
FREE_TO_NAME = {"116 123"}


@pytest.fixture(scope="module", params=DAYS, ids=str)
def data(request: pytest.FixtureRequest) -> DemoData:
    return generate(request.param)


@pytest.fixture(scope="module")
def year() -> DemoData:
    return generate(TODAY)


def texts_of(data: DemoData) -> list[str]:
    return [text for comment in data.comments for _, text in comment.answers]


def said(data: DemoData) -> list[tuple[str, Statement, str]]:
    """Every sentence of every comment: the comment's reference, the truth, and the words."""
    rows = []
    for comment in data.comments:
        answers = dict(comment.answers)
        for one in data.truth[comment.comment_ref]:
            rows.append((comment.comment_ref, one, answers[one.question][one.start : one.end]))
    return rows


def today_of(data: DemoData) -> date:
    newest = data.comments[-1].left_at.astimezone(LONDON).date()
    return newest + timedelta(days=1)


def test_visits_and_comments_are_numbered_and_the_truth_says_what_each_sentence_is_about(
    year: DemoData,
) -> None:
    assert [one.visit_ref for one in year.visits[:2]] == ["V0001", "V0002"]
    assert [one.comment_ref for one in year.comments[:2]] == ["C0001", "C0002"]
    assert list(year.truth) == [one.comment_ref for one in year.comments]
    assert all(isinstance(one, Statement) for one in year.truth["C0001"])


def test_the_same_day_and_seed_make_the_same_data(year: DemoData) -> None:
    assert generate(TODAY, SEED) == year


def test_another_seed_or_day_makes_other_comments(year: DemoData) -> None:
    assert texts_of(generate(TODAY, SEED + 1)) != texts_of(year)
    assert texts_of(generate(TODAY - timedelta(days=1))) != texts_of(year)


def test_the_counts_are_those_of_a_year_at_a_small_practice(data: DemoData) -> None:
    assert 11 <= len(data.staff) <= 14
    assert len({one.role for one in data.staff}) == 5
    assert len(data.practice.sites) == 2
    assert 1250 <= len(data.visits) <= 1400
    assert 1120 <= len(data.comments) <= 1280
    assert {one.site for one in data.staff} == set(data.practice.sites)


def test_more_people_are_asked_than_answer(data: DemoData) -> None:
    visits = {one.visit_ref: one for one in data.visits}
    invited = {one.visit_ref for one in data.invitations}
    answered = {one.visit_ref for one in data.comments if one.visit_ref}
    assert answered < invited <= set(visits)
    assert len(invited) > 1.4 * len(answered)
    assert all(one.issued_at > visits[one.visit_ref].occurred_at for one in data.invitations)


def test_every_record_uses_the_words_of_the_product(data: DemoData) -> None:
    for comment in data.comments:
        assert comment.stage in STAGES
        assert comment.channel in CHANNELS
        assert comment.site in data.practice.sites
        assert comment.rating in {1, 2, 3, 4, 5, "dont_know", None}
        assert set(dict(comment.answers)) <= set(QUESTIONS)
    for _, one, _ in said(data):
        assert one.skill is None or one.skill in SKILLS
        assert one.theme is None or one.theme in THEMES
    assert {one.role for one in data.staff} <= set(ROLES)


def test_all_stages_channels_and_ways_of_being_open_occur(data: DemoData) -> None:
    assert {one.stage for one in data.comments} == set(STAGES)
    assert {one.channel for one in data.comments} == set(CHANNELS) - {"letter"}
    assert {one.openness for one in data.comments} == {"anonymous", "contact", "known"}
    assert {one.about for one in data.comments} == {"unsaid", "staff", "not_a_person"}
    assert {one.rating for one in data.comments} == {1, 2, 3, 4, 5, "dont_know", None}


def test_a_comment_has_one_or_two_answers_and_many_have_two(data: DemoData) -> None:
    counts = Counter(len(one.answers) for one in data.comments)
    assert set(counts) == {1, 2}
    assert counts[2] > 300
    assert all(text.strip() for text in texts_of(data))


def test_some_comments_come_through_the_site_code(data: DemoData) -> None:
    without = [one for one in data.comments if one.visit_ref is None]
    assert 250 <= len(without) <= 500
    assert not [one for one in without if one.tapped]


def test_moments_are_in_utc_within_the_year_and_a_comment_follows_its_visit(
    data: DemoData,
) -> None:
    visits = {one.visit_ref: one for one in data.visits}
    today = today_of(data)
    for comment in data.comments:
        assert comment.left_at.tzinfo is UTC
        day = comment.left_at.astimezone(LONDON).date()
        assert today - timedelta(days=397) < day < today
        if comment.visit_ref:
            visit = visits[comment.visit_ref]
            assert visit.occurred_at + timedelta(hours=1) < comment.left_at
            assert (visit.channel, visit.stage, visit.site) == (
                comment.channel,
                comment.stage,
                comment.site,
            )
    assert all(one.occurred_at.astimezone(LONDON).weekday() < 5 for one in data.visits)


def test_staff_who_are_spoken_of_were_on_the_visit_and_worked_there(data: DemoData) -> None:
    crews = defaultdict(set)
    for row in data.visit_staff:
        crews[row.visit_ref].add(row.staff_id)
    comments = {one.comment_ref: one for one in data.comments}
    for ref, one, _ in said(data):
        if comments[ref].visit_ref:
            assert set(one.staff) <= crews[comments[ref].visit_ref]
    assert set(crews) == {one.visit_ref for one in data.visits}


def test_a_role_is_used_only_where_one_person_on_the_visit_has_it(data: DemoData) -> None:
    role = {one.staff_id: one.role for one in data.staff}
    crews = defaultdict(list)
    for row in data.visit_staff:
        crews[row.visit_ref].append(role[row.staff_id])
    words = {"nurse": "the nurse", "physician": "the doctor", "receptionist": "the receptionist"}
    comments = {one.comment_ref: one for one in data.comments}
    seen = 0
    for ref, one, text in said(data):
        told = words.get(role[one.staff[0]], "?") if len(one.staff) == 1 else "?"
        if text.casefold().startswith(told):
            seen += 1
            assert crews[comments[ref].visit_ref].count(role[one.staff[0]]) == 1
    assert seen > 50


def test_the_truth_covers_the_sentences_exactly(data: DemoData) -> None:
    for comment in data.comments:
        for question, text in comment.answers:
            spans = [one for one in data.truth[comment.comment_ref] if one.question == question]
            covered = "".join(text[one.start : one.end] for one in spans)
            assert spans
            assert re.sub(r"[\s.]", "", covered) == re.sub(r"[\s.]", "", text)


def test_comments_differ_from_one_another(data: DemoData) -> None:
    assert len({one.answers for one in data.comments}) / len(data.comments) >= 0.85


def test_no_sentence_is_used_more_than_a_dozen_times(data: DemoData) -> None:
    used = Counter(
        text.casefold().strip(".") for _, one, text in said(data) if one.cause != "other"
    )
    assert used.most_common(1)[0][1] <= 12


def test_comments_are_short_and_long(data: DemoData) -> None:
    lengths = [sum(len(text.split()) for _, text in one.answers) for one in data.comments]
    tenths = quantiles(lengths, n=10)
    assert tenths[0] <= 6
    assert 10 <= tenths[4] <= 25
    assert max(lengths) >= 70


def test_words_are_as_bedside_would_keep_them(data: DemoData) -> None:
    assert [text for text in texts_of(data) if tidy(text) != text] == []


def test_no_telephone_number_outside_the_range_for_drama(data: DemoData) -> None:
    wording = data.practice
    texts = [wording.emergency_wording, wording.crisis_wording, wording.complaints_contact]
    for text in [*texts, *texts_of(data)]:
        for number in LIKE_A_NUMBER.findall(text):
            assert DRAMA.fullmatch(number), number
    assert "116 123" in wording.crisis_wording
    assert DRAMA.search(wording.complaints_contact)


def negatives(data: DemoData) -> dict[tuple[str, str], set[str]]:
    found = defaultdict(set)
    for ref, one, _ in said(data):
        if one.sign == "negative" and one.skill and ref not in data.undecided:
            for person in one.staff:
                found[person, one.skill].add(ref)
    return found


def about(data: DemoData, person: str, skill: str | None = None) -> set[str]:
    return {
        ref
        for ref, one, _ in said(data)
        if person in one.staff and (skill is None or one.skill == skill)
    }


@pytest.mark.parametrize(("person", "skill"), [("H06", "explaining"), ("H02", "keeping_informed")])
def test_one_nurse_and_one_receptionist_are_criticised_well_above_colleagues(
    data: DemoData, person: str, skill: str
) -> None:
    comments = {one.comment_ref: one for one in data.comments}
    bad = negatives(data)[person, skill]
    assert len(bad) / len(about(data, person, skill) - data.undecided) > 0.4
    assert len({comments[ref].left_at.date() for ref in bad}) >= 8
    assert len({comments[ref].visit_ref for ref in bad if comments[ref].visit_ref}) >= 5
    others = {one.staff_id for one in data.staff} - {person}
    everybody = set().union(*(about(data, other, skill) for other in others))
    criticised = set().union(*(negatives(data).get((other, skill), set()) for other in others))
    assert len(everybody) >= 30
    assert len(criticised) / len(everybody) < 0.15


def test_nobody_else_is_criticised_more_than_twice_for_a_skill(data: DemoData) -> None:
    needs = {("H06", "explaining"), ("H02", "keeping_informed")}
    rest = {who: len(refs) for who, refs in negatives(data).items() if who not in needs}
    assert max(rest.values()) <= 2


def test_the_phones_improve_after_the_marked_day(data: DemoData) -> None:
    mark = next(one for one in data.annotations if one.topic == "phone_system")
    comments = {one.comment_ref: one for one in data.comments}
    by_month: dict[date, list[str]] = defaultdict(list)
    for ref, one, _ in said(data):
        if one.theme == "phone_system":
            day = comments[ref].left_at.astimezone(LONDON).date()
            by_month[day.replace(day=1)].append(one.sign)
    running = today_of(data).replace(day=1)
    full = {month: signs for month, signs in by_month.items() if month < running}
    assert len(full) == 12
    assert min(map(len, full.values())) >= 10
    shares = {month: signs.count("negative") / len(signs) for month, signs in full.items()}
    before = mean(share for month, share in shares.items() if month < mark.on_day)
    after = mean(share for month, share in shares.items() if month >= mark.on_day)
    assert before > 0.7
    assert after < 0.4


def test_one_team_is_too_small_to_show(data: DemoData) -> None:
    team = [one.staff_id for one in data.staff if (one.role, one.site) == ("nurse", "Ferry Lane")]
    assert [len(about(data, person)) for person in team] == [3]
    assert min(len(about(data, one.staff_id)) for one in data.staff if one.staff_id != team[0]) >= 5


def test_a_dozen_comments_of_the_last_days_wait(data: DemoData) -> None:
    waiting = [one for one in data.comments if one.comment_ref in data.undecided]
    assert len(waiting) == 12
    first = min(one.left_at for one in waiting).astimezone(LONDON).date()
    assert first >= today_of(data) - timedelta(days=9)
    polish = [one for one in waiting if "recepcji" in str(one.answers)]
    danger = [one for one in data.comments if "chest pain" in str(one.answers)]
    assert len(polish) == 1
    assert [one.comment_ref in data.undecided for one in danger] == [True]


def test_two_people_share_a_surname_and_nobody_guesses_whose_it_is(data: DemoData) -> None:
    assert [one.role for one in data.staff if one.family_name == "Hussain"] == [
        "receptionist",
        "physician",
    ]
    (open_case,) = [one for one in data.comments if "Hussain was short" in str(one.answers)]
    assert [one.staff for one in data.truth[open_case.comment_ref]] == [()]


def test_accounts_cover_those_who_walk_through_the_demo(year: DemoData) -> None:
    roster = {one.staff_id for one in year.staff}
    assert {one.role for one in year.accounts} == {"admin", "manager", "staff"}
    assert {one.staff_id for one in year.accounts} - {None} <= roster
    assert sum(one.review for one in year.accounts) >= 2
    assert sum(one.safeguard for one in year.accounts) >= 2
    assert all(one.email.endswith(".example") and one.name for one in year.accounts)
