"""`python -m training` is the `bedside` command."""

from training.cli.main import main

main()
