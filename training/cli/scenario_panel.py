"""The panel of a scenario: a blind sheet out to each rater, their ratings back into the key."""

import csv
from pathlib import Path

import click

from training.scenarios import panel as core
from training.scenarios.catalogue import FILE, FOLDER, Scenario, load_file, parse
from training.scenarios.faults import ScenarioError
from training.services.cells import defuse

folder_option = click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=FOLDER,
    help="The folder of scenarios, if not content/scenarios.",
)  # fmt: skip


@click.group()
def panel() -> None:
    """Have a scenario rated by a panel: five people or more, a patient among them, each alone."""


@panel.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@folder_option
def export(slug: str, file: Path, folder: Path) -> None:
    """Write the blind sheet of the scenario SLUG to FILE; each rater fills in a copy of it."""
    rows = core.sheet(_scenario(folder, slug).script)
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([defuse(cell) for cell in row] for row in rows)
    click.echo(f"{len(rows) - 1} replies to rate, 1 (poor) to 5 (very good): {file}")


@panel.command("import")
@click.argument("slug")
@click.argument(
    "sheets", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--patients", type=int, required=True, help="How many of the raters are patients.")
@folder_option
def import_(slug: str, sheets: tuple[Path, ...], patients: int, folder: Path) -> None:
    """Put the ratings of SHEETS, a file a rater, into the key of the scenario SLUG.

    All the sheets at once: what the key held before is replaced.
    """
    scenario = _scenario(folder, slug)
    try:
        ratings = core.collect(scenario.script, [_sheet(path) for path in sheets], patients)
    except core.BadSheet as error:
        raise click.ClickException(str(error)) from error
    made = parse(core.with_key(scenario.text, ratings, patients))
    (folder / slug / FILE).write_text(made.text, encoding="utf-8", newline="\n")
    click.echo("\n".join(core.verdicts(made.script)))
    click.echo(f"The key of {slug} is now that of {len(sheets)} raters. `bedside scenarios check`")


def _scenario(folder: Path, slug: str) -> Scenario:
    path = folder / slug / FILE
    if not path.is_file():
        raise click.ClickException(f"There is no scenario {slug} in {folder}.")
    try:
        return load_file(path)
    except ScenarioError as error:
        raise click.ClickException(str(error)) from error


def _sheet(path: Path) -> core.Sheet:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path}: save it as CSV, UTF-8.") from error
    lines = text.splitlines()
    separator = max(",;\t", key=lines[0].count) if lines else ","
    reader = csv.DictReader(lines, delimiter=separator, restval="", restkey="more")
    heads = reader.fieldnames or []
    if absent := [head for head in ("scene", "choice", "rating", "words") if head not in heads]:
        raise click.ClickException(f"{path}: the column {absent[0]} is missing.")
    return core.Sheet(path.name, list(reader))
