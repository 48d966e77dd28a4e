"""Write the practice's files as a practice would bring them, to try the import by hand.

    write_files(folder, data)  ──►  roster.csv  visits.csv  visit_staff.csv  comments.jsonl

A comment with two answers makes two lines: a line holds one text under one question, and its
comment_id is the comment's own with the question added where there are two.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from training.demo.data import Comment, DemoData, StaffMember, Visit, VisitStaff

ROSTER_COLUMNS = tuple(field.name for field in fields(StaffMember))
VISIT_COLUMNS = ("visit_id", "occurred_at", "channel", "stage", "site")
VISIT_STAFF_COLUMNS = ("visit_id", "staff_id", "part")


def write_files(folder: Path, data: DemoData) -> list[Path]:
    """Write the four files into a folder, which is made where it is missing, and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    zone = ZoneInfo(data.practice.time_zone)
    comments = folder / "comments.jsonl"
    lines = (row for comment in data.comments for row in _comment_rows(comment, zone))
    comments.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines), encoding="utf-8"
    )
    return [
        _write(folder / "roster.csv", ROSTER_COLUMNS, map(_roster_row, data.staff)),
        _write(
            folder / "visits.csv", VISIT_COLUMNS, (_visit_row(one, zone) for one in data.visits)
        ),
        _write(folder / "visit_staff.csv", VISIT_STAFF_COLUMNS, map(_part_row, data.visit_staff)),
        comments,
    ]


def _write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _roster_row(member: StaffMember) -> dict[str, str]:
    row = {name: getattr(member, name) or "" for name in ROSTER_COLUMNS}
    return {**row, "aliases": "|".join(member.aliases)}


def _visit_row(visit: Visit, zone: ZoneInfo) -> dict[str, str]:
    local = visit.occurred_at.astimezone(zone)
    return {
        "visit_id": visit.visit_ref,
        "occurred_at": local.strftime("%Y-%m-%dT%H:%M"),
        "channel": visit.channel,
        "stage": visit.stage,
        "site": visit.site,
    }


def _part_row(row: VisitStaff) -> dict[str, str]:
    return {"visit_id": row.visit_ref, "staff_id": row.staff_id, "part": row.part}


def _comment_rows(comment: Comment, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    for question, text in comment.answers:
        several = len(comment.answers) > 1
        yield {
            "comment_id": f"{comment.comment_ref}-{question}" if several else comment.comment_ref,
            "visit_id": comment.visit_ref,
            "question": question,
            "rating": comment.rating if isinstance(comment.rating, int) else None,
            "left_on": comment.left_at.astimezone(zone).date().isoformat(),
            "text": text,
        }
