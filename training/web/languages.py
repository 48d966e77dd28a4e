"""In which language a patient's page speaks: as its address asks, as the browser prefers, or English.

    /c/AB7K-92QX-MW?lang=es                                    ──►  Spanish, where it is offered
    /c/AB7K-92QX-MW      Accept-Language: es-MX, en;q=0.5      ──►  Spanish, likewise
    anything else                                              ──►  English

A choice holds for one request and is kept in the address alone: no cookie. Templates say `_("Send")`,
`ngettext(…)` and `n | number`; Python says `gettext("…")`. Pages of those who sign in never choose
and stay English. A language is a folder of training/translations; see docs/languages.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import Flask, current_app, g, request

FOLDER = Path(__file__).parent.parent / "translations"
FILE = "LC_MESSAGES/messages.po"
EXTENSION = "bedside-languages"
ARGUMENT = "lang"


@dataclass(frozen=True, slots=True)
class Language:
    """A language that pages can speak: its code as HTML has it, its names, which way it runs.

    `name` is its own word for itself (Español), `english_name` the English one; `direction` is ltr
    or rtl.
    """

    code: str
    name: str
    english_name: str
    direction: str
    messages: NullTranslations = field(default_factory=NullTranslations, repr=False, compare=False)


def language(code: str, messages: NullTranslations | None = None) -> Language:
    """Return a language by its code (`es`, `pt-BR`); raise `UnknownLocaleError` where there is none."""
    locale = Locale.parse(code, sep="-")
    name = locale.get_display_name() or code
    english = locale.english_name or code
    name = name[0].upper() + name[1:]
    return Language(code, name, english, locale.text_direction, messages or NullTranslations())


ENGLISH = language("en")


def read(folder: Path) -> dict[str, Language]:
    """Return English and every language that has its file in a folder, by code."""
    found = {path.parts[-3]: language(path.parts[-3], _messages(path)) for path in _files(folder)}
    return {ENGLISH.code: ENGLISH, **found}


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*/{FILE}"))


@cache
def _messages(path: Path) -> NullTranslations:
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parts[-3].replace("-", "_"))
    packed = BytesIO()
    write_mo(packed, catalog)  # what is marked fuzzy is left out, and so stays English
    packed.seek(0)
    return GNUTranslations(packed)


def install(app: Flask, folder: Path = FOLDER) -> None:
    """Give an application its languages, and its templates what they say them with."""
    app.extensions[EXTENSION] = read(folder)
    env: Any = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(gettext, ngettext, newstyle=True)
    env.globals.update(language=current, languages_of=of, other_languages=others)
    env.globals["in_language"] = in_language
    env.filters["number"] = number


def known() -> dict[str, Language]:
    """Return every language of the application by its code, English first."""
    found: dict[str, Language] = current_app.extensions[EXTENSION]
    return found


def of(codes: Iterable[str]) -> list[Language]:
    """Return the languages of some codes, English first, without those Bedside has no words in."""
    wanted = set(codes)
    return [one for one in known().values() if one.code in wanted]


def choose(offered: Iterable[str] | None = None) -> None:
    """Choose this request's language among those offered (None: every one there is)."""
    here = of(known() if offered is None else offered) or [ENGLISH]
    g.languages = {one.code: one for one in here}
    g.language = g.languages[asked() or _preferred() or next(iter(g.languages))]


def _offered() -> dict[str, Language]:
    found: dict[str, Language] = g.get("languages", {})
    return found


def asked() -> str | None:
    """Return the language that the address asks for, None where it asks for none that is offered."""
    code = request.args.get(ARGUMENT)
    return code if code in _offered() else None


def _preferred() -> str | None:
    """Return the language the browser likes best: es for es-MX, even where it also takes en."""
    offered = {code.casefold(): code for code in _offered()}
    for tag, quality in request.accept_languages:
        parts = tag.casefold().split("-")
        for length in range(len(parts), 0, -1):
            code = offered.get("-".join(parts[:length]))
            if code and quality:
                return code
    return None


def chosen() -> bool:
    """Return whether this request has chosen a language."""
    return "language" in g


def current() -> Language:
    """Return the language of this request's page."""
    found: Language = g.get("language", ENGLISH)
    return found


def others() -> list[Language]:
    """Return the other languages that this page is offered in."""
    return [one for one in _offered().values() if one != current()]


def in_language(code: str) -> str:
    """Return the address of the same page in another language, from its `?` on."""
    return "?" + urlencode({**request.args.to_dict(), ARGUMENT: code})


def gettext(words: str) -> str:
    """Return words in the language of the page, or as they are where nobody translated them."""
    return current().messages.gettext(words)


def ngettext(one: str, many: str, n: int) -> str:
    """Return words about `n` things in the language of the page, with the plural it asks for."""
    return current().messages.ngettext(one, many, n)


def number(value: float) -> str:
    """Return a number as the language of the page writes it: 5,000 in English, 5.000 in German."""
    return format_decimal(value, locale=current().code.replace("-", "_"))
