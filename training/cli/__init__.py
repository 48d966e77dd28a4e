"""The `bedside` command: one module a family of commands, each a thin layer over services."""
