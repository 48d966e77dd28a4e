"""Every audience, in one list; a module that is not here has no addresses."""

from flask import Flask

from training.web import (
    account,
    admin,
    board,
    kiosk,
    manager,
    patient,
    self_assessment,
    staff,
    stop,
)
from training.web.admin import (
    audit,
    codes,
    doctor,
    imports,
    keeping,
    languages,
    merge,
    people,
    settings,
    undo,
    withdraw,
)
from training.web.manager import (
    annotations,
    assignments,
    cases,
    comments,
    effects,
    fairness,
    journey,
    library,
    paper,
    plan_board,
    plan_work,
    plans,
    queue,
    queue_beside,
    queue_certain,
    queue_disputes,
    queue_doubtful,
    report,
    saved_views,
    teams,
    trends,
)
from training.web.manager import people as managed_people
from training.web.manager import self_assessment as managed_self_assessment
from training.web.staff import assignments as asked
from training.web.staff import data, disputes, home, plays, portfolio, skills

# Importing a module of a package gives its audience that module's pages.
PAGES = (
    annotations,
    asked,
    assignments,
    audit,
    board,
    cases,
    codes,
    comments,
    data,
    disputes,
    doctor,
    effects,
    fairness,
    home,
    imports,
    journey,
    keeping,
    kiosk,
    languages,
    library,
    managed_people,
    managed_self_assessment,
    merge,
    paper,
    people,
    plan_board,
    plan_work,
    plans,
    plays,
    portfolio,
    queue,
    queue_beside,
    queue_certain,
    queue_disputes,
    queue_doubtful,
    report,
    saved_views,
    self_assessment,
    settings,
    skills,
    stop,
    teams,
    trends,
    undo,
    withdraw,
)


def install(app: Flask) -> None:
    """Give an application its routes."""
    for audience in (account.account, patient.patient, manager.manager, staff.staff, admin.admin):
        app.register_blueprint(audience)
