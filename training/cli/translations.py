"""Keeping translations in step with the words of the pages.

    pages: _("Send")  ──gather──►  every marked word  ──update──►  training/translations/es/…/messages.po
                                                                    Send → Enviar, kept; new words: empty

Words are found by their marks: `_`, `gettext` and `ngettext` in templates and Python, and the names
of stages and roles, which the core keeps without knowing that they are translated.
"""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import click
from babel import UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

import training
from training.web import languages

PACKAGE = Path(training.__file__).parent
METHODS = [("**.html", "jinja2.ext.babel_extract"), ("**.py", "python")]
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
NAMES = {"Stage": (2,), "Role": (2,)}
WIDTH = 100

_BLANKS = re.compile(
    rb'^"([\w-]+: .*(EMAIL@ADDRESS|YEAR-MO-DA|LL@li\.org|VERSION)|POT-Creation-Date|Generated-By).*\n',
    re.MULTILINE,
)


def gather() -> Catalog:
    """Return every word that patients' pages may show, with the files it stands in."""
    catalog = Catalog(project="Bedside", charset="utf-8")
    for file, words, notes in _marked():
        catalog.add(words, None, [(file, 1)], auto_comments=notes)
    return catalog


def _marked() -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    found = extract_from_dir(PACKAGE / "web", METHODS, options_map=OPTIONS)
    for file, _, words, notes, _ in found:
        yield f"training/web/{file}", words, notes
    for _, words, notes, _ in extract_from_file("python", PACKAGE / "skills.py", keywords=NAMES):
        yield "training/skills.py", words, notes


def update(path: Path, code: str) -> Catalog:
    """Bring one file of translations up to date, made where there is none; return what it holds.

    A word that left the pages is taken out. One that changed a little keeps the old translation,
    marked fuzzy, and stays English on the pages until somebody looks at it.
    """
    catalog = Catalog(
        locale=code.replace("-", "_"),
        project="Bedside",
        charset="utf-8",
        fuzzy=False,
        header_comment=f"# Bedside's words for patients, in {languages.language(code).english_name}.",
    )
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=code.replace("-", "_"))
    catalog.update(gather(), update_creation_date=False)
    catalog.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(catalog))
    return catalog


def written(catalog: Catalog) -> bytes:
    """Return a catalogue as its file holds it: no line numbers, dates or blanks to be filled in.

    So a change of a page changes the file just where its words changed.
    """
    buffer = BytesIO()
    write_po(buffer, catalog, width=WIDTH, include_lineno=False)
    return _BLANKS.sub(b"", buffer.getvalue())


def left(catalog: Catalog) -> list[str]:
    """Return the words that still want a translation, or another look at one."""
    return [_texts(m.id)[0] for m in catalog if m.id and (m.fuzzy or not all(_texts(m.string)))]


def _texts(words: str | Sequence[str] | None) -> Sequence[str]:
    """Return the singular and the plurals of an entry; most have one text."""
    return ("" if words is None else words,) if isinstance(words, str | None) else words


@click.group("translations")
def translations() -> None:
    """Keep the translations of patients' pages in step with their words."""


@translations.command("update")
@click.argument("code", required=False)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=languages.FOLDER,
    help="Where the translations stand, if not in training/translations.",
)
def update_files(code: str | None, folder: Path) -> None:
    """Bring every language up to date, or the one named by CODE (es, pt-BR), made where it is new."""
    for each in [code] if code else list(languages.read(folder))[1:]:
        try:
            name = languages.language(each).english_name
        except (UnknownLocaleError, ValueError) as error:
            raise click.ClickException(f"{each} is not the code of a language.") from error
        catalog = update(folder / each / languages.FILE, each)
        click.echo(f"{name}: {len(catalog)} texts, {len(left(catalog))} to translate.")


COMMANDS = (translations,)
