"""Measure the pages: python -m bench.pages [--json] [--comments 100000] [--times 12]

Every page that each of the demo's people can reach, on the demo and on a practice with many
comments: p50 and p95 in milliseconds beside `/ping/signed-in` (a page of the same frame behind the
same guard), and how many statements it sends to the database. Nothing fails by the clock.
"""

import argparse
import json
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from bench import crawl, many
from training import clock, create_app, periods
from training.cli import demo_practice
from training.cli.demo_practice import Login
from training.config import Config
from training.demo.generate import generate
from training.extensions import db, upgrade_database, writing
from training.scenarios import catalogue

PING = "/ping/signed-in"
REHEARSED = "fifty-minutes-late"


@dataclass(frozen=True, slots=True)
class Measured:
    """One page of one person: median and 95th percentile in ms, and statements it sent."""

    who: str
    page: str
    p50: float
    p95: float
    queries: int


def make(folder: Path) -> tuple[Flask, list[Login]]:
    """Make the demo in a folder; return its application and who can sign in."""
    config = Config(secret_key="k" * 40, data_dir=folder, base_url="http://localhost")
    app, moment = create_app(config), clock.now()
    with app.app_context(), writing():
        upgrade_database()
        data = generate(periods.local_day(moment, "Europe/London"))
        logins = demo_practice.set_up(data, catalogue.load(), moment=moment)
        db.session.remove()
    return app, logins


def people(logins: list[Login]) -> dict[str, Login]:
    """Return one person for each way of using Bedside: by role and permissions."""
    found: dict[str, Login] = {}
    for login in logins:
        found.setdefault(login.does, login)
    return found


@contextmanager
def signed_in(app: Flask, login: Login) -> Iterator[FlaskClient]:
    """Yield a browser that somebody signed in with."""
    with app.test_client() as client:
        answer = client.post("/sign-in", data={"email": login.email, "password": login.password})
        if answer.status_code != 303:
            raise LookupError(f"{login.email} cannot sign in: {answer.status_code}")
        yield client


def measure(app: Flask, client: FlaskClient, who: str, address: str, times: int) -> Measured:
    """Ask for one page so many times and return how long it took."""
    with app.app_context():
        engine = db.engine
    client.get(address)
    queries = min(_statements(engine, client, address) for _ in range(2))
    taken = sorted(_timed(lambda: client.get(address)) for _ in range(times))
    p95 = taken[min(len(taken) - 1, round(0.95 * (len(taken) - 1)))]
    endpoint = crawl.endpoint_of(app, address) or address
    return Measured(who, endpoint, statistics.median(taken), p95, queries)


def _statements(engine: Engine, client: FlaskClient, address: str) -> int:
    # asked twice, the fewer counts: once a minute a request also notes that somebody was there
    with crawl.statements(engine) as sent:
        client.get(address)
    return len(sent)


def _timed(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


def begin(client: FlaskClient) -> list[str]:
    """Begin a conversation, so that the player is measured; nothing for who is on no roster."""
    answer = client.post(f"/conversations/{REHEARSED}/start")
    return [urlsplit(answer.headers["Location"]).path] if answer.status_code == 303 else []


def everything(app: Flask, logins: list[Login], times: int) -> list[Measured]:
    """Measure every page of everybody."""
    found = []
    for who, login in people(logins).items():
        with signed_in(app, login) as client:
            addresses = crawl.find(app, client, ["/", PING, *begin(client)])
            for address in addresses.values():
                found.append(measure(app, client, who, address, times))
    return found


def grow(app: Flask, comments: int) -> many.Size:
    """Give the practice of an application so many comments."""
    with app.app_context(), writing(), db.engine.begin() as connection:
        return many.grow(connection, comments=comments)


def table(small: list[Measured], large: list[Measured]) -> Iterator[str]:
    """Write both sizes beside one another, a line a page, slowest first."""
    before = {(one.who, one.page): one for one in small}
    pings = {one.who: one.p50 for one in large if one.page.endswith("ping_signed_in")}
    heads = f"{'demo p50/p95':>15} {'q':>3}   {'large p50/p95':>17} {'q':>3} {'÷ ping':>7}"
    yield f"{'who':<38} {'page':<30} {heads}"
    for one in sorted(large, key=lambda it: -it.p50):
        was = before.get((one.who, one.page))
        left = f"{was.p50:7.1f} {was.p95:7.1f} {was.queries:3}" if was else f"{'':>19}"
        ping = pings.get(one.who, 0.0)
        ratio = f"{one.p50 / ping:7.1f}" if ping else ""
        grew = " !" if was and one.queries > was.queries else ""
        right = f"{one.p50:8.1f} {one.p95:8.1f} {one.queries:3} {ratio}{grew}"
        yield f"{one.who:<38} {one.page:<30} {left}   {right}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--comments", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=12)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app, logins = make(Path(folder))
        small = everything(app, logins, given.times)
        size = grow(app, given.comments)
        large = everything(app, logins, given.times)
    if given.json:
        rows = {"demo": [asdict(it) for it in small], "large": [asdict(it) for it in large]}
        json.dump({"size": asdict(size), **rows}, sys.stdout, indent=1)
        return
    print(f"{platform.machine()}, Python {platform.python_version()}; large: {size}")
    print("\n".join(table(small, large)))
    print("! sends more statements where there is more")


if __name__ == "__main__":
    main()
