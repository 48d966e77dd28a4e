"""Every audience, in one list; a module that is not here has no addresses."""

from flask import Flask

from training.web import account, admin, manager, patient, staff
from training.web.admin import codes, imports, people, settings
from training.web.manager import queue, trends
from training.web.staff import home, plays

# Importing a module of a package gives its audience that module's pages.
PAGES = (codes, home, imports, people, plays, queue, settings, trends)


def install(app: Flask) -> None:
    """Give an application its routes."""
    for audience in (account.account, patient.patient, manager.manager, staff.staff, admin.admin):
        app.register_blueprint(audience)
