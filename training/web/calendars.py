"""A day to keep, as a calendar file that phones and mail programs open (RFC 5545).

event_answer(Event("x7", date(2026, 4, 3), "Review: No silent waits"), …)
 ──►  BEGIN:VEVENT  UID:x7@bedside  DTSTART;VALUE=DATE:20260403  SUMMARY:Review: No silent waits
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Response

_WIDEST = 75  # bytes of a line, its ending apart


@dataclass(frozen=True, slots=True)
class Event:
    """A whole day: `uid` stays the same when the file is made again, so that calendars replace it."""

    uid: str
    day: date
    title: str
    words: str = ""
    address: str = ""


def event_answer(event: Event, *, made_at: datetime, name: str) -> Response:
    """Return an event as a file to keep; `name` is the file's, without its ending."""
    body = event_text(event, made_at=made_at).encode()
    answer = Response(body, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def event_text(event: Event, *, made_at: datetime) -> str:
    """Return an event as a calendar of one: lines of 75 bytes at most, each ended by CR and LF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Bedside//Plans//EN",
        "BEGIN:VEVENT",
        f"UID:{event.uid}@bedside",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(event.title)}",
        *([f"DESCRIPTION:{_escaped(event.words)}"] if event.words else []),
        *([f"URL:{event.address}"] if event.address else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a long line between characters; what goes on begins with a blank."""
    parts, here = [], ""
    for sign in line:
        if len(f"{here}{sign}".encode()) > _WIDEST:
            parts.append(here)
            here = " "
        here += sign
    return "\r\n".join([*parts, here])
