"""Every audience, in one list; a module that is not here has no addresses."""

from flask import Flask

from training.web import account, patient


def install(app: Flask) -> None:
    """Give an application its routes."""
    for audience in (account.account, patient.patient):
        app.register_blueprint(audience)
