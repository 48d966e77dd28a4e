"""A roster as other programs write it, in our own headings."""

import csv

import pytest

from training.services.import_text import Unreadable
from training.services.plain_roster import rewritten


def rows(body: str) -> list[dict[str, str]]:
    return list(csv.DictReader(rewritten(body.encode()).splitlines()))


def test_the_example_of_the_docstring() -> None:
    body = "First name;Surname;Job title;Start date\nZoë;Lee;GP Partner;14/02/2022\n"
    (row,) = rows(body)
    assert {name: cell for name, cell in row.items() if cell} == {
        "staff_id": "line 2",
        "given_name": "Zoë",
        "family_name": "Lee",
        "role": "physician",
        "active_from": "2022-02-14",
    }


def test_every_row_keeps_its_line() -> None:
    body = 'ID,Forename,Surname,Role\nS1,"Bo\nAnn",Reed,Nurse\n\nS2,Cy,Ash,Wizard\n'
    lines = rewritten(body.encode()).split("\n")
    assert lines[1].startswith("S1,Bo Ann,Reed,nurse")
    assert lines[4].startswith("S2,Cy,Ash,Wizard")


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(Unreadable):
        rewritten(b"\x89PNG")
