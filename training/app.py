"""Where the parts meet: one function builds the application from its settings."""

from argon2 import PasswordHasher
from flask import Flask, Response, current_app
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from training.config import Config
from training.extensions import Bedside, db, login, prepare
from training.web import assets, context, errors, guard, languages, routes

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
FORM_BYTES = 1024 * 1024


def build(config: Config) -> Flask:
    """Return the application; the data folder is made, the database is not migrated."""
    config.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Flask("training.web", static_folder=None, template_folder="templates")
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        SESSION_COOKIE_SECURE=config.secure,
        TRUSTED_HOSTS=list(config.hosts),
        MAX_CONTENT_LENGTH=FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        PREFERRED_URL_SCHEME="https" if config.secure else "http",
    )
    app.extensions["bedside"] = Bedside(config, _hasher(config))
    _templates(app)
    _database(app)
    _ways_in(app, config)
    return app


def _hasher(config: Config) -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=config.password_memory_kib, parallelism=1)


def _templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    assets.install(app)
    context.install(app)
    languages.install(app)


def _database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def _ways_in(app: Flask, config: Config) -> None:
    login.init_app(app, add_context_processor=False)
    app.before_request(guard.check)
    app.teardown_request(guard.done)
    app.after_request(_headers)
    errors.install(app)
    routes.install(app)
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
