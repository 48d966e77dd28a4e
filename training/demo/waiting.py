"""The dozen comments of the last days that wait for a reviewer, from waiting.yaml.

They are written whole, because each shows something that a reviewer meets: a danger, another
language, two people of one name, two on the desk, a name as it sounds.

    days_ago: 3, visit: [H06, H01], answers: …  ──►  a Leaving of three days ago, undecided
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from training.demo.data import StaffMember, Statement
from training.demo.leaving import Leaving
from training.demo.story import FOLDER, load
from training.demo.visits import Contact, Rota
from training.demo.wording import Worded

_AFTERNOON = 19 * 60 + 10  # minutes into the day: after any visit of that day and its invitation


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """Makes the waiting comments of one year."""

    rota: Rota
    roster: Mapping[str, StaffMember]
    today: date

    def leavings(self) -> list[Leaving]:
        """Return the comments, each left so many days before `today`."""
        rows = load(FOLDER / "waiting.yaml")
        return [self._leaving(row, number) for number, row in enumerate(rows)]

    def _leaving(self, row: Mapping[str, Any], number: int) -> Leaving:
        day = self.today - timedelta(days=row["days_ago"])
        tapped = tuple(row.get("tapped", ()))
        return Leaving(
            left_at=self.rota.moment(day, _AFTERNOON + number),
            contact=self._contact(row, day) if "visit" in row else None,
            site=row["site"],
            stage=row["stage"],
            worded=_worded(row),
            rating=row["rating"],
            openness=row["openness"],
            tapped=tapped,
            about="staff" if tapped else "unsaid",
            undecided=True,
        )

    def _contact(self, row: Mapping[str, Any], day: date) -> Contact:
        crew = tuple(self.roster[staff_id] for staff_id in row["visit"])
        moment = min(self.rota.at(day), self.rota.moment(day, 17 * 60))
        return Contact(moment, row["channel"], row["stage"], row["site"], crew)


def _worded(row: Mapping[str, Any]) -> Worded:
    answers: list[tuple[str, str]] = []
    truth: list[Statement] = []
    for answer in row["answers"]:
        text = ""
        for sentence in answer["sentences"]:
            text += (" " if text else "") + sentence["text"]
            start = len(text) - len(sentence["text"])
            truth.append(_statement(sentence, answer["question"], start, len(text)))
        answers.append((answer["question"], text))
    return Worded(tuple(answers), tuple(truth), row["channel"])


def _statement(sentence: Mapping[str, Any], question: str, start: int, end: int) -> Statement:
    staff = tuple(sentence.get("about", ()))
    skill, theme = sentence.get("skill"), sentence.get("theme")
    cause = "system" if theme else "person" if staff or skill else "other"
    return Statement(
        question=question,
        start=start,
        end=end,
        sign=sentence["sign"],
        cause=cause,
        staff=staff,
        skill=skill,
        theme=theme,
    )
