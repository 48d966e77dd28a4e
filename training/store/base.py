"""What every table shares: the base class, the UTC-only instant, names of constraints, public ids.

    Comment.received_at = 2026-03-01 09:30+00:00   ──►  stored as 2026-03-01 09:30:00 (UTC)
    Comment.received_at = 2026-03-01 09:30          ──►  ValueError: an instant needs its zone

Both databases give back the same aware instant, so no page can be hours wrong on one of them.
"""

import secrets
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, DateTime, Enum, Integer, MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; refuses a datetime without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC for the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn what the database kept into an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# The map stands in a registry of its own: on the base class itself it would be a mapped attribute.
TYPES = registry(
    metadata=MetaData(naming_convention=NAMES),
    type_annotation_map={
        int: BigInteger().with_variant(Integer, "sqlite"),
        str: Text,
        datetime: Instant,
        date: Date,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[int]: JSON,
    },
)


class Base(DeclarativeBase):
    """The base of every table."""

    registry = TYPES


def one_of(name: str, *words: str) -> Enum:
    """Return a column type that takes just these words, on both databases by the same CHECK."""
    return Enum(
        *words, name=name, native_enum=False, create_constraint=True, length=max(map(len, words))
    )


def short(length: int) -> String:
    """Return a text column type of at most `length` characters."""
    return String(length)


def new_public_id() -> str:
    """Return a fresh random id (72 bits) that may stand in an address."""
    return secrets.token_urlsafe(9)


class Numbered:
    """A row with an integer key inside and its practice on it."""

    id: Mapped[int] = mapped_column(primary_key=True)


class Public(Numbered):
    """A numbered row that people reach by a random public id."""

    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
