"""Find the people an answer speaks of by name, and tell a name from a word and from family.

    "My daughter Grace said Grace on reception was lovely. Hope she stays."
        relative Grace       name Grace (a place beside it)    a verb

A name that is also a word, or is only near a roster name, needs a sign that a name is meant: a
title, a capital inside a sentence, a place or a deed beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from training.feedback.language_files import Tables
from training.feedback.names import FULL, NEAR_ENOUGH, NICKNAME, SURNAME, NameFound, NameIndex
from training.feedback.page import NAME, RELATIVE, Mention, Page
from training.feedback.remarks import is_deed
from training.feedback.words import COMMA, word_set

TITLE_ROLES: Mapping[str, tuple[str, ...]] = {
    "dr": ("physician",), "doctor": ("physician",), "doc": ("physician",),
    "prof": ("physician",), "professor": ("physician",),
    "nurse": ("nurse", "nurse_practitioner", "healthcare_assistant", "phlebotomist"),
    "sister": ("nurse", "nurse_practitioner"), "matron": ("nurse",), "sr": ("nurse",),
    "physio": ("physiotherapist",), "pharmacist": ("pharmacist",),
    "receptionist": ("receptionist", "call_handler"), "practitioner": ("nurse_practitioner",),
    "phlebotomist": ("phlebotomist",), "hca": ("healthcare_assistant",),
}  # fmt: skip
_TITLE_GENDERS = {"mr": "he", "mrs": "she", "miss": "she", "ms": "she"}
_NAMING = frozenset({"called", "named", "thank", "thanks", "tell", "ask", "bless"})
_AFTER_A_NAME = word_set(
    "is was has who on at in from 's does makes listens explains takes deserves goes always never "
    "really and comes knows treats gets gives keeps remembers puts worked works the"
)
_BEFORE_A_PLACE = frozenset({"the", "who", "was", "is", "over", "down", "always", "'s"})


def names(page: Page, index: NameIndex, tables: Tables) -> list[Mention]:
    """Return the mentions by name; the title before a name belongs to it."""
    found: list[Mention] = []
    at = 0
    while at < len(page.words):
        name = index.exact(page.plain, at) or _near(page, index, tables, at)
        if name is None or not _is_meant(page, name, tables):
            at += 1
            continue
        found.append(_named(page, name, tables))
        at = name.last + 1
    return found


def _named(page: Page, name: NameFound, tables: Tables) -> Mention:
    first, roles, gender = name.first, list[str](), ""
    own = page.word(first)
    if own in TITLE_ROLES and first < name.last:
        roles = [*TITLE_ROLES[own]]
    while page.word(first - 1) in tables.people["titles"]:
        first -= 1
        title = page.word(first)
        roles = roles or [*TITLE_ROLES.get(title, ())]
        gender = gender or _TITLE_GENDERS.get(title, "")
    place = _place_near(page, name.last)
    titled = first < name.first
    return Mention(NAME, first, name.last, tuple(roles), gender, name, titled=titled, place=place)


def _near(page: Page, index: NameIndex, tables: Tables, at: int) -> NameFound | None:
    """Return a near spelling, where the word is used as a name and is no other word."""
    word = page.plain[at]
    if not word.isalpha() or len(word) < 4 or tables.book.knows(word) or word in tables.name_words:
        return None
    if not (page.capital(at) or _titled(page, tables, at) or _place_near(page, at)):
        return None
    return index.near(word, at)


def _is_meant(page: Page, name: NameFound, tables: Tables) -> bool:
    """Whether words that spell a roster name are meant as that name."""
    at = name.first
    if _titled(page, tables, at) or name.last > at:
        return not (name.last == at and page.word(at) in {"will", "may", "can"}
                    and not page.capital(at) and not is_deed(page.word(at + 1)))  # fmt: skip
    word, kinds = page.plain[at], {one.kind for one in name.named}
    everyday = word in tables.name_words or len(word) <= 3 or name.nearness < 1
    if not everyday and not (kinds <= {NICKNAME} and tables.book.knows(word)):
        return True
    if page.capital(at) and not page.opens(at) and page.word(at - 1) != COMMA:
        return word not in {"i"} and (name.nearness >= NEAR_ENOUGH or _acts(page, at + 1))
    if page.capital(at) or name.nearness == 1:
        named = page.word(at - 1) in _NAMING and (page.capital(at) or word not in tables.name_words)
        return (
            named
            or bool(_place_near(page, at))
            or (page.capital(at) and _acts(page, at + 1))
            or (page.capital(at) and page.word(at - 1) == COMMA)
        )
    return bool(_place_near(page, at))


def _acts(page: Page, at: int) -> bool:
    """Whether the word at `at` is what follows a name rather than a noun or a verb's subject."""
    word = page.word(at)
    if word == "and":
        return page.capital(at + 1) if at + 1 < len(page.words) else False
    return word in _AFTER_A_NAME or is_deed(word)


def _titled(page: Page, tables: Tables, at: int) -> bool:
    return page.word(at - 1) in tables.people["titles"] and page.word(at - 2) != "young"


def _place_near(page: Page, last: int) -> str:
    """Return the role whose place stands right after ("Sam in pharmacy"), "" if none."""
    for hit in page.hits_in(last + 1, last + 3):
        if hit.entry.table == "role places" and all(
            page.word(at) in _BEFORE_A_PLACE for at in range(last + 1, hit.first)
        ):
            return hit.entry.label
        if hit.entry.table in {"role words", "role doings"}:
            between = [page.word(at) for at in range(last + 1, hit.first)]
            if between and between[0] in {COMMA, "the", "your", "our", "who"} and len(between) <= 2:
                return hit.entry.label
    return ""


def without_family(page: Page, found: list[Mention]) -> list[Mention]:
    """Turn the names of relatives, and of the writer, into what they are."""
    family = {
        page.plain[one.found.first]
        for at, one in enumerate(found)
        if one.found and _is_family(page, one, found[max(0, at - 2) : at + 3])
    }
    return [
        replace(one, kind=RELATIVE, found=None)
        if one.kind == NAME and one.found and not one.titled and not one.place
        and (page.plain[one.found.first] in family or _signs_off(page, one))
        else one
        for one in found
    ]  # fmt: skip


def _is_family(page: Page, one: Mention, beside: Sequence[Mention]) -> bool:
    """Whether a word for family among the mentions beside it makes a name a relative's."""
    if one.kind != NAME or one.found is None or one.titled or one.place:
        return False
    if any(entry.kind in {FULL, SURNAME} for entry in one.found.named) and one.last > one.first:
        return False
    before = page.word(one.first - 1)
    for other in beside:
        if other.kind != RELATIVE:
            continue
        if other.last in {one.first - 1, one.first - 2} and before not in {"and", "to", "by"}:
            return before in {COMMA, "called", "named"} or other.last == one.first - 1
        if one.last < other.first <= one.last + 4 and page.word(one.last + 1) == COMMA:
            owners = {page.word(at) for at in range(one.last + 2, other.first)}
            return bool(owners & {"my", "our"}) or other.first == one.last + 2
        if one.last < other.first <= one.last + 3 and page.word(one.last + 1) in {"is", "was"}:
            return bool({page.word(at) for at in range(one.last + 1, other.first)} & {"my", "our"})
    return before in {"our", "my", "little", "baby"} and len(one.found.named) > 0


def _signs_off(page: Page, one: Mention) -> bool:
    """Whether a name is the writer's own, at the foot of the comment."""
    if one.last < len(page.words) - 2:
        return False
    before = {page.word(at) for at in range(max(0, one.first - 3), one.first)}
    return bool(before & {"regards", "wishes", "love", "sincerely", "faithfully", "yours"})
