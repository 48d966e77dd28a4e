"""Forms as WTForms checks them; cross-site writes are refused by the guard, so no token is needed."""

from typing import Any

from flask import request
from wtforms import Form

MANY_ERRORS = 20


class PostForm(Form):
    """A form of one page: made from what was posted, or empty."""

    @classmethod
    def of_request(cls, **kwargs: Any) -> "PostForm":
        """Return the form filled from the request's own fields, first value of each."""
        return cls(request.form, **kwargs)

    def faults(self) -> list[tuple[str, str]]:
        """Return (field id, sentence) for everything wrong, for the summary at the top."""
        found = [(name, texts[0]) for name, texts in self.errors.items() if name and texts]
        return found[:MANY_ERRORS]


def tidy_next(text: str) -> str:
    """Return where to go after signing in: an address of our own, or the start."""
    own = text.startswith("/") and not text.startswith(("//", "/\\")) and "\n" not in text
    return text if own else "/"
