"""What people see when something is wrong: plain words, the right status, nothing they typed lost.

Logs get the kind and place of a fault and the endpoint's name, never an address, a form or a text.
"""

import logging

from flask import Flask, Response, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from training import faults
from training.extensions import OperationalError, WriterBusy, is_busy
from training.web import languages
from training.web.viewer import cookie_name

log = logging.getLogger("bedside")

PAGES = frozenset({400, 401, 403, 404, 405, 413, 429, 500, 503})
KEPT = ("went_well", "could_be_better", "general")
RETRY_SECONDS = "5"


def install(app: Flask) -> None:
    """Give an application its error pages."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(WriterBusy, _unavailable)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(Exception, _broken)


def page(status: int) -> Response:
    """Return the page of a status, with a patient's words kept in it where there were any."""
    g.erring = True
    _choose_language()
    kept = {}
    if status in {500, 503}:
        kept = {name: request.form[name] for name in KEPT if request.form.get(name)}
    shown = status if status in PAGES else 400
    return make_response(render_template(f"errors/{shown}.html", kept=kept), status)


def _choose_language() -> None:
    """Speak the browser's language to a patient who never got as far as a practice's page.

    Nobody who is signed in gets here in another language than the rest of their pages.
    """
    if not languages.chosen() and cookie_name() not in request.cookies:
        languages.choose()


def _refused(error: HTTPException) -> Response:
    if isinstance(
        error, SecurityError
    ):  # a host that is not ours: no address can be built for a page
        return Response("This is not the address of this Bedside.\n", 400, mimetype="text/plain")
    if error.response is not None or error.code is None:
        return make_response(error.get_response())
    answer = page(error.code)
    for name, value in error.get_headers():
        if name.lower() == "allow":
            answer.headers[name] = value
    return answer


def _unavailable(error: Exception) -> Response:
    if isinstance(error, OperationalError) and not (is_busy(error) or error.connection_invalidated):
        return _broken(error)
    log.warning("unavailable: %s in %s", faults.describe(error), request.endpoint)
    answer = page(503)
    answer.headers["Retry-After"] = RETRY_SECONDS
    return answer


def _broken(error: Exception) -> Response:
    log.error("fault: %s in %s", faults.describe(error), request.endpoint)
    return page(InternalServerError.code)
