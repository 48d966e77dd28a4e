"""`bedside analyse`: a whole file of comments into readings, without a database or a sign-in."""

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

import click

from training.cli.support import bar
from training.feedback import files
from training.feedback.files import Row
from training.services import plain_roster
from training.services.import_text import Unreadable

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
REPORTED = 200


@click.command()
@click.option("--comments", required=True, type=FILE, help="Comments: JSON lines or CSV.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Readings: JSON lines.",
)
@click.option("--roster", type=FILE, help="Who works there; without it nobody is matched.")
@click.option("--visits", type=FILE, help="The visits.")
@click.option("--visit-staff", type=FILE, help="Who was on each visit.")
def analyse(
    comments: Path, out: Path, roster: Path | None, visits: Path | None, visit_staff: Path | None
) -> None:
    """Read every comment of a file; bad rows are reported by line and skipped.

    Exits 0 unless nothing could be read.
    """
    with ExitStack() as opened:
        report = _Report()
        open_or_none = [
            opened.enter_context(_open(path)) if path else None for path in (visits, visit_staff)
        ]
        source = opened.enter_context(_open(comments))
        target = opened.enter_context(out.open("w", encoding="utf-8"))
        read = files.analyse(
            source, comments.name, target, roster=_roster(roster, report) if roster else None,
            visits=open_or_none[0], visit_staff=open_or_none[1], report=report,
            progress=_Progress(comments),
        )  # fmt: skip
    report.close()
    click.echo(f"{read} comments read, {report.n} lines skipped.", err=True)
    if not read:
        raise click.ClickException("Nothing could be read.")


def _roster(path: Path, report: Callable[[str], None]) -> TextIO | None:
    """Return a roster in our own headings and words, as `bedside import` understands it."""
    try:
        return io.StringIO(plain_roster.rewritten(path.read_bytes()), newline="")
    except Unreadable as error:
        for fault in error.faults:
            report(f"roster, line {fault.line}: {fault.text}")
        return None


def _open(path: Path) -> TextIO:
    # A byte that is not UTF-8 spoils one line, not the file.
    return path.open(encoding="utf-8-sig", errors="replace", newline="")


class _Report:
    """Says what was wrong, line by line, up to a limit."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self, problem: str) -> None:
        self.n += 1
        if self.n <= REPORTED:
            click.echo(problem, err=True)

    def close(self) -> None:
        """Say how much was left unsaid."""
        if self.n > REPORTED:
            click.echo(f"… and {self.n - REPORTED} more", err=True)


class _Progress:
    """Draws a bar over the rows by the lines of their file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, rows: Iterable[Row]) -> Iterator[Row]:
        if not sys.stderr.isatty():
            yield from rows
            return
        with self.path.open("rb") as file:
            length = sum(1 for _ in file)
        with bar("Reading comments", length) as done:
            for row in rows:
                yield row
                done(1)


COMMANDS = (analyse,)
