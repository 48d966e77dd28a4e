"""Learning records as xAPI 1.0.3 statements."""

import json
from datetime import datetime
from uuid import UUID

import pytest

from tests.scenarios.small import TEXT
from tests.support.world import NOW
from training.integrations.xapi import lines
from training.scenarios.catalogue import parse
from training.services.learning_records import Answered, Records

HOME = "https://bedside.example"
SCENARIO = parse(TEXT)


def answered(**more: object) -> Answered:
    given = {
        "run": "play7c", "number": 1, "kind": "rehearsal", "scenario": SCENARIO, "scene": "arrive",
        "title": "She asks", "offered": [("seen", "Fifty minutes…"), ("busy", "We are busy.")],
        "choice": "seen", "said": "Fifty minutes…", "share": 1.0, "best": "seen",
        "skills": ("empathy",), "hinted": False, "taken_back": False,
        "state": {"trust": 40, "told": False}, "at": NOW, **more,
    }  # fmt: skip
    return Answered(**given)  # type: ignore[arg-type]


def told(*answers: Answered) -> list[dict]:  # type: ignore[type-arg]
    found = Records("account1", answers, "Europe/London")
    return [json.loads(line) for line in lines(found, home_page=HOME)]


def test_the_example_of_the_module() -> None:
    (one,) = told(answered())
    assert one["version"] == "1.0.3"
    assert one["verb"]["id"] == "http://adlnet.gov/expapi/verbs/answered"
    assert one["object"]["definition"]["interactionType"] == "choice"
    assert one["result"] == {"response": "seen", "success": True, "score": {"scaled": 1.0}}


def test_the_person_is_an_account_without_name_or_address() -> None:
    (one,) = told(answered())
    assert one["actor"] == {
        "objectType": "Agent",
        "account": {"homePage": HOME, "name": "account1"},
    }


def test_the_choices_the_version_and_the_state_are_told() -> None:
    (one,) = told(answered())
    definition = one["object"]["definition"]
    assert [it["id"] for it in definition["choices"]] == ["seen", "busy"]
    assert definition["correctResponsesPattern"] == ["seen"]
    extensions = one["context"]["extensions"]
    assert extensions[f"{HOME}/xapi/scenario-version"] == 1
    assert extensions[f"{HOME}/xapi/state"] == {"trust": 40, "told": False}
    assert extensions[f"{HOME}/xapi/key"] == "author"


def test_what_the_standard_asks_of_every_statement_is_there() -> None:
    (one,) = told(answered(share=0.2, choice="busy"))
    UUID(one["id"])
    UUID(one["context"]["registration"])
    assert datetime.fromisoformat(one["timestamp"]) == NOW
    assert -1 <= one["result"]["score"]["scaled"] <= 1
    assert one["result"]["success"] is False
    ids = [one["object"]["id"], one["verb"]["id"], *one["context"]["extensions"]]
    assert all(it.startswith(("http://", "https://")) for it in ids)


def test_the_same_decision_has_the_same_id_every_time_and_another_has_another() -> None:
    first, second, other = told(answered(), answered(), answered(number=2))
    assert first["id"] == second["id"] != other["id"]


def test_where_a_panel_disagreed_there_is_no_score_and_no_right_answer() -> None:
    (one,) = told(answered(share=None, best=""))
    assert one["result"] == {"response": "seen"}
    assert "correctResponsesPattern" not in one["object"]["definition"]


@pytest.mark.parametrize("words", ["a\nb", "a\u2028b", '"quoted"', "😀"])
def test_a_statement_is_one_line_whatever_was_said(words: str) -> None:
    found = Records("a", (answered(title=words),), "UTC")
    (line,) = lines(found, home_page=HOME)
    assert "\n" not in line
    assert json.loads(line)["object"]["definition"]["name"]["en"] == words
