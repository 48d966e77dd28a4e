"""Take `staff` as a reason why a comment is doubtful.

Only a CHECK of one column changes. SQLite cannot alter one: its text in the schema is replaced, as
https://www.sqlite.org/lang_altertable.html describes for changes that touch no row. To make the table
anew would mean dropping what a dozen other tables point to.
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

BEFORE = "CHECK (doubt IN ('flood', 'robot', 'alike'))"
AFTER = "CHECK (doubt IN ('flood', 'robot', 'alike', 'staff'))"


def upgrade() -> None:
    change(BEFORE, AFTER)


def downgrade() -> None:
    # still doubtful, for the reason that claims least
    op.execute("UPDATE comment SET doubt = 'flood' WHERE doubt = 'staff'")
    change(AFTER, BEFORE)


def change(old: str, new: str) -> None:
    """Replace the CHECK on `comment.doubt`."""
    if op.get_bind().dialect.name == "sqlite":
        change_text(old, new)
        return
    name = "ck_comment_doubt"
    op.execute(f"ALTER TABLE comment DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {new}")


def change_text(old: str, new: str) -> None:
    """Replace the CHECK in SQLite's own schema, once, and have every connection read it anew."""
    bind = op.get_bind()
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    try:
        changed = bind.execute(
            sa.text(
                "UPDATE sqlite_master SET sql = replace(sql, :old, :new) "
                "WHERE type = 'table' AND name = 'comment' AND instr(sql, :old) > 0"
            ),
            {"old": old, "new": new},
        )
        if changed.rowcount != 1:
            raise RuntimeError("The table of comments does not hold the rule that was to change.")
        bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    finally:
        bind.exec_driver_sql("PRAGMA writable_schema = OFF")
