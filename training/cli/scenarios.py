"""Writing scenarios: begin one, put it in form, check it, draw its map, let bots play it."""

from pathlib import Path

import click

from training.cli.scenario_panel import panel
from training.cli.support import report
from training.scenarios import audit, check_names, checks, coverage, prose, storymap
from training.scenarios.catalogue import FILE, FOLDER, files, load_file, parse
from training.scenarios.faults import ScenarioError
from training.scenarios.script import Script
from training.scenarios.starter import starter
from training.skills import CHANNELS, ROLES, SKILLS, STAGES

folder_argument = click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=FOLDER
)


@click.group()
def scenarios() -> None:
    """Write, check and look over scenarios: those of content/scenarios, or of another FOLDER."""


@scenarios.command("check")
@folder_argument
def check_scenarios(folder: Path) -> None:
    """Check every scenario; exit 1 when there is a fault."""
    _some(folder)
    faults = checks.check_all(folder)
    if not faults:
        click.echo("Who is in them, and how many are angry or upset at first:")
        for line in coverage.balance_lines(_scripts(folder)):
            click.echo(f"  {line}")
    report([str(fault) for fault in faults], "scenarios")


@scenarios.command("audit")
@folder_argument
def audit_scenarios(folder: Path) -> None:
    """Print how bots that know nothing fare, and what is covered; exit 1 when a bot does well."""
    _some(folder)
    try:
        rows = audit.audit_rows(folder)
        scripts = _scripts(folder)
    except ScenarioError as error:
        raise click.ClickException(str(error)) from error
    click.echo(audit.table(rows))
    click.echo("\n" + "\n".join(coverage.coverage_lines(scripts)))
    if passing := [row.slug for row in rows if row.passes]:
        raise click.ClickException(
            f"A bot earns more than {audit.HIGHEST_MEAN:.2f} in {', '.join(passing)}."
        )


@scenarios.command("fmt")
@folder_argument
@click.option("--check", is_flag=True, help="Change nothing; exit 1 where something would be.")
def format_scenarios(folder: Path, check: bool) -> None:
    """Put every sentence in double quotes; what a file says is never changed."""
    changed = 0
    for path in _some(folder):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise click.ClickException(f"{path}: save it as UTF-8 first.") from error
        made = prose.quoted(text)
        if made == text:
            continue
        changed += 1
        click.echo(f"{'Would change' if check else 'Changed'} {path}")
        if not check:
            path.write_text(made, encoding="utf-8", newline="\n")
    if check and changed:
        raise click.exceptions.Exit(1)
    click.echo(f"{changed} changed.")


@scenarios.command("new")
@click.argument("slug")
@click.option("--title", required=True, help="What the conversation is called.")
@click.option("--role", type=click.Choice(sorted(ROLES)), required=True, help="Who rehearses it.")
@click.option("--skill", type=click.Choice(sorted(SKILLS)), required=True, help="What it trains.")
@click.option("--stage", type=click.Choice(list(STAGES)), default="request", show_default=True)
@click.option("--channel", type=click.Choice(list(CHANNELS)), default="phone", show_default=True)
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=FOLDER)
def new(slug: str, title: str, role: str, skill: str, stage: str, channel: str, into: Path) -> None:
    """Begin the scenario SLUG: the whole form, with <…> where words are still to be written."""
    text = starter(slug, title, role, skill, stage, channel)
    try:
        parse(text, FILE)
    except ScenarioError as error:
        raise click.ClickException(str(error)) from error
    path = into / slug / FILE
    if path.parent.exists():
        raise click.ClickException(f"There is a folder {path.parent} already.")
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {path}. Now `bedside scenarios check {path.parent}` says what is missing.")


@scenarios.command("map")
@click.argument("slug")
@click.option("--folder", type=click.Path(exists=True, path_type=Path), default=FOLDER)
def draw_map(slug: str, folder: Path) -> None:
    """Print the map of the scenario SLUG: every scene, what may be said, where it leads."""
    path = folder / slug / FILE
    if not path.is_file():
        raise click.ClickException(f"There is no scenario {slug} in {folder}.")
    try:
        scenario = load_file(path)
        faults = check_names.faults(scenario.source)
        click.echo(storymap.outline(scenario.script))
    except ScenarioError as error:
        raise click.ClickException(str(error)) from error
    report([str(fault) for fault in faults], "map")


def _some(folder: Path) -> list[Path]:
    if found := files(folder):
        return found
    raise click.ClickException(f"There is no scenario in {folder}.")


def _scripts(folder: Path) -> list[Script]:
    return [load_file(path).script for path in files(folder)]


scenarios.add_command(panel)
COMMANDS = (scenarios,)
