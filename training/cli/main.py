"""Every family of commands, under one name."""

import click

from training.cli import (
    analyse,
    content,
    demo,
    practice,
    records,
    running,
    scenarios,
    translations,
    upkeep,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bedside")
def main() -> None:
    """Turn what patients say into better conversations."""


for family in (analyse, content, demo, practice, records, running, scenarios, translations, upkeep):
    for command in family.COMMANDS:
        main.add_command(command)
