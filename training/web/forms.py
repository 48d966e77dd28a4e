"""Forms as WTForms checks them; cross-site writes are refused by the guard, so no token is needed."""

from typing import Any, Self

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

MANY_ERRORS = 20


def option(value: str, words: str) -> Any:
    """Return one of the choices of a field: what is sent, and what people read."""
    return SelectChoice(value, words)


class PostForm(Form):
    """A form of one page: made from what was posted, or empty."""

    @classmethod
    def of_request(cls, **kwargs: Any) -> Self:
        """Return the form filled from the request's own fields, first value of each.

        A NUL, which no database keeps, is taken out of every value.
        """
        return cls(
            MultiDict((k, v.replace("\0", "")) for k, v in request.form.items(multi=True)), **kwargs
        )

    def said(self, name: str) -> str:
        """Return what was typed into a field, empty where nothing was."""
        return str(self[name].data or "")

    def faults(self) -> list[tuple[str, str]]:
        """Return (field name, sentence) for everything wrong, for the summary at the top."""
        found = [(f.name, str(f.errors[0])) for f in self if f.errors]
        return found[:MANY_ERRORS]


def typed(name: str) -> str:
    """Return what was typed into a field that stands alone, without NUL, its line ends plain."""
    return request.form.get(name, "").replace("\0", "").replace("\r\n", "\n")


def tidy_next(text: str) -> str:
    """Return where to go after signing in: an address of our own, or the start."""
    own = text.startswith("/") and not text.startswith(("//", "/\\")) and "\n" not in text
    return text if own else "/"
