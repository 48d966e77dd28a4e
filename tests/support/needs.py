"""System packages that some tests need: skipped with the reason where missing, a failure in CI."""

import os
import shutil

import pytest

from tests.support.postgres import programs

THERE = {
    "chromium": lambda: shutil.which("chromium") is not None,
    "postgresql": lambda: programs() is not None,
}


def need(package: str) -> None:
    """Skip the test unless a system package is there; fail where CI promised it."""
    if THERE[package]():
        return
    if package in os.environ.get("BEDSIDE_TESTS_NEED", "").split(","):
        pytest.fail(f"{package} is missing, and .ci/run should have installed it")
    pytest.skip(f"needs Debian's package {package}: apt-get install {package}")
