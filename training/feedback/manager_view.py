"""An answer as a manager may read it: staff by their role, patients' details and marked spans hidden.

    "Dr Lee was kind, ring me on 07700 900123"
     ──►  "[physician] was kind, ring me on [number]"

A name that several share becomes "[a member of staff]" unless they have one role. Names are found
as reading finds them, near spellings and nicknames too; a word with a capital that may be a name is hidden.
"""

from collections.abc import Iterable, Iterator

from training.feedback.language_files import tables
from training.feedback.masking import BLOCK, REASONS, Span, masked
from training.feedback.name_mentions import names
from training.feedback.names import NameFound, NameIndex
from training.feedback.page import Page, page
from training.feedback.words import words
from training.skills import ROLES

SOMEBODY = "a member of staff"

_Hidden = tuple[int, int, str]


def manager_view(text: str, index: NameIndex, marked: Iterable[Span] = ()) -> str:
    """Return a whole answer as a manager may read it; `marked` are spans that a reviewer hid."""
    blocks = [(one.start, one.stop, f"{BLOCK} ({REASONS[one.reason]})") for one in marked]
    pieces: list[str] = []
    at = 0
    for start, stop, instead in sorted([*blocks, *_staff(text, index)]):
        if start >= at:
            pieces += [text[at:start], instead]
        at = max(at, stop)
    return masked("".join([*pieces, text[at:]])).strip()


def _staff(text: str, index: NameIndex) -> Iterator[_Hidden]:
    known = tables()
    found = words(text)
    here = page(text, found, known.book.find(found))
    for one in names(here, index, known):
        yield _hidden(here, one.first, one.last, one.found)
    for at in range(len(found)):
        name = index.exact(here.plain, at)
        if name and (here.capital(at) or here.plain[at] not in known.name_words):
            yield _hidden(here, at, name.last, name)


def _hidden(here: Page, first: int, last: int, name: NameFound | None) -> _Hidden:
    roles = {one.person.role for one in name.named} if name else set()
    known = len(roles) == 1 and roles <= set(ROLES)
    role = ROLES[roles.pop()].name.lower() if known else SOMEBODY
    return here.words[first].start, here.words[last].end, f"[{role}]"
