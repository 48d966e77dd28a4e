"""The annotated practice: its comments with their answers, and what the parts of them teach."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench import reading_fit
from bench.reading_folds import FOLDS, dealt
from training.feedback import blending
from training.feedback.files import Practice, Row, load_comments, practice
from training.feedback.model import Model, Pair
from training.feedback.reading import told

PENALTY = 0.006
EPOCHS = 60


@dataclass(frozen=True, slots=True)
class Annotated:
    """One comment of the practice and the answer of its annotator; `fold` is dealt by comment."""

    row: Row
    gold: Mapping[str, Any]
    number: int
    fold: int

    @property
    def aside(self) -> bool:
        """Whether it was set aside: every third was not looked at while tables were written."""
        return self.number % 3 == 2


def load(folder: Path) -> tuple[Practice, list[Annotated]]:
    """Return the practice of a folder and its comments in order."""
    with ExitStack() as files:
        roster, visits, visit_staff, comments, answers = (
            files.enter_context((folder / name).open(encoding="utf-8", newline=""))
            for name in (
                "roster.csv", "visits.csv", "visit_staff.csv", "comments.jsonl", "gold.jsonl"
            )
        )  # fmt: skip
        known = practice(roster, visits, visit_staff, complain)
        rows = list(load_comments(comments, "comments.jsonl", complain))
        gold = {one["comment_id"]: one for one in map(json.loads, answers)}
    folds = dealt([row.comment_id for row in rows])
    return known, [
        Annotated(row, gold[row.comment_id], number, folds[row.comment_id])
        for number, row in enumerate(rows)
    ]


def complain(line: str) -> None:
    """Print what could not be read to the error stream."""
    print(line, file=sys.stderr)


def spans(one: Annotated) -> list[tuple[int, int]]:
    """Return where the remarks of the answer stand in the text, in order."""
    found: list[tuple[int, int]] = []
    at = 0
    for remark in one.gold["remarks"]:
        start = one.row.answer.text.find(remark["quote"], at)
        start = start if start >= 0 else one.row.answer.text.find(remark["quote"])
        at = start + len(remark["quote"])
        found.append((start, at))
    return found


def with_parts(model: Model, folder: Path) -> Model:
    """Return the model with weights for the voices of a part, learned from the whole practice."""
    known, comments = load(folder)
    return replace(model, parts=parts(model, known, comments))


def by_fold(model: Model, known: Practice, comments: Sequence[Annotated]) -> list[Model]:
    """Return a model a fold: its weights of parts never saw the comments of that fold."""
    return [
        replace(model, parts=parts(model, known, [one for one in comments if one.fold != fold]))
        for fold in range(FOLDS)
    ]


def parts(model: Model, known: Practice, comments: Sequence[Annotated]) -> dict[str, Pair]:
    """Return the weights of the voices of a part."""
    rows = [pair for one in comments for pair in _taught(model, known, one)]
    return reading_fit.fit_voices(rows, penalty=PENALTY, epochs=EPOCHS)


def _taught(
    model: Model, known: Practice, one: Annotated
) -> Iterator[tuple[Mapping[str, float], str]]:
    """Yield the voices of every part of a comment, and the sentiment of the remark it lies in."""
    if one.gold["language"] != "en":
        return
    answer = one.row.answer
    seen = told(answer, known.roster, known.visit(one.row.visit_id))
    heard = model.hear(seen.marks, answer.question)
    chances = model.chances(heard, seen.voices)
    places = spans(one)
    for part in seen.parts:
        start = seen.page.words[part.piece.first].start
        end = seen.page.words[part.piece.last].end
        shared = [min(end, high) - max(start, low) for low, high in places]
        most = max(range(len(shared)), key=lambda at: shared[at], default=None)
        inside = most is not None and shared[most] > 0
        label = one.gold["remarks"][most]["sentiment"] if inside else "neutral"
        yield blending.voices(part, heard, chances, answer), label
