"""Who may ask for what: every route says so, one place checks it.

    staff = Audience("staff", __name__)

    @staff.page("/home", allow=Right.PERSON)      a route without `allow` cannot be written
    def home(): ...

Not signed in: a page sends you to sign in, anything else answers 401. Signed in without the right,
or asking for what is not yours: 404, never "forbidden". A request that another site's page made your
browser send is refused with 403. `check` runs before every request, so no view carries a guard.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from training.extensions import db, writing
from training.services.signing_in import Viewer
from training.web.viewer import viewer_or_none

View = TypeVar("View", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Two answers of 100,000 characters, each up to twelve bytes in a form: too long to keep, but given back.
COMMENT_BYTES = 3 * 1024 * 1024


class Right(Enum):
    """What a viewer needs in order to reach a route."""

    ANYONE = auto()
    SIGNED_IN = auto()
    PERSON = auto()
    MANAGER = auto()
    REVIEWER = auto()
    PAPER = auto()
    SAFEGUARDER = auto()
    ADMIN = auto()


def holds(viewer: Viewer | None, right: Right) -> bool:
    """Return whether a viewer (None: a stranger) has a right."""
    if right is Right.ANYONE or viewer is None:
        return right is Right.ANYONE
    return {
        Right.SIGNED_IN: True,
        Right.PERSON: viewer.staff_id is not None,
        Right.MANAGER: viewer.role in {"manager", "admin"},
        Right.REVIEWER: viewer.may_review or viewer.may_safeguard,
        Right.PAPER: viewer.role in {"manager", "admin"} or viewer.may_review,
        Right.SAFEGUARDER: viewer.may_safeguard,
        Right.ADMIN: viewer.role == "admin",
    }[right]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route declares: the right, whether a GET of it writes, and whether patients use it."""

    right: Right
    writes: bool
    cross_site: bool


class Audience(Blueprint):
    """A blueprint whose every route declares who may reach it."""

    def page(
        self,
        path: str,
        *,
        allow: Right,
        methods: tuple[str, ...] = ("GET",),
        writes: bool = False,
        cross_site: bool = False,
        endpoint: str | None = None,
    ) -> Callable[[View], View]:
        """Register a view with its rule; `writes` is for a GET that leaves an audit row."""

        def register(view: View) -> View:
            view.rule = Rule(allow, writes, cross_site)  # type: ignore[attr-defined]
            self.add_url_rule(path, endpoint or view.__name__, view, methods=list(methods))
            return view

        return register


def rule_of(endpoint: str | None) -> Rule | None:
    """Return the rule of an endpoint, or None where there is no such route or it declares none."""
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "rule", None)


def check() -> ResponseReturnValue | None:
    """Let a request through, or answer it; runs before every request."""
    if request.endpoint is None:  # no such address: Flask's own 404 or 405 follows
        return None
    rule = rule_of(request.endpoint)
    if rule is None or (rule.right is not Right.ANYONE and _holds_nul()):
        abort(404)
    if rule.cross_site or rule.right is Right.PAPER:
        request.max_content_length = request.max_form_memory_size = COMMENT_BYTES
    writes = request.method not in SAFE
    if writes and not rule.cross_site and from_elsewhere():
        abort(403)
    viewer = viewer_or_none() if rule.right is not Right.ANYONE else None
    if not holds(viewer, rule.right):
        return _refuse(viewer, writes=writes)
    if writes or rule.writes:
        _begin_writing()
    return None


def _holds_nul() -> bool:
    """Say whether the address holds a NUL: no id or filter does, and PostgreSQL does not take one."""
    return "\0" in request.path or b"%00" in request.query_string


def _refuse(viewer: Viewer | None, *, writes: bool) -> ResponseReturnValue:
    if viewer is not None:
        abort(404)
    if writes:
        abort(401)
    return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")), 303)


def _begin_writing() -> None:
    db.session.rollback()  # the viewer was read in a transaction that cannot become a writer
    g.writing = writing()
    g.writing.__enter__()


def done(_error: BaseException | None) -> None:
    """End the writing block that `check` began; runs when the request is torn down."""
    if block := g.pop("writing", None):
        block.__exit__(None, None, None)


def from_elsewhere() -> bool:
    """Return whether another site's page made the browser send this request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc != request.host
