from datetime import date, timedelta

import pytest

from training.periods import last_full_months
from training.trends.choice import MonthCount
from training.trends.control import Kind
from training.trends.shares import Mark, Responses, ShareTrend, share_trend

MONTHS = last_full_months(12, date(2026, 7, 1))
TEXTS = Mark(date(2026, 1, 1), "Text updates")


def trend_of(*counts: tuple[int, int], marks: tuple[Mark, ...] = (), **more: object) -> ShareTrend:
    """A trend of (comments, negatives) by month from July 2025 on."""
    months = [MonthCount(m, *count) for m, count in zip(MONTHS, counts, strict=False)]
    return share_trend(months, topic="waiting", marks=marks, **more)  # type: ignore[arg-type]


def drawn(trend: ShareTrend) -> list[int]:
    return [i for i, month in enumerate(trend.months) if month.point]


def test_the_worked_example() -> None:
    trend = trend_of(*[(40, 10)] * 6, *[(40, 4)] * 6, marks=(TEXTS,))

    assert trend.headline == (
        "Negative comments about waiting fell after “Text updates”: from about 1 in 4 "
        "to about 1 in 10."
    )
    assert trend.change is not None
    assert (trend.change.before.negatives, trend.change.before.comments) == (60, 240)
    assert (trend.change.since.negatives, trend.change.since.comments) == (24, 240)
    assert trend.change.words == (
        "Before: 60 of 240 comments. Since: 24 of 240. The share fell by about 15 percentage "
        "points, likely 8–22. That it changed does not show why."
    )


def test_a_month_below_ten_comments_is_neither_drawn_nor_counted() -> None:
    mark = Mark(date(2025, 9, 1), "New phones")
    trend = trend_of((10, 2), (9, 9), (30, 6), (30, 6), marks=(mark,))

    assert drawn(trend) == [0, 2, 3]
    assert (trend.months[1].comments, trend.months[1].negatives) == (None, None)
    assert trend.months[1].words == "fewer than 10 comments: not drawn"
    assert trend.months[1].meaning == "Too few to say"
    assert trend.change is not None
    assert trend.change.before.comments == 10


def test_below_five_comments_in_all_nothing_is_shown() -> None:
    trend = trend_of((2, 2), (2, 0), marks=(TEXTS,), responses=Responses(20, 4))

    assert trend.headline == "Fewer than 5 comments: not shown."
    assert trend.chart is None
    assert trend.change is None
    assert trend.responses is None
    assert [month.comments for month in trend.months] == [None, None]


def test_five_comments_in_all_are_too_few_to_draw() -> None:
    trend = trend_of((3, 1), (2, 0))

    assert trend.headline == "Too few comments to draw: a month needs at least 10."
    assert trend.chart is None
    assert trend.subtitle == ""


def test_no_comments_and_no_months_are_said_to_be_none() -> None:
    assert trend_of((0, 0), (0, 0)).headline == "No comments in these months."
    assert trend_of().headline == "No comments in these months."


def test_one_month_is_drawn_and_nothing_more_is_made_of_it() -> None:
    trend = trend_of((60, 20))

    assert trend.months[0].words == "20 of 60 comments, 33%"
    assert trend.headline.endswith("so far: about 1 in 3. There are too few months to say more.")
    assert "provisional" in trend.subtitle


def test_all_at_nought_is_said_plainly() -> None:
    trend = trend_of(*[(40, 0)] * 12)

    assert trend.headline == "Negative comments about waiting did not come up in these months."
    assert {month.meaning for month in trend.months} == {"Normal variation"}


def test_without_a_topic_any_negative_remark_is_meant() -> None:
    trend = share_trend([MonthCount(month, 50, 10) for month in MONTHS], topic="")

    assert trend.headline == (
        "Comments with a negative remark are steady: about 1 in 5; "
        "the months differ no more than by chance."
    )


def test_a_bad_month_is_a_concern_and_a_good_one_an_improvement() -> None:
    trend = trend_of(*[(100, 20)] * 5, (100, 45), *[(100, 20)] * 5, (100, 2))

    assert [month.point.kind for month in trend.months if month.point][5] is Kind.CONCERN
    assert trend.headline.startswith("Negative comments about waiting were fewer than usual in Jun")


def test_a_month_kept_back_for_another_team_is_not_drawn() -> None:
    months = [MonthCount(m, 40, 10, hidden=i == 1) for i, m in enumerate(MONTHS[:3])]

    assert drawn(share_trend(months, topic="waiting")) == [0, 2]


def test_a_site_that_closed_speaks_for_the_past_and_says_so() -> None:
    trend = trend_of(*[(40, 8)] * 7, *[(0, 0)] * 5)

    assert trend.headline == (
        "Negative comments about waiting were about 1 in 5 up to Jan 2026; "
        "no month since has enough comments to draw."
    )


def test_a_theme_that_appeared_yesterday_is_said_to_be_new_and_not_to_be_steady() -> None:
    trend = trend_of(*[(40, 0)] * 11, (40, 2))

    assert trend.headline == (
        "Negative comments about waiting came up in Jun 2026 for the first time: about 1 in 20."
    )


def test_small_months_are_drawn_by_the_quarter_and_it_is_said_why() -> None:
    trend = trend_of(*[(6, 2)] * 12)

    assert (trend.unit, trend.kind) == ("quarter", "p")
    assert [month.period.label for month in trend.months][:2] == ["Jul–Sep 2025", "Oct–Dec 2025"]
    assert "because a month usually has fewer than 10 comments" in trend.why


def test_a_difference_that_chance_explains_is_no_change() -> None:
    trend = trend_of(*[(40, 10)] * 6, *[(40, 9)] * 6, marks=(TEXTS,))

    assert trend.headline == (
        "Negative comments about waiting show no clear change after “Text updates”: "
        "about 1 in 4 before, about 1 in 4 since."
    )
    assert trend.change is not None
    assert "chance alone may explain it" in trend.change.words


def test_a_rise_is_said_as_soberly_as_a_fall() -> None:
    trend = trend_of(*[(40, 4)] * 6, *[(40, 10)] * 6, marks=(TEXTS,))

    assert "rose after “Text updates”: from about 1 in 10 to about 1 in 4." in trend.headline


def test_the_month_a_mark_falls_into_is_on_neither_side() -> None:
    trend = trend_of(*[(40, 10)] * 12, marks=(Mark(date(2026, 1, 15), "Text updates"),))

    assert trend.change is not None
    assert (trend.change.before.comments, trend.change.since.comments) == (240, 200)


@pytest.mark.parametrize("day", [date(2025, 7, 1), date(2026, 6, 30), date(2020, 1, 1)])
def test_a_mark_with_months_on_one_side_only_compares_nothing(day: date) -> None:
    trend = trend_of(*[(40, 10)] * 12, marks=(Mark(day, "Text updates"),))

    assert trend.change is None
    assert "steady" in trend.headline


def test_the_latest_mark_that_can_be_compared_is() -> None:
    late = Mark(date(2026, 6, 20), "Huddles")
    trend = trend_of(*[(40, 10)] * 12, marks=(late, TEXTS, Mark(date(2025, 9, 1), "Phones")))

    assert trend.change is not None
    assert trend.change.mark == TEXTS
    assert [mark.label for mark in trend.marks] == ["Phones", "Text updates", "Huddles"]


def test_nothing_is_compared_across_a_change_of_the_questions() -> None:
    asked_anew = Mark(date(2025, 10, 1), "New questions", rebase=True)
    trend = trend_of(*[(40, 20)] * 3, *[(40, 10)] * 9, marks=(asked_anew, TEXTS))

    assert trend.change is not None
    assert (trend.change.before.comments, trend.change.before.negatives) == (120, 30)
    assert trend.chart is not None
    assert [point.group for point in trend.chart.points] == [0] * 3 + [1] * 9


def test_a_change_of_the_questions_is_itself_compared_with_nothing() -> None:
    asked_anew = Mark(date(2025, 10, 1), "New questions", rebase=True)

    assert trend_of(*[(40, 10)] * 12, marks=(asked_anew,)).change is None


def test_comments_stop_counting_as_since_when_the_questions_change_again() -> None:
    asked_anew = Mark(date(2026, 3, 1), "New questions", rebase=True)
    trend = trend_of(*[(40, 10)] * 12, marks=(TEXTS, asked_anew))

    assert trend.change is not None
    assert trend.change.since.comments == 80


def test_adding_the_months_shown_never_gives_a_month_not_shown() -> None:
    counts = [(40, 10)] * 5 + [(4, 4)] + [(40, 4)] * 6
    trend = trend_of(*counts, marks=(TEXTS,))

    assert trend.change is not None
    told = trend.change.before.comments + trend.change.since.comments
    assert told == sum(month.comments or 0 for month in trend.months)


@pytest.mark.parametrize(
    ("responses", "words"),
    [
        (Responses(1000, 240), "Of 1,000 invitations 240 were answered (24%)."),
        (Responses(1000, 0), "Of 1,000 invitations 0 were answered (0%)."),
        (Responses(10, 12), "12 answers came to 10 invitations."),
        (
            Responses(0, 0),
            "No invitations were sent, so it is not known whom these comments speak for.",
        ),
    ],
)
def test_every_trend_says_whom_it_speaks_for(responses: Responses, words: str) -> None:
    assert responses.words == words
    assert trend_of((40, 10), responses=responses).responses == responses


def test_months_of_another_order_of_marks_give_the_same_trend() -> None:
    marks = (TEXTS, Mark(TEXTS.day + timedelta(days=60), "Huddles"))

    assert trend_of(*[(40, 10)] * 12, marks=marks) == trend_of(*[(40, 10)] * 12, marks=marks[::-1])
