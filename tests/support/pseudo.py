"""A pretended language that runs from right to left: every letter an Arabic one, nothing else changed."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog

from training.cli import translations
from training.web import languages

CODE = "ar"
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه")
HELD = re.compile(r"(%\(\w+\)s|\{\w+\})")


def mirrored(words: str) -> str:
    """Return words in Arabic letters, with what is filled in later left as it is."""
    parts = HELD.split(words)
    return "".join(
        part if HELD.fullmatch(part) else part.lower().translate(LETTERS) for part in parts
    )


def write(folder: Path) -> Path:
    """Write the pretended language into a folder of translations and return the folder."""
    catalog: Catalog = translations.update(folder / CODE / languages.FILE, CODE)
    for message in catalog:
        if isinstance(message.id, str):
            message.string = mirrored(message.id)
        else:
            message.string = tuple(mirrored(message.id[1]) for _ in message.string)
    (folder / CODE / languages.FILE).write_bytes(translations.written(catalog))
    return folder
