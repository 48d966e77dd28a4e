"""`python -m training` is the `bedside` command."""

from training.cli import main

main()
