"""A client that looks at every page it gets, as GOV.UK Notify's does.

Each HTML answer must have one h1, a title, unique ids, a label or name for every field, headers that
keep it safe, and neither inline code nor inline style.
"""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

VOID_OF_LABEL = {"hidden", "submit", "button"}


class Page(HTMLParser):
    """What a test asks of a page: its text, links, forms and whether it is well made."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[str] = []
        self.title = ""
        self.ids: Counter[str] = Counter()
        self.fields: list[dict[str, str]] = []
        self.labels: set[str] = set()
        self.faults: list[str] = []
        self.links: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self._words: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    @property
    def text(self) -> str:
        """The words a person reads, spaces folded."""
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {k: v or "" for k, v in attrs}
        self._open.append(tag)
        if "id" in a:
            self.ids[a["id"]] += 1
        self.faults += [f"{tag} has {k}" for k in a if k.startswith("on") or k == "style"]
        if tag == "style" or (tag == "script" and "src" not in a):
            self.faults.append(f"inline {tag}")
        if tag == "label" and "for" in a:
            self.labels.add(a["for"])
        if tag == "a" and "href" in a:
            self.links.append(a["href"])
        if tag == "form":
            self.forms.append(
                {"action": a.get("action", ""), "method": a.get("method", "get"), "data": {}}
            )
        if tag in {"input", "textarea", "select"}:
            a["tag"], a["in_label"] = tag, "label" if "label" in self._open[:-1] else ""
            self.fields.append(a)
            if self.forms and a.get("type") == "hidden":
                self.forms[-1]["data"][a.get("name", "")] = a.get("value", "")
        if tag == "h1":
            self.headings.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open and self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        elif not {"script", "style"} & set(self._open):
            self._words.append(data)
            if "h1" in self._open:
                self.headings[-1] += data

    def check(self) -> list[str]:
        """Return everything wrong with the page; empty when it is well made."""
        wrong = list(self.faults)
        if len(self.headings) != 1:
            wrong.append(f"{len(self.headings)} h1")
        if not self.title.strip():
            wrong.append("no title")
        wrong += [f"id {name!r} {n} times" for name, n in self.ids.items() if n > 1]
        for field in self.fields:
            named = field.get("id") in self.labels or field["in_label"] or "aria-label" in field
            if field.get("type") not in VOID_OF_LABEL and not (named or "aria-labelledby" in field):
                wrong.append(f"no label for {field.get('name')!r}")
        return wrong


class Browser(FlaskClient):
    """A client whose every request starts afresh.

    The tests hold an application context open, and a request made inside it shares its `g`: who
    signed in with one browser would be signed in with all of them.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        vars(g._get_current_object()).clear()
        return super().open(*args, **kwargs)


class Pages:
    """A browser without a screen: asks, follows, and checks what it is given."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, status: int = 200, **kwargs: Any) -> Page:
        """Ask for a page; fail unless the status is as expected and the page is well made."""
        return self._page(self.client.get(path, **kwargs), status)

    def post(
        self, path: str, data: dict[str, Any] | None = None, status: int = 303, **kwargs: Any
    ) -> TestResponse:
        """Post a form; fail unless the status is as expected; return the raw answer."""
        answer = self.client.post(path, data=data or {}, **kwargs)
        assert answer.status_code == status, f"POST {path}: {answer.status_code}"
        if answer.mimetype == "text/html" and status not in {301, 302, 303}:
            self._page(answer, status)
        return answer

    def submit(self, path: str, data: dict[str, Any] | None = None, status: int = 200) -> Page:
        """Post a form and follow where it sends us."""
        answer = self.client.post(path, data=data or {})
        if answer.status_code in {302, 303}:
            answer = self.client.get(answer.headers["Location"])
            while answer.status_code in {302, 303}:
                answer = self.client.get(answer.headers["Location"])
        return self._page(answer, status)

    def _page(self, answer: TestResponse, status: int) -> Page:
        where = answer.request.path
        assert answer.status_code == status, f"{where}: {answer.status_code}, not {status}"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Cache-Control" in answer.headers
        page = Page(answer.get_data(as_text=True))
        if answer.mimetype == "text/html" and status not in {301, 302, 303}:
            wrong = page.check()
            assert not wrong, f"{where}: {wrong}"
        return page
