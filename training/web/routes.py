"""Every audience, in one list; a module that is not here has no addresses."""

from flask import Flask

from training.web import account, admin, kiosk, manager, patient, staff, stop
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
    comments,
    paper,
    queue,
    queue_beside,
    queue_certain,
    queue_disputes,
    teams,
    trends,
)
from training.web.manager import people as managed_people
from training.web.staff import data, disputes, home, plays

# Importing a module of a package gives its audience that module's pages.
PAGES = (
    audit,
    codes,
    comments,
    data,
    disputes,
    doctor,
    home,
    imports,
    keeping,
    kiosk,
    languages,
    managed_people,
    merge,
    paper,
    people,
    plays,
    queue,
    queue_beside,
    queue_certain,
    queue_disputes,
    settings,
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
