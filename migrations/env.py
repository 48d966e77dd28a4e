"""Runs migrations on the connection that `training.store.migrate` hands over."""

from typing import Any

from alembic import context

from training.store.base import Instant
from training.store.tables import Account


def plain_types(kind: str, item: Any, _: Any) -> str | bool:
    """Write our instant as the type it is stored as, so that a migration needs no code of ours."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Account.metadata,
    render_as_batch=True,
    render_item=plain_types,
)
with context.begin_transaction():
    context.run_migrations()
