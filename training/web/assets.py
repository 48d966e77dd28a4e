"""The files every page needs, under addresses that change whenever a file does.

    static("core.css")  →  /static/3f9c1a20b7de/core.css

One digest stands for the whole folder, so the addresses inside the files (a font named in a
stylesheet, a module imported by another) stay relative and are renewed together. A browser may keep
such a file for a year. The folder is read once, when the application starts; text is kept gzipped too.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from flask import Flask, Response, abort, current_app, request, url_for

from training.web.guard import Audience, Right
from training.web.icons import ICONS
from training.web.phone_numbers import called

FOLDER = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".toml": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
PACKED_ALREADY = frozenset({".woff2"})
A_YEAR = "public, max-age=31536000, immutable"
EXTENSION = "bedside-assets"

assets = Audience("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its bytes, the same gzipped (None where that gains nothing), its type."""

    plain: bytes
    packed: bytes | None
    content_type: str

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file; a type that `TYPES` does not list is a KeyError."""
        plain = path.read_bytes()
        packed = None if path.suffix in PACKED_ALREADY else _packed(plain)
        return cls(plain, packed, TYPES[path.suffix])


@cache  # whoever makes several applications in a process packs the same files
def _packed(plain: bytes) -> bytes:
    return gzip.compress(plain, mtime=0)


@dataclass(frozen=True, slots=True)
class Assets:
    """Every static file by its name below the folder, and the digest of them all."""

    digest: str
    files: dict[str, Asset]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read a folder of static files."""
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        files = {path.relative_to(folder).as_posix(): Asset.read(path) for path in paths}
        whole = hashlib.sha256()
        for name, file in files.items():
            whole.update(name.encode() + b"\0" + hashlib.sha256(file.plain).digest())
        return cls(whole.hexdigest()[:12], files)


def static(name: str) -> str:
    """Return the address of a static file; KeyError where there is no such file."""
    kept = _kept()
    if name not in kept.files:
        raise KeyError(f"static/ has no file {name!r}")
    return url_for("assets.file", digest=kept.digest, name=name)


def install(app: Flask, folder: Path = FOLDER) -> None:
    """Give an application its static files, and its templates what shared/ui.html draws with."""
    app.extensions[EXTENSION] = Assets.read(folder)
    app.register_blueprint(assets)
    app.add_template_global(static)
    app.jinja_env.globals["icons"] = ICONS
    app.add_template_filter(called)


@assets.page("/static/<digest>/<path:name>", allow=Right.ANYONE)
def file(digest: str, name: str) -> Response:
    """Answer with a static file.

    A page drawn before an upgrade still asks by the old digest: it gets today's file, uncached.
    """
    kept = _kept()
    found = kept.files.get(name)
    if found is None:
        abort(404)
    response = Response(found.plain, content_type=found.content_type)
    if found.packed is not None:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip"):
            response.set_data(found.packed)
            response.content_encoding = "gzip"
    response.headers["Cache-Control"] = A_YEAR if digest == kept.digest else "no-cache"
    return response


def _kept() -> Assets:
    kept: Assets = current_app.extensions[EXTENSION]
    return kept
