"""Checking what stands in content/ beside the scenarios: phrase tables."""

import click

from training.cli.support import report
from training.feedback import language_files


@click.group()
def content() -> None:
    """Look over the phrase tables of content/."""


@content.command("check")
def check_content() -> None:
    """Check the phrase tables; exit 1 when there is a fault."""
    report(language_files.check(), "phrase tables")


COMMANDS = (content,)
