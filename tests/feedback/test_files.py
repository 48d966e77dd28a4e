import io
import json

import pytest

from training.feedback.files import (
    analyse,
    as_json,
    load_comments,
    load_roster,
    load_visit_staff,
    load_visits,
)
from training.feedback.reading import Reading

ROSTER = """\
staff_id,given_name,family_name,preferred_name,title,role,pronouns,aliases,active_from,active_to,site
a1,Grace,Oduya,,Ms,receptionist,she/her,Gracie|Gracey,2021-03-01,,Harbour
a2,Will,Best,,Dr,physician,he/him,,,,Harbour
"""
VISITS = (
    "visit_id,occurred_at,channel,stage,site\nv1,2026-01-06T09:20,in_person,assessment,Harbour\n"
)
VISIT_STAFF = "visit_id,staff_id,part\nv1,a1,desk\nv1,zz,desk\n"


def analysed(
    comments: str, name: str = "comments.jsonl"
) -> tuple[list[dict[str, object]], list[str]]:
    out, reports = io.StringIO(), list[str]()
    analyse(
        io.StringIO(comments),
        name,
        out,
        roster=io.StringIO(ROSTER),
        visits=io.StringIO(VISITS),
        visit_staff=io.StringIO(VISIT_STAFF),
        report=reports.append,
    )
    return [json.loads(line) for line in out.getvalue().splitlines()], reports


def test_a_line_of_comments_becomes_a_line_of_readings() -> None:
    (line,), reports = analysed(
        '{"comment_id": "c1", "visit_id": "v1", "question": "general", "rating": 5,'
        ' "left_on": "2026-01-07", "text": "Grace listened to me"}\n'
    )
    assert reports == []
    assert line == {
        "comment_id": "c1",
        "sentiment": "positive",
        "score": 0.911,
        "severity": 0,
        "flags": [],
        "language": "en",
        "remarks": [
            {
                "start": 0,
                "end": 20,
                "text": "Grace listened to me",
                "sentiment": "positive",
                "score": 0.911,
                "cause": "person",
                "skills": ["listening"],
                "theme": None,
                "themes": [],
                "staff": [
                    {"staff_id": "a1", "confidence": 0.96, "evidence": ["named", "on_visit"]}
                ],
                "candidates": [],
            }
        ],
    }


def test_bad_lines_are_reported_and_the_rest_is_read() -> None:
    lines, reports = analysed(
        '{"comment_id": "c1", "text": "Good"}\n'
        "not json\n"
        "\n"
        "[1, 2]\n"
        '{"text": "no id"}\n'
        '{"comment_id": "c2"}\n'
        '{"comment_id": "c3", "text": "x", "rating": "9"}\n'
        '{"comment_id": "c4", "text": "x", "question": "why"}\n'
        '{"comment_id": "c5", "text": "x", "left_on": "soon"}\n'
        '{"id": "c6", "text": "Rude", "sentiment": "positive"}\n'
    )
    assert [line["comment_id"] for line in lines] == ["c1", "c6"]
    assert lines[1]["sentiment"] == "negative"
    assert [report.split(":")[0] for report in reports] == [
        "line 2", "line 4", "line 5", "line 6", "line 7", "line 8", "line 9",
    ]  # fmt: skip


def test_csv_with_a_byte_order_mark_absent_columns_and_line_breaks_in_cells() -> None:
    lines, reports = analysed('\ufeffid,text\n1,"Good,\nvery good"\n2,\n3,Rude\n', "c.csv")
    assert [line["comment_id"] for line in lines] == ["1", "2", "3"]
    assert [line["sentiment"] for line in lines] == ["positive", "neutral", "negative"]
    assert reports == []


def test_csv_rows_with_too_many_cells_are_reported() -> None:
    lines, reports = analysed("id,text\n1,a,b,c\n2,Good\n", "c.csv")
    assert [line["comment_id"] for line in lines] == ["2"]
    assert reports == ["line 2: more cells than the header has"]


def test_a_name_that_tells_nothing_is_told_by_the_first_sign() -> None:
    assert analysed('{"id": "1", "text": "Good"}\n', "-")[0][0]["sentiment"] == "positive"
    assert analysed("id,text\n1,Good\n", "-")[0][0]["sentiment"] == "positive"


def test_a_text_beyond_the_longest_is_reported() -> None:
    reports: list[str] = []
    rows = load_comments(
        io.StringIO(json.dumps({"id": "1", "text": "a" * 100_001})), "c.jsonl", reports.append
    )
    assert list(rows) == []
    assert reports == ["line 1: text is longer than 100,000 characters"]


def test_without_a_roster_nobody_is_matched() -> None:
    out = io.StringIO()
    count = analyse(io.StringIO("id,text\n1,Grace was rude\n"), "c.csv", out, report=print)
    assert count == 1
    assert json.loads(out.getvalue())["remarks"][0]["staff"] == []


def test_the_rows_pass_through_the_progress_bar() -> None:
    seen: list[str] = []

    def bar(rows):  # type: ignore[no-untyped-def]
        for row in rows:
            seen.append(row.comment_id)
            yield row

    analyse(io.StringIO("id,text\n1,a\n2,b\n"), "c.csv", io.StringIO(), report=print, progress=bar)
    assert seen == ["1", "2"]


def test_the_roster_is_read_with_its_aliases_and_dates() -> None:
    people, problems = load_roster(io.StringIO(ROSTER))
    assert problems == []
    assert people[0].aliases == ("Gracie", "Gracey")
    assert str(people[0].active_from) == "2021-03-01"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",Ann,Lee", "line 2: staff_id is missing"),
        ("x,Ann,Lee,,,,,,yesterday", "line 2: active_from is 'yesterday'"),
    ],
)
def test_bad_rows_of_a_roster_are_reported(row: str, problem: str) -> None:
    header = ROSTER.splitlines()[0]
    people, problems = load_roster(io.StringIO(f"{header}\n{row}\n"))
    assert people == []
    assert problems[0].startswith(problem)


def test_a_staff_id_there_twice_is_reported_once() -> None:
    people, problems = load_roster(io.StringIO(ROSTER + "a1,Ann,Lee\n"))
    assert len(people) == 2
    assert problems == ["line 4: staff_id is there twice"]


def test_visits_and_who_was_on_them() -> None:
    visits, problems = load_visits(io.StringIO(VISITS + ",2026,phone,,\n"))
    assert visits["v1"].known
    assert problems == ["line 3: visit_id is missing"]
    on_visit, problems = load_visit_staff(io.StringIO(VISIT_STAFF + "v1,,x\nv1,a1,again\n"))
    assert on_visit == {"v1": ("a1", "zz")}
    assert problems == ["line 4: visit_id or staff_id is missing"]


def test_a_reading_is_one_line_also_with_line_breaks_in_it() -> None:
    assert "\n" not in as_json("a\nb", Reading("neutral", 0.0, 0))
