"""Checking what stands in content/: scenarios, phrase tables."""

import click

from training.feedback import language_files
from training.scenarios import audit, checks


@click.group()
def scenarios() -> None:
    """Look over the scenarios in content/scenarios."""


@scenarios.command("check")
def check_scenarios() -> None:
    """Check every scenario; exit 1 when there is a fault."""
    _report([str(fault) for fault in checks.check_all()], "scenarios")


@scenarios.command("audit")
def audit_scenarios() -> None:
    """Print how bots that know nothing fare, scenario by scenario."""
    click.echo(audit.audit_table())


@click.group()
def content() -> None:
    """Look over the rest of content/."""


@content.command("check")
def check_content() -> None:
    """Check the phrase tables; exit 1 when there is a fault."""
    _report(language_files.check(), "phrase tables")


def _report(faults: list[str], what: str) -> None:
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults in the {what}.")
    click.echo(f"No fault in the {what}.")


COMMANDS = (scenarios, content)
