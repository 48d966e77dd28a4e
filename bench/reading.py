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
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textblob import TextBlob

from bench import obvious
from training.feedback.comment import Answer, Visit, tidy
from training.feedback.files import analyse, load_comments, load_roster
from training.feedback.reading import READER, Roster, read

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_COLUMNS = {"ours": "ours", "aside": "ours, set aside", "first": "first version"}
LABELS = ("positive", "negative", "neutral")


@dataclass(frozen=True, slots=True)
class Scored:
    """One NHS comment: where it is from, its label, and what was read (label, score)."""

    source: str
    organisation: str
    gold: str
    label: str
    score: float


def annotated(folder: Path, scorer: Path) -> dict[str, dict[str, Any]]:
    """Return the scorer's measures of one practice: ours, ours on what was set aside, the first."""
    with tempfile.TemporaryDirectory() as made:
        ours, first = Path(made) / "ours.jsonl", Path(made) / "first.jsonl"
        _read_ours(folder, ours)
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
        }


def _every_third(lines: Path, to: Path) -> None:
    """Keep the lines that were set aside: every third was not looked at for the tables."""
    kept = lines.read_text(encoding="utf-8").splitlines(keepends=True)[2::3]
    to.write_text("".join(kept), encoding="utf-8")


def _read_ours(folder: Path, to: Path) -> None:
    with (
        (folder / "comments.jsonl").open(encoding="utf-8") as comments,
        (folder / "roster.csv").open(encoding="utf-8", newline="") as roster,
        (folder / "visits.csv").open(encoding="utf-8", newline="") as visits,
        (folder / "visit_staff.csv").open(encoding="utf-8", newline="") as visit_staff,
        to.open("w", encoding="utf-8") as out,
    ):
        analyse(
            comments,
            "comments.jsonl",
            out,
            roster=roster,
            visits=visits,
            visit_staff=visit_staff,
            report=_complain,
        )


def _read_first(folder: Path, to: Path) -> None:
    with (folder / "roster.csv").open(encoding="utf-8", newline="") as file:
        people, _ = load_roster(file)
    with (
        (folder / "comments.jsonl").open(encoding="utf-8") as comments,
        to.open("w", encoding="utf-8") as out,
    ):
        for row in load_comments(comments, "comments.jsonl", _complain):
            out.write(obvious.reading(row, people) + "\n")


def _complain(line: str) -> None:
    print(line, file=sys.stderr)


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
    """Return accuracy, macro-F1, negative recall (fft_2023) and AUC (trusts_2021 A, C) of both."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    nobody, nowhere = Roster([]), Visit()

    def ours(row: dict[str, str]) -> tuple[str, float]:
        reading = read(Answer(tidy(row["text"]), row["question"]), nobody, nowhere)
        return reading.sentiment, reading.score

    def first(row: dict[str, str]) -> tuple[str, float]:
        polarity = TextBlob(row["text"]).sentiment.polarity
        return obvious.label(polarity), polarity

    return {"ours": _nhs_measures(rows, ours), "first": _nhs_measures(rows, first)}


def _nhs_measures(
    rows: Sequence[dict[str, str]], reader: Callable[[dict[str, str]], tuple[str, float]]
) -> dict[str, float]:
    scored = [
        Scored(row["source"], row["organisation"], row["sentiment"], *reader(row)) for row in rows
    ]
    pairs = Counter(
        (one.gold, "neutral" if one.label == "mixed" else one.label)
        for one in scored
        if one.source == "fft_2023"
    )
    measures = {
        "accuracy": sum(pairs[name, name] for name in LABELS) / sum(pairs.values()),
        "macro_f1": sum(_f1(pairs, name) for name in LABELS) / len(LABELS),
        "negative_recall": _share(pairs, "negative", 0),
        "negative_precision": _share(pairs, "negative", 1),
    }
    for organisation in ("Trust A", "Trust C"):
        chosen = [
            (one.score, one.gold == "positive")
            for one in scored
            if one.organisation == organisation and one.gold != "neutral"
        ]
        measures[f"auc_{organisation[-1].lower()}"] = auc(chosen)
    return {name: round(value, 3) for name, value in measures.items()}


def _share(pairs: Counter[tuple[str, str]], name: str, side: int) -> float:
    total = sum(count for pair, count in pairs.items() if pair[side] == name)
    return pairs[name, name] / total if total else 0.0


def _f1(pairs: Counter[tuple[str, str]], name: str) -> float:
    recall, precision = _share(pairs, name, 0), _share(pairs, name, 1)
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def auc(scored: Iterable[tuple[float, bool]]) -> float:
    """Return the chance that a positive comment scores above a negative one (ties count half)."""
    ordered = sorted(scored)
    positives = sum(positive for _, positive in ordered)
    negatives = len(ordered) - positives
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += (at + 1 + end) / 2 * sum(positive for _, positive in ordered[at:end])
        at = end
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


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
    if practice.is_dir():
        found["cedar"] = annotated(practice, asked.data / "annotated" / "score.py")
        _print_table("annotated practice (tuned on it: expect less elsewhere)", found["cedar"])
    if texts.is_dir():
        found["nhs"] = nhs(texts / "sentiment.csv")
        _print_table("NHS comments (fft_2023; AUC trusts_2021 A and C)", found["nhs"])
    if practice.is_dir() and texts.is_dir():
        found["per_second"] = speed(practice, texts / "sentiment.csv")
        print(f"\ncomments a second, one core: {found['per_second']}")
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
            print(f"  {name:22}" + "".join(f"{_short(one[name]):>26}" for one in measured.values()))


def _short(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return f"P {value['precision']} R {value['recall']} F {value['f1']}"


if __name__ == "__main__":
    main()
