"""Learning records as xAPI 1.0.3 statements, one JSON object a line.

    Answered(play 7c…, arrive, "seen", 1.0)
      ──► {"verb": {"id": ".../answered"}, "object": {"definition": {"interactionType": "choice", …}},
           "result": {"response": "seen", "success": true, "score": {"scaled": 1.0}}, …}

The person is an account of this Bedside, without name or address. The same decision has the same
statement id every time, so that a store which is sent a file twice keeps each statement once.
"""

import json
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from training.services.learning_records import Answered, Records

VERSION = "1.0.3"
ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
SIMULATION = "http://adlnet.gov/expapi/activities/simulation"


def lines(found: Records, *, home_page: str) -> Iterator[str]:
    """Yield each record as a line of JSON; `home_page` is the address of this Bedside."""
    for one in found.answers:
        yield json.dumps(statement(one, found.person, home_page), ensure_ascii=False)


def statement(one: Answered, person: str, home_page: str) -> dict[str, Any]:
    """Return the statement that a person answered one decision."""
    language = one.scenario.script.language
    return {
        "id": str(uuid5(NAMESPACE_URL, f"{home_page}/plays/{one.run}/{one.number}")),
        "version": VERSION,
        "timestamp": one.at.isoformat(timespec="milliseconds"),
        "actor": {"objectType": "Agent", "account": {"homePage": home_page, "name": person}},
        "verb": {"id": ANSWERED, "display": {"en": "answered"}},
        "object": {
            "objectType": "Activity",
            "id": f"{home_page}/conversations/{one.scenario.slug}#{one.scene}",
            "definition": _definition(one, language),
        },
        "result": _result(one),
        "context": _context(one, home_page, language),
    }


def _definition(one: Answered, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": INTERACTION,
        "name": {language: one.title},
        "interactionType": "choice",
        "choices": [{"id": ident, "description": {language: say}} for ident, say in one.offered],
    }
    if one.best:
        found["correctResponsesPattern"] = [one.best]
    return found


def _result(one: Answered) -> dict[str, Any]:
    if one.share is None:
        return {"response": one.choice}
    return {
        "response": one.choice,
        "success": one.choice == one.best,
        "score": {"scaled": round(one.share, 4)},
    }


def _context(one: Answered, home_page: str, language: str) -> dict[str, Any]:
    script = one.scenario.script
    about = f"{home_page}/xapi"
    return {
        "registration": str(uuid5(NAMESPACE_URL, f"{home_page}/plays/{one.run}")),
        "language": language,
        "contextActivities": {
            "parent": [
                {
                    "objectType": "Activity",
                    "id": f"{home_page}/conversations/{script.slug}",
                    "definition": {"type": SIMULATION, "name": {language: script.title}},
                }
            ]
        },
        "extensions": {
            f"{about}/scenario-version": script.version,
            f"{about}/scenario-digest": one.scenario.digest,
            f"{about}/kind": one.kind,
            f"{about}/key": script.key.by,
            f"{about}/state": dict(one.state),
            f"{about}/skills": list(one.skills),
            f"{about}/hinted": one.hinted,
            f"{about}/taken-back": one.taken_back,
        },
    }
