"""Measure the reader: python -m bench.reading [--json] [--data FOLDER]

Prints, where the shared data are present, what the reader reaches on the annotated practice and on
public NHS comments, beside the obvious first version (bench/obvious.py), with speed and memory.
"""

import argparse
import csv
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textblob import TextBlob

from bench import obvious, reading_annotated, reading_folds, reading_knots, train_reading
from bench.reading_measures import nhs_measures, wilson
from training.feedback.comment import Answer, Visit, tidy
from training.feedback.files import load_comments, load_roster
from training.feedback.model import model
from training.feedback.published import as_json
from training.feedback.reading import READER, Roster, read

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_COLUMNS = {
    "ours": "ours, by 5 folds",
    "aside": "ours, set aside",
    "first": "first version",
    "goal": "goal",
}
NHS_GOALS = {
    "accuracy": 0.82, "macro_f1": 0.70, "negative_recall": 0.85,
    "auc_a": 0.985, "auc_c": 0.985, "calibration_error": 0.025,
}  # fmt: skip
GOALS: dict[str, object] = {
    "attribution": "P .96 R .80", "offered_to_reviewer": 0.92, "target_sentiment": 0.90,
    "comment_accuracy": 0.80, "comment_macro_f1": 0.70, "negative": "P .85 R .88",
    "skills": "F .62", "themes": "F .75", "system_to_person": "2 %", "severe": "P .60 R .85",
    "severity3_caught": "all",
}  # fmt: skip


def annotated(folder: Path, scorer: Path) -> dict[str, dict[str, Any]]:
    """Return the scorer's measures of one practice: ours, ours on what was set aside, the first."""
    with tempfile.TemporaryDirectory() as made:
        ours, first = Path(made) / "ours.jsonl", Path(made) / "first.jsonl"
        _read_by_fold(folder, ours)
        _read_first(folder, first)
        aside = Path(made) / "aside"
        aside.mkdir()
        for name in ("comments.jsonl", "gold.jsonl"):
            _every_third(folder / name, aside / name)
        _every_third(ours, aside / "ours.jsonl")
        return {
            "ours": _score(scorer, folder, ours),
            "aside": _score(scorer, aside, aside / "ours.jsonl"),
            "first": _score(scorer, folder, first),
            "goal": GOALS,
        }


def _every_third(lines: Path, to: Path) -> None:
    """Keep the lines that were set aside: every third was not looked at for the tables."""
    kept = lines.read_text(encoding="utf-8").splitlines(keepends=True)[2::3]
    to.write_text("".join(kept), encoding="utf-8")


def _read_by_fold(folder: Path, to: Path) -> None:
    """Read each comment with weights of parts that were not learned from its fold."""
    known, comments = reading_annotated.load(folder)
    models = reading_annotated.by_fold(model(), known, comments)
    with to.open("w", encoding="utf-8") as out:
        for one in comments:
            visit = known.visit(one.row.visit_id)
            found = read(one.row.answer, known.roster, visit, models[one.fold])
            out.write(as_json(one.row.comment_id, found) + "\n")


def reliability(folder: Path) -> list[tuple[str, int, int, tuple[float, float]]]:
    """Return, for bands of confidence, how many matches of comment and person there were, and right.

    Each row: the band, right, all, the 95 % Wilson interval of the share.
    """
    known, comments = reading_annotated.load(folder)
    found: dict[str, list[bool]] = {band: [] for band in ("≥ .95", "≥ .90", "≥ .50", "< .50")}
    for one in comments:
        truth = {it for remark in one.gold["remarks"] for it in remark["staff"]}
        best: dict[str, float] = {}
        reading = read(one.row.answer, known.roster, known.visit(one.row.visit_id))
        for match in (it for each in reading.remarks for it in (*each.staff, *each.candidates)):
            best[match.staff_id] = max(match.confidence, best.get(match.staff_id, 0.0))
        for staff_id, confidence in best.items():
            found[_band(confidence)].append(staff_id in truth)
    return [(band, sum(it), len(it), wilson(sum(it), len(it))) for band, it in found.items()]


def offered(folder: Path) -> dict[str, float]:
    """Return how many people a reviewer is offered a remark, sure ones included.

    The mean is over remarks that offer anybody; those that put a question are also given alone.
    """
    known, comments = reading_annotated.load(folder)
    remarks = [
        remark
        for one in comments
        for remark in read(one.row.answer, known.roster, known.visit(one.row.visit_id)).remarks
    ]
    counts = [len(it.staff) + len(it.candidates) for it in remarks if it.staff or it.candidates]
    asked = [len(it.candidates) for it in remarks if it.candidates]
    return {
        "mean": round(sum(counts) / max(1, len(counts)), 2),
        "mean_where_asked": round(sum(asked) / max(1, len(asked)), 2),
        "most": max(counts, default=0),
    }


def _band(confidence: float) -> str:
    if confidence >= 0.9:
        return "≥ .95" if confidence >= 0.95 else "≥ .90"
    return "≥ .50" if confidence >= 0.5 else "< .50"


def _read_first(folder: Path, to: Path) -> None:
    with (folder / "roster.csv").open(encoding="utf-8", newline="") as file:
        people, _ = load_roster(file)
    with (
        (folder / "comments.jsonl").open(encoding="utf-8") as comments,
        to.open("w", encoding="utf-8") as out,
    ):
        for row in load_comments(comments, "comments.jsonl", reading_annotated.complain):
            out.write(obvious.reading(row, people) + "\n")


def _score(scorer: Path, folder: Path, readings: Path) -> dict[str, Any]:
    run = subprocess.run(  # noqa: S603  (our own arguments)
        [sys.executable, str(scorer), str(folder), str(readings)],
        capture_output=True,
        text=True,
        check=True,
    )
    measures: dict[str, Any] = json.loads(run.stdout)
    return measures


def nhs(path: Path) -> dict[str, dict[str, float]]:
    """Return the measures of public NHS comments: ours, each read by a model that never saw it."""
    comments = reading_folds.load(path)
    known = train_reading.examples(comments)
    models, chances = train_reading.unseen(comments, known)
    models = [replace(one, parts=model().parts) for one in models]
    nobody = Roster([])
    ours = [read(one.answer, nobody, Visit(), models[one.fold]) for one in comments]
    first = [TextBlob(one.answer.text).sentiment.polarity for one in comments]
    error = reading_knots.error_out_of_fold(comments, chances)
    return {
        "ours": nhs_measures(comments, [one.sentiment for one in ours], [one.score for one in ours])
        | {"calibration_error": error},
        "first": nhs_measures(comments, [obvious.label(one) for one in first], first),
        "goal": NHS_GOALS,
    }


def speed(folder: Path, texts: Path) -> dict[str, float]:
    """Return comments a second of TextBlob alone and of the whole reader with a roster of 26."""
    with (folder / "roster.csv").open(encoding="utf-8", newline="") as file:
        roster = Roster(load_roster(file)[0])
    with texts.open(encoding="utf-8", newline="") as file:
        answers = [Answer(tidy(row["text"]), row["question"]) for row in csv.DictReader(file)]
    visit = Visit(on_visit=tuple(sorted(roster.people))[:2], known=True)
    read(answers[0], roster, visit)
    blob = _per_second(answers, lambda one: TextBlob(one.text).sentiment)
    ours = _per_second(answers, lambda one: read(one, roster, visit))
    return {"textblob": round(blob), "ours": round(ours), "ratio": round(ours / blob, 2)}


def _per_second(answers: Sequence[Answer], reader: Callable[[Answer], object]) -> float:
    started = time.process_time()
    for answer in answers:
        reader(answer)
    return len(answers) / (time.process_time() - started)


def first_reading() -> dict[str, float]:
    """Return the seconds to the first reading, and to TextBlob's first, in fresh processes."""
    ours = (
        "from training.feedback.reading import *; from training.feedback.comment import *;"
        "read(Answer('Grace was kind'), Roster([]), Visit())"
    )
    blob = "from textblob import TextBlob; TextBlob('Grace was kind').sentiment"
    return {"ours": _fresh(ours), "textblob": _fresh(blob)}


def _fresh(code: str) -> float:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603  (our own code)
        times.append(time.perf_counter() - started)
    return round(min(times), 2)


def main() -> None:
    """Print the measures, and with --json one object on the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of shared data")
    asked = parser.parse_args()
    found: dict[str, Any] = {"reader": READER, "machine": _machine()}
    print(f"reader {READER}, {found['machine']}")
    found["first_reading_seconds"] = first_reading()
    practice, texts = asked.data / "annotated" / "cedar", asked.data / "patient-comments"
    # Before much is held in memory, which slows both.
    if practice.is_dir() and texts.is_dir():
        found["per_second"] = speed(practice, texts / "sentiment.csv")
        print(f"comments a second, one core: {found['per_second']}")
    if practice.is_dir():
        found["cedar"] = annotated(practice, asked.data / "annotated" / "score.py")
        _print_table("annotated practice (tuned on it: expect less elsewhere)", found["cedar"])
        found["reliability"] = reliability(practice)
        print("\nconfidence of a match, right of all, 95 % interval")
        for band, right, of, (low, high) in found["reliability"]:
            print(f"  {band:8}{right:>6} of {of:<6}{low} to {high}")
        found["offered"] = offered(practice)
        print(f"people offered a remark (goal: mean 1.5, most 3): {found['offered']}")
    if texts.is_dir():
        found["nhs"] = nhs(texts / "sentiment.csv")
        _print_table("NHS comments, out of fold (fft_2023; AUC trusts_2021 A and C)", found["nhs"])
    if not practice.is_dir() and not texts.is_dir():
        print(f"no data at {asked.data}: nothing measured but the start")
    found["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"first reading in a fresh process: {found['first_reading_seconds']}")
    print(f"peak memory: {found['peak_memory_mb']} MB (with all comments held)")
    if asked.json:
        print(json.dumps(found))


def _machine() -> str:
    day = datetime.now(UTC).date().isoformat()
    return f"{day}, Python {platform.python_version()} on {platform.machine()}"


def _print_table(title: str, measured: dict[str, dict[str, Any]]) -> None:
    print(f"\n{title}\n  {'':22}" + "".join(f"{_COLUMNS[side]:>26}" for side in measured))
    for name in measured["ours"]:
        if name != "comment_f1":
            cells = (_short(one.get(name, "")) for one in measured.values())
            print(f"  {name:22}" + "".join(f"{cell:>26}" for cell in cells))


def _short(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    if "n_gold" in value and value["n_pred"]:
        right = round(value["recall"] * value["n_gold"])
        low, high = wilson(right, value["n_gold"])
        return f"P {value['precision']} R {value['recall']} ({low}–{high})"
    return f"P {value['precision']} R {value['recall']} F {value['f1']}"


if __name__ == "__main__":
    main()
