"""Bedside: what patients say, turned into better conversations.

`create_app` imports late, so that the core can be read, tested and used without Flask.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from training.config import Config


def create_app(config: "Config | None" = None) -> "Flask":
    """Return the Flask application for a configuration (the environment's where none is given)."""
    from training.app import build
    from training.config import Config

    return build(config or Config.from_env())
