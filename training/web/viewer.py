"""Who is looking: Flask-Login over a server-side sign-in row.

The cookie holds an opaque token; what it may do stands in the database, so that signing out, a new
password or a disabled account count from the next request on. Patient pages never ask who it is; what
is sent by one asks only whether somebody of the practice is signed in there.
"""

from flask import Request, Response, current_app, request
from flask_login import UserMixin, current_user

from training import clock
from training.extensions import db, login, writing
from training.services import signing_in
from training.services.signing_in import Viewer


class SignedIn(UserMixin):  # type: ignore[misc]
    """What Flask-Login holds of a person: the viewer."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer

    def get_id(self) -> str:
        """Return the account's number, as Flask-Login asks."""
        return str(self.viewer.account_id)


def cookie_name() -> str:
    """Return the cookie's name: bound to the host where people come over https."""
    return "__Host-bedside" if current_app.config["SESSION_COOKIE_SECURE"] else "bedside"


@login.request_loader  # type: ignore[untyped-decorator]
def load(request: Request) -> SignedIn | None:
    """Find who a request comes from, and note at most once a minute that they were seen."""
    token = request.cookies.get(cookie_name(), "")
    if not token:
        return None
    moment = clock.now()
    found = signing_in.viewer_of(db.session(), token=token, moment=moment)
    if found is None:
        return None
    viewer, due = found
    if due:
        db.session.rollback()
        with writing():
            signing_in.seen(db.session(), token=token, moment=moment)
    return SignedIn(viewer)


def works_here(practice_id: int) -> bool:
    """Return whether a request comes from a browser in which somebody of a practice is signed in.

    That they were seen is not noted.
    """
    token = request.cookies.get(cookie_name(), "")
    found = signing_in.viewer_of(db.session(), token=token, moment=clock.now()) if token else None
    return found is not None and found[0].practice_id == practice_id


def viewer_or_none() -> Viewer | None:
    """Return who is looking, or None for a stranger."""
    return current_user.viewer if current_user.is_authenticated else None


def viewer() -> Viewer:
    """Return who is looking, on a page that only the signed-in reach."""
    who = viewer_or_none()
    assert who is not None
    return who


def give_cookie(response: Response, token: str) -> Response:
    """Sign a browser in."""
    response.set_cookie(
        cookie_name(),
        token,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
        path="/",
        max_age=int(signing_in.LONGEST.total_seconds()),
    )
    return response


def take_cookie(response: Response) -> Response:
    """Sign a browser out, and have it forget the pages it saw."""
    response.delete_cookie(
        cookie_name(),
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
        path="/",
    )
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
