"""Calendar files: whole days, folded by bytes, and the signs that mean something escaped."""

from datetime import date, timedelta, timezone

from tests.support.world import NOW
from training.web.calendars import Event, event_text

DAY = date(2026, 4, 3)


def text(event: Event) -> str:
    return event_text(event, made_at=NOW)


def test_a_review_is_a_whole_day_with_its_name() -> None:
    lines = text(Event("x7", DAY, "Review: No silent waits")).split("\r\n")
    for line in (
        "UID:x7@bedside",
        "DTSTAMP:20260316T100000Z",
        "DTSTART;VALUE=DATE:20260403",
        "DTEND;VALUE=DATE:20260404",
        "SUMMARY:Review: No silent waits",
    ):
        assert line in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_the_moment_is_written_in_utc() -> None:
    summer = NOW.astimezone(timezone(timedelta(hours=2)))
    assert "DTSTAMP:20260316T100000Z" in event_text(Event("x", DAY, "A"), made_at=summer)


def test_signs_that_mean_something_are_escaped() -> None:
    assert "SUMMARY:A\\, b\\; c\\\\d\\ne\r\n" in text(Event("x", DAY, "A, b; c\\d\ne"))


def test_a_title_cannot_end_its_line_and_begin_another() -> None:
    assert "\r\nATTACH:" not in text(Event("x", DAY, "A\r\nATTACH:http://evil.example"))


def test_long_lines_are_folded_between_characters_and_unfold_to_the_same() -> None:
    title = "Prüfung – " * 30
    found = text(Event("x", DAY, title))
    assert max(len(line.encode()) for line in found.split("\r\n")) <= 75
    assert f"SUMMARY:{title}\r\n" in found.replace("\r\n ", "")


def test_words_and_an_address_are_written_where_there_are_any() -> None:
    found = text(Event("x", DAY, "A", "Why", "http://localhost/plans/x"))
    assert "DESCRIPTION:Why\r\nURL:http://localhost/plans/x\r\n" in found
    assert "DESCRIPTION" not in text(Event("x", DAY, "A"))
