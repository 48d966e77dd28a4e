"""The doctor's page: the findings of `bedside doctor`, each with what to do about it."""

from flask import render_template

from training import clock
from training.extensions import bedside, database_state, db
from training.integrations import doctor as findings
from training.web.admin import admin
from training.web.guard import Right
from training.web.viewer import viewer


@admin.page("/admin/doctor", allow=Right.ADMIN)
def doctor() -> str:
    """Look at the machine, the settings, the backups and what waits in this practice."""
    parts = findings.examine(
        db.session(), config=bedside().config, fault=database_state(), moment=clock.now(),
        practice_id=viewer().practice_id,
    )  # fmt: skip
    todo = sum(bool(line.todo) for part in parts for line in part.findings)
    return render_template(
        "admin/doctor.html", parts=parts, todo=todo, urgent=findings.urgent(parts)
    )
