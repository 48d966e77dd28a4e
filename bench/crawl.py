"""Find an address of every page that a signed-in browser can reach, and count what each asks.

    find(app, client, ["/"])  ──►  {"staff.home": "/home", "staff.remark": "/remarks/x3k…", …}

The first address of each kind of page stands for all of them. Links and forms that only ask (GET)
are followed; nothing is ever sent.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.exceptions import HTTPException


class Links(HTMLParser):
    """The addresses that a page leads to: its links, and its forms that only ask."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._asking: str | None = None
        self._fields: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a link, and begin a form that only asks."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.found.append(given["href"])
        if tag == "form":
            asks = given.get("method", "get").lower() == "get"
            self._asking, self._fields = (given.get("action", "") if asks else None), {}
        if tag == "input" and given.get("type") == "hidden":
            self._fields[given.get("name", "")] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Keep where a form that only asks leads."""
        if tag == "form" and self._asking:
            self.found.append(f"{self._asking}?{urlencode(self._fields)}")
            self._asking = None


def find(app: Flask, client: FlaskClient, starts: Iterable[str]) -> dict[str, str]:
    """Return one address of each kind of page that can be reached from some addresses."""
    found: dict[str, str] = {}
    waiting = deque(starts)
    while waiting:
        address = waiting.popleft()
        endpoint = endpoint_of(app, address)
        if endpoint is None or endpoint in found:
            continue
        answer = client.get(address)
        if answer.status_code in {302, 303}:
            waiting.append(_path(answer.headers["Location"]))
        if answer.status_code != 200:
            continue
        found[endpoint] = address
        if answer.mimetype == "text/html":
            waiting.extend(_path(link) for link in Links(answer.get_data(as_text=True)).found)
    return found


def _path(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def endpoint_of(app: Flask, address: str) -> str | None:
    """Return the endpoint that answers a GET of an address, files apart, or None."""
    if not address.startswith("/") or address.startswith("/static/"):
        return None
    try:
        endpoint, _ = app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")
    except HTTPException:
        return None
    return str(endpoint)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Gather the statements that are sent to the database in a block."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
