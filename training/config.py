"""Every setting, read once from the environment into one frozen object.

    BASE_URL=https://bedside.example SECRET_KEY_FILE=/run/key bedside serve

A missing or wrong setting is a `ConfigError` whose text names the setting and how to mend it.
The same names stand in README.md and .env.example (a test compares the three).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 32
LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - compared with, never listened on by itself


class ConfigError(ValueError):
    """A setting is missing or cannot be used; the text says which, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings of one running Bedside; see README.md for what each is for."""

    secret_key: str
    base_url: str = "http://127.0.0.1:8000"
    database_url: str = ""
    data_dir: Path = ROOT / "var"
    trusted_hosts: tuple[str, ...] = ()
    proxy_hops: int = 0
    max_upload_mb: int = 16
    threads: int = 8
    quickest_seconds: int = 2
    mail_from: str = "bedside@localhost"
    smtp_url: str = field(default="", repr=False)
    password_memory_kib: int = 65_536
    backup_dir: Path | None = None
    backup_keep: int = 14

    @property
    def database(self) -> str:
        """Return the SQLAlchemy address of the database: SQLite in the data folder unless one is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'bedside.sqlite3'}"

    @property
    def database_file(self) -> Path | None:
        """Return the file of the database, or None for PostgreSQL."""
        prefix = "sqlite:///"
        ours = self.database.startswith(prefix)
        return Path(self.database.removeprefix(prefix)) if ours else None

    @property
    def outbox(self) -> Path:
        """Return the folder in which messages wait as files."""
        return self.data_dir / "outbox"

    @property
    def only_here(self) -> bool:
        """Return whether the address people use leads to this computer alone."""
        return (urlsplit(self.base_url).hostname or "") in LOOPBACK

    @property
    def secure(self) -> bool:
        """Return whether people reach Bedside over https, so that cookies may insist on it."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return the host names that requests may carry; any other is refused with 400."""
        own = urlsplit(self.base_url).hostname or ""
        return (own, *self.trusted_hosts)

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ, *, base_url: str = "") -> Self:
        """Read the settings; raise `ConfigError` naming the first that cannot be used.

        `base_url` is the address people use where BASE_URL does not say it.
        """
        return cls(
            secret_key=_secret_key(env),
            base_url=_base_url(env.get("BASE_URL") or base_url or cls.base_url),
            database_url=env.get("DATABASE_URL", ""),
            data_dir=Path(env.get("DATA_DIR", cls.data_dir)).resolve(),
            trusted_hosts=tuple(
                h.strip() for h in env.get("TRUSTED_HOSTS", "").split(",") if h.strip()
            ),
            proxy_hops=_whole(env, "PROXY_HOPS", cls.proxy_hops, low=0, high=5),
            max_upload_mb=_whole(env, "MAX_UPLOAD_MB", cls.max_upload_mb, low=1, high=512),
            threads=_whole(env, "THREADS", cls.threads, low=1, high=64),
            quickest_seconds=_whole(env, "QUICKEST_SECONDS", cls.quickest_seconds, low=0, high=60),
            mail_from=env.get("MAIL_FROM", cls.mail_from),
            smtp_url=_smtp_url(env.get("SMTP_URL", "")),
            password_memory_kib=_whole(
                env, "PASSWORD_MEMORY_KIB", cls.password_memory_kib, low=19_456, high=1_048_576
            ),
            backup_dir=_folder(env.get("BACKUP_DIR", "")),
            backup_keep=_whole(env, "BACKUP_KEEP", cls.backup_keep, low=2, high=3650),
        )


def address_of(host: str, port: int) -> str:
    """Return the address of a server that listens on a host and port; on every address: this computer's."""
    name = "127.0.0.1" if host in EVERY_ADDRESS else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


def _secret_key(env: Mapping[str, str]) -> str:
    path = env.get("SECRET_KEY_FILE", "")
    try:
        key = Path(path).read_text(encoding="utf-8").strip() if path else env.get("SECRET_KEY", "")
    except OSError as error:
        raise ConfigError(f"SECRET_KEY_FILE: cannot read {path} ({error.strerror}).") from error
    if len(key) < SHORTEST_KEY:
        raise ConfigError(
            f"SECRET_KEY: set it, or SECRET_KEY_FILE, to at least {SHORTEST_KEY} random characters. "
            "To make one: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return key


def _folder(text: str) -> Path | None:
    return Path(text).resolve() if text else None


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ConfigError(f"BASE_URL: {text!r} is not an address like https://bedside.example")
    return text.rstrip("/")


def _smtp_url(text: str) -> str:
    """Check the address of a mail server; what is wrong is told without its password."""
    parts = urlsplit(text)
    try:
        known = parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if text and not known:
        raise ConfigError(
            "SMTP_URL: this is not an address like smtp://user:password@mail.example:587"
        )
    return text


def _whole(env: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    text = env.get(name, str(default))
    if not text.strip().isdecimal() or not low <= int(text) <= high:
        raise ConfigError(f"{name}: {text!r} is not a whole number from {low} to {high}.")
    return int(text)
