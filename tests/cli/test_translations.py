"""Translations are whole, fill in the same things, and are kept in step by a command."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.cli.conftest import Run
from training.cli import translations
from training.skills import ROLES, STAGES
from training.web import languages

FILES = sorted(languages.FOLDER.glob(f"*/{languages.FILE}"))
PERCENT = re.compile(r"%\(\w+\)[a-z]|%.")
CODES = [path.parts[-3] for path in FILES]


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3].replace("-", "_"))


def texts(words: str | tuple[str, ...] | None) -> list[str]:
    if words is None:
        return []
    return [words] if isinstance(words, str) else list(words)


def entries(path: Path) -> list[Message]:
    return [message for message in read(path) if message.id]


def filled_in(words: str) -> set[str]:
    """Return what is filled in: %(n)s of gettext, {n} of the pages' scripts."""
    braces = {f"{{{name}}}" for _, name, _, _ in Formatter().parse(words) if name is not None}
    return set(PERCENT.findall(words)) | braces


def test_the_marked_words_of_templates_code_and_core_are_all_gathered() -> None:
    gathered = {text for message in translations.gather() for text in texts(message.id)}
    assert {"How did it go?", "Choose one of the answers.", "Characters left: {n}"} <= gathered
    assert {stage.for_patients for stage in STAGES.values()} <= gathered
    assert {role.name for role in ROLES.values()} <= gathered


def test_spanish_is_among_the_translations() -> None:
    assert "es" in CODES


@pytest.mark.parametrize("path", FILES, ids=CODES)
def test_every_word_of_the_pages_is_translated(path: Path) -> None:
    wanted = {texts(message.id)[0] for message in translations.gather() if message.id}
    there = {texts(message.id)[0] for message in entries(path)}
    assert there == wanted, "run `bedside translations update`"
    assert translations.left(read(path)) == []


@pytest.mark.parametrize("path", FILES, ids=CODES)
def test_a_translation_fills_in_what_the_english_fills_in(path: Path) -> None:
    for message in entries(path):
        english = filled_in(texts(message.id)[-1])
        for words in texts(message.string):
            assert filled_in(words) == english, words


@pytest.mark.parametrize("path", FILES, ids=CODES)
def test_a_translation_has_every_plural_its_language_needs(path: Path) -> None:
    needed = read(path).num_plurals
    for message in entries(path):
        if message.pluralizable:
            assert len(texts(message.string)) == needed


@pytest.mark.parametrize("path", FILES, ids=CODES)
def test_a_translation_brings_no_markup_and_keeps_the_spaces_at_its_ends(path: Path) -> None:
    for message in entries(path):
        english = texts(message.id)[0]
        for words in texts(message.string):
            assert not set("<>&") & set(words), words
            assert words.startswith(" ") == english.startswith(" ")
            assert words.endswith(" ") == english.endswith(" ")


def test_updating_changes_nothing_where_nothing_changed(bedside: Run, tmp_path: Path) -> None:
    path = tmp_path / "es" / languages.FILE
    path.parent.mkdir(parents=True)
    path.write_bytes((languages.FOLDER / "es" / languages.FILE).read_bytes())
    before = path.read_bytes()
    assert "0 to translate" in bedside("translations", "update", "--folder", str(tmp_path)).output
    assert path.read_bytes() == before


def test_a_new_language_begins_with_every_word_untranslated(bedside: Run, tmp_path: Path) -> None:
    told = bedside("translations", "update", "cy", "--folder", str(tmp_path)).output
    path = tmp_path / "cy" / languages.FILE
    assert told.startswith("Welsh: ")
    assert len(translations.left(read(path))) == len(entries(path)) > 100
    assert "Plural-Forms" in path.read_text(encoding="utf-8")


def test_words_that_left_the_pages_leave_the_file_and_new_ones_wait(
    bedside: Run, tmp_path: Path
) -> None:
    bedside("translations", "update", "cy", "--folder", str(tmp_path))
    path = tmp_path / "cy" / languages.FILE
    before = path.read_text(encoding="utf-8")
    sent = 'msgid "Send"\nmsgstr ""'
    assert sent in before
    changed = before.replace(sent, 'msgid "Not on any page"\nmsgstr "Dim"')
    path.write_text(changed, encoding="utf-8")
    bedside("translations", "update", "cy", "--folder", str(tmp_path))
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("code", ["klingon", "..", "e s"])
def test_a_code_of_no_language_is_refused(bedside: Run, tmp_path: Path, code: str) -> None:
    told = bedside("translations", "update", code, "--folder", str(tmp_path), status=1)
    assert "is not the code of a language" in told.output
    assert list(tmp_path.rglob("*.po")) == []
