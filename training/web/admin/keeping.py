"""How long comments are kept: chosen, shown with what it erases, then said yes to."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.extensions import bedside, db
from training.services import retention
from training.services.retention import Keeping
from training.web.admin import admin
from training.web.guard import Right
from training.web.local import today_of
from training.web.viewer import viewer

FOR_GOOD = "good"


def _options() -> list[tuple[str, str]]:
    return [(FOR_GOOD, "For good"), *((str(n), _length(n)) for n in retention.CHOICES)]


def _length(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{months} months" if rest or years == 1 else f"{years} years"


@admin.page("/admin/keeping", allow=Right.ADMIN)
def keeping() -> ResponseReturnValue:
    """Show how long comments are kept; with another length chosen, what that would erase."""
    wanted = request.args.get("months", "")
    if not wanted:
        return _page(None)
    if wanted not in dict(_options()):
        return _page(None, problem="Choose how long comments are kept."), 400
    return _page(_would_be(wanted), chosen=wanted)


def _months(wanted: str) -> int | None:
    return None if wanted == FOR_GOOD else int(wanted)


def _would_be(wanted: str) -> Keeping:
    return retention.would_be(
        db.session(), viewer=viewer(), months=_months(wanted), today=today_of(viewer())
    )


def _page(would_be: Keeping | None, *, chosen: str = "", problem: str = "") -> str:
    now = retention.now(db.session(), viewer=viewer(), today=today_of(viewer()))
    return render_template(
        "admin/keeping.html",
        now=now,
        would_be=would_be,
        chosen=chosen or (str(now.months) if now.months else FOR_GOOD),
        options=_options(),
        lengths={n: _length(n) for n in (*retention.CHOICES, now.months or 0)},
        problem=problem,
        saved="saved" in request.args,
        copies=bedside().config.backup_keep if bedside().config.backup_dir else 0,
    )


@admin.page("/admin/keeping", allow=Right.ADMIN, methods=("POST",))
def keep() -> ResponseReturnValue:
    """Set how long comments are kept."""
    wanted = request.form.get("months", "")
    if wanted not in dict(_options()):
        return _page(None, problem="Choose how long comments are kept."), 400
    retention.choose(db.session(), viewer=viewer(), months=_months(wanted), moment=clock.now())
    return redirect(url_for("admin.keeping", saved=1), 303)
