"""The link that ends e-mails asking for comments: one page whatever the link, and no signing in.

GET  /stop/<token>     a page with a button; mail scanners may open it as often as they like
POST /stop/<token>     stopped; the same answer for a link that is not ours
"""

from flask import render_template
from flask.typing import ResponseReturnValue

from training import clock
from training.extensions import bedside, db
from training.services import invitations
from training.web import languages
from training.web.guard import Right
from training.web.patient import patient


@patient.page("/stop/<token>", allow=Right.ANYONE, cross_site=True)
def stop(token: str) -> ResponseReturnValue:
    """Ask whether to stop the e-mails."""
    languages.choose()
    return render_template("patient/stop.html", practice=None, stopped=False)


@patient.page("/stop/<token>", allow=Right.ANYONE, methods=("POST",), cross_site=True)
def stop_now(token: str) -> ResponseReturnValue:
    """Stop the e-mails to whoever the link was sent to; mail programs post here by themselves."""
    languages.choose()
    invitations.stop(db.session(), token=token, key=bedside().code_key, moment=clock.now())
    return render_template("patient/stop.html", practice=None, stopped=True)
