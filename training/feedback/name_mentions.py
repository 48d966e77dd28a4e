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
from training.feedback.phrases import Hit
from training.feedback.remarks import is_deed
from training.feedback.words import COMMA, STOP, word_set

_THANKS = frozenset({"thank", "thanks", "thankyou", "cheers", "ta"})
_VERBS = frozenset({"will", "may", "can", "hope", "mark"})
_MONTHS = frozenset({"april", "may", "june", "august", "summer", "autumn", "winter", "spring"})
_BEFORE_A_MONTH = word_set("in since last next this early late mid until of from by during on and")
_SURELY, _WEAKLY = "surely", "weakly"
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
        name = index.exact(page.plain, at) or _near(page.plain[at], index, tables, at)
        meant = _meant(page, name, tables) if name else ""
        if name is None or not meant:
            at += 1
            continue
        found.append(replace(_named(page, name, tables), weak=meant == _WEAKLY))
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
    role = _role_before(page, first)
    if role is not None and not roles:
        first, roles = role.first, [role.entry.label]
    place = _place_near(page, name.last)
    titled = first < name.first
    return Mention(NAME, first, name.last, tuple(roles), gender, name, titled=titled, place=place)


def _role_before(page: Page, at: int) -> Hit | None:
    """Return the role that stands before a name as a title does ("call handler Faith")."""
    hits = page.hits_in(at - 3, at - 1)
    return next(
        (one for one in hits if one.entry.table == "role words" and one.last == at - 1), None
    )


def _near(word: str, index: NameIndex, tables: Tables, at: int) -> NameFound | None:
    """Return a near spelling, where the word is used as a name and is no other word."""
    if len(word) < 4 or tables.book.knows(word) or not word.isalpha() or word in tables.name_words:
        return None
    return index.near(word, at)


def _meant(page: Page, name: NameFound, tables: Tables) -> str:
    """Return how surely words that spell a roster name mean it: surely, weakly, or "" for not."""
    at = name.first
    word, kinds = page.plain[at], {one.kind for one in name.named}
    if name.last > at:
        return _SURELY
    if word in _MONTHS and page.word(at - 1) in _BEFORE_A_MONTH:
        return ""
    if _titled(page, tables, at):
        return "" if _is_a_verb(page, at) else _SURELY
    everyday = word in tables.name_words or len(word) <= 3 or name.nearness < 1
    if not everyday and not (kinds <= {NICKNAME} and tables.book.knows(word)):
        return _SURELY
    if _place_near(page, at):
        return _SURELY
    before = page.word(at - 1)
    thanked = before in _THANKS or (before == "you" and page.word(at - 2) == "thank")
    if not page.capital(at):
        alone = thanked or (_stands_alone(page, at) and _acts(page, at + 1))
        return _WEAKLY if alone and word not in _VERBS else ""
    if thanked or before == COMMA or before in _NAMING:
        return _SURELY
    if not page.opens(at):
        near = name.nearness >= NEAR_ENOUGH or _acts(page, at + 1)
        return _SURELY if word != "i" and near else ""
    says_no_more = page.word(at + 1) in {STOP, ""}
    return _SURELY if says_no_more or _acts(page, at + 1) else ""


def _is_a_verb(page: Page, at: int) -> bool:
    """Whether "the nurse will call" speaks of no Will."""
    return page.word(at) in _VERBS and not page.capital(at) and not is_deed(page.word(at + 1))


def _stands_alone(page: Page, at: int) -> bool:
    """Whether a word without a capital opens a clause or is thanked, as names do."""
    before = page.word(at - 1)
    return page.opens(at) or before in {COMMA, "and", "but"} or before in _NAMING


def _acts(page: Page, at: int) -> bool:
    """Whether the word at `at` is what follows a name rather than a noun or a verb's subject."""
    word = page.word(at)
    if word == "and":
        return page.capital(at + 1) if at + 1 < len(page.words) else False
    return word in _AFTER_A_NAME or is_deed(word)


def _titled(page: Page, tables: Tables, at: int) -> bool:
    if page.word(at - 1) in tables.people["titles"]:
        return page.word(at - 2) != "young"
    return page.capital(at) and _role_before(page, at) is not None


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
