"""What others made is here unchanged, with its licence."""

import hashlib
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "training/web/static/vendor"
VENDORED = tomllib.loads((FOLDER / "VENDOR.toml").read_text(encoding="utf-8"))
FILES = [(name, digest) for entry in VENDORED.values() for name, digest in entry["sha256"].items()]


@pytest.mark.parametrize(("name", "digest"), FILES, ids=[name for name, _ in FILES])
def test_a_vendored_file_is_the_one_that_was_taken(name: str, digest: str):
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest


def test_every_file_of_the_folder_is_listed():
    there = {p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*") if p.is_file()}
    assert there - {"VENDOR.toml"} == {name for name, _ in FILES}


@pytest.mark.parametrize("entry", VENDORED.values(), ids=list(VENDORED))
def test_every_entry_says_what_it_is_and_brings_its_licence(entry: dict[str, object]):
    assert all(entry[key] for key in ("name", "version", "source", "licence"))
    assert entry["licence_file"] in entry["sha256"]  # type: ignore[operator]
