"""Train the reader's weights: python -m bench.train_reading [--data FOLDER] [--out FILE]

Reads the shared data, which are never committed, and writes content/language/weights.txt: what was
learned of words and pairs seen in at least five comments, with where it is from, when it was made
and how well it does on comments it did not see. Nothing but the Python library is needed.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import reading_annotated, reading_fit, reading_folds, reading_knots, reading_measures
from bench.reading_fit import Example
from bench.reading_folds import FOLDS, Public
from training.feedback.comment import Visit
from training.feedback.model import WEIGHTS, Chances, Model, Pair, digest
from training.feedback.reading import READER, Roster, told

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_PROVENANCE = (
    "words, pairs and voices: NHS comments (MIT, © 2021 NHS England, The-Strategy-Unit/pxtextmining);"
    " features seen in at least five comments; parts: an annotated fictional practice"
)


def examples(comments: Sequence[Public]) -> list[Example]:
    """Return what the model is told of each comment, with what it should learn."""
    nobody = Roster([])
    found = []
    for one in comments:
        seen = told(one.answer, nobody, Visit())
        found.append(
            Example(seen.marks, seen.voices, one.answer.question, one.source, one.label, one.group)
        )
    return found


def unseen(
    comments: Sequence[Public], known: Sequence[Example]
) -> tuple[list[Model], list[Chances]]:
    """Return a model a fold, and the chances of every comment by the model that never saw it."""
    models = [
        reading_fit.fit([it for it, one in zip(known, comments, strict=True)
                         if one.teaches and one.fold != fold])
        for fold in range(FOLDS)
    ]  # fmt: skip
    chances = [
        models[one.fold].chances(models[one.fold].hear(it.marks, it.question), it.voices)
        for one, it in zip(comments, known, strict=True)
    ]
    return models, chances


def lines(model: Model, head: dict[str, str]) -> Iterator[str]:
    """Yield the lines of a weights file."""
    body = list(_body(model))
    for name, value in {**head, "digest": digest(body)}.items():
        yield f"# {name}: {value}"
    yield from body


def _body(model: Model) -> Iterator[str]:
    yield _line("bias", "", model.bias)
    for at, knot in enumerate(model.knots):
        yield _line("knot", str(at), knot)
    for kind, weights in (("part", model.parts), ("voice", model.voices), ("alone", model.alone)):
        for name, pair in sorted(weights.items()):
            yield _line(kind, name, pair)
    for question, weights in sorted(model.asked.items()):
        for name, pair in sorted(weights.items()):
            yield _line(f"asked {question}", name, pair)
    for first, following in sorted(model.pairs.items()):
        for second, pair in sorted(following.items()):
            yield _line("pair", f"{first} {second}", pair)


def _line(kind: str, name: str, pair: Pair) -> str:
    return f"{kind}\t{name}\t{pair[0]:g}\t{pair[1]:g}"


def main() -> None:
    """Train, measure out of fold, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of shared data")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="the file to write")
    asked = parser.parse_args()
    comments = reading_folds.load(asked.data / "patient-comments" / "sentiment.csv")
    known = examples(comments)
    _, chances = unseen(comments, known)
    measured = reading_measures.nhs(comments, chances)
    measured["expected_calibration_error"] = reading_knots.error_out_of_fold(comments, chances)
    model = reading_fit.fit([it for it, one in zip(known, comments, strict=True) if one.teaches])
    model = reading_knots.with_knots(model, comments, chances)
    model = reading_annotated.with_parts(model, asked.data / "annotated" / "cedar")
    head = {
        "what": f"weights of the reader {READER}, made by python -m bench.train_reading",
        "made": datetime.now(UTC).date().isoformat(),
        "from": _PROVENANCE,
        "comments": f"{sum(one.teaches for one in comments)} of {len(comments)}",
        "out of fold": ", ".join(f"{name} {value}" for name, value in measured.items()),
    }
    asked.out.write_text("\n".join(lines(model, head)) + "\n", encoding="utf-8")
    print(f"{asked.out}: {head['out of fold']}")


if __name__ == "__main__":
    main()
