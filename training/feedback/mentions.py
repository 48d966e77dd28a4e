"""Find the people an answer speaks of, in order, before anybody is matched to anything.

    My daughter Grace drove me. The nurse was kind, she explained it, unlike Dr Patel.
    |---------------|           |-------|           |-|                      |-------|
    relative                    role nurse          pronoun she              name (2 Patels)

A name beside a word for family is family for the whole answer; a title before a name that nobody
on the roster bears is somebody from elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from training.feedback.language_files import Tables
from training.feedback.names import FULL, NEAR_ENOUGH, NICKNAME, SURNAME, NameFound, NameIndex, plain
from training.feedback.phrases import Hit
from training.feedback.remarks import is_deed
from training.feedback.words import COMMA, STOP, Word

NAME, ROLE, DESCRIBED, PRONOUN, RELATIVE, OUTSIDER, TEAM = (
    "name", "role", "described", "pronoun", "relative", "outsider", "team",
)  # fmt: skip
_PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she",
    "hers": "she", "herself": "she", "they": "they", "them": "they", "their": "they",
}  # fmt: skip
_TITLE_ROLES: Mapping[str, tuple[str, ...]] = {
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
_AFTER_A_NAME = frozenset(
    "is was has who on at in from 's does makes listens explains takes deserves goes always never "
    "really and comes knows treats gets gives keeps remembers puts worked works the".split()
)
_FAMILY_OWNERS = frozenset({"my", "our", "his", "her", "their"})
_NOT_ONE = frozenset({"a", "an", "any", "another", "other", "no", "different", "second", "every",
                      "each", "next", "third", "some", "more", "many", "first"})  # fmt: skip
_WANTING = frozenset({"see", "get", "need", "needed", "want", "wanted", "speak", "for", "with",
                      "as", "not", "got", "getting", "to", "seeing", "without", "is", "female", "male"})  # fmt: skip
_PLACING = frozenset({"at", "in", "near", "to", "from", "of", "on", "outside", "the"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody spoken of at words [first, last].

    `roles` are the roles the words allow (empty: any); `gender` is he, she, they or ""; `found`
    is the roster name; `vague` means one of several or anybody ("a doctor", "another nurse").
    """

    kind: str
    first: int
    last: int
    roles: tuple[str, ...] = ()
    gender: str = ""
    found: NameFound | None = None
    vague: bool = False
    titled: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as the steps see it: its text, its words, and every phrase found in it."""

    text: str
    words: Sequence[Word]
    plain: Sequence[str]
    hits: Sequence[Hit]
    shouted: bool

    def capital(self, at: int) -> bool:
        """Whether a word is written with a capital that means something."""
        return not self.shouted and self.text[self.words[at].start].isupper()

    def opens(self, at: int) -> bool:
        """Whether a word is the first of its sentence."""
        return at == 0 or self.words[at - 1].text == STOP

    def word(self, at: int) -> str:
        """Return a word, or "" beyond the ends."""
        return self.words[at].text if 0 <= at < len(self.words) else ""


def page(text: str, words: Sequence[Word], hits: Sequence[Hit]) -> Page:
    """Return the page of an answer."""
    letters = [sign for sign in text[:2000] if sign.isalpha()]
    upper = sum(sign.isupper() for sign in letters)
    shouted = len(letters) > 8 and upper > 0.7 * len(letters)
    return Page(text, words, [plain(word.text) for word in words], hits, shouted)


def mentions(page: Page, index: NameIndex, tables: Tables) -> list[Mention]:
    """Return everybody an answer speaks of, in order; no two mentions overlap."""
    found = _names(page, index, tables)
    taken = {at for one in found for at in range(one.first, one.last + 1)}
    for mention in (*_strangers(page, tables), *_phrases(page, tables)):
        places = set(range(mention.first, mention.last + 1))
        if not places & taken:
            found.append(mention)
            taken |= places
    found += [
        Mention(PRONOUN, at, at, gender=_PRONOUNS[word.text])
        for at, word in enumerate(page.words)
        if word.text in _PRONOUNS and at not in taken
    ]
    return _family(page, sorted(found, key=lambda one: one.first))


def _names(page: Page, index: NameIndex, tables: Tables) -> list[Mention]:
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
    if own in _TITLE_ROLES and first < name.last:
        roles = [*_TITLE_ROLES[own]]
    while page.word(first - 1) in tables.people["titles"]:
        first -= 1
        title = page.word(first)
        roles = roles or [*_TITLE_ROLES.get(title, ())]
        gender = gender or _TITLE_GENDERS.get(title, "")
    place = _place_near(page, name.first, name.last)
    titled = first < name.first
    return Mention(NAME, first, name.last, tuple(roles), gender, name, titled=titled, place=place)


def _near(page: Page, index: NameIndex, tables: Tables, at: int) -> NameFound | None:
    """Return a near spelling, where the word is used as a name and is no other word."""
    word = page.plain[at]
    if not word.isalpha() or len(word) < 4 or tables.book.knows(word) or word in tables.name_words:
        return None
    if not (page.capital(at) or _titled(page, tables, at) or _place_near(page, at, at)):
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
        return named or bool(_place_near(page, at, at)) or (
            page.capital(at) and _acts(page, at + 1)
        ) or (page.capital(at) and page.word(at - 1) == COMMA)
    return bool(_place_near(page, at, at))


def _acts(page: Page, at: int) -> bool:
    """Whether the word at `at` is what follows a name rather than a noun or a verb's subject."""
    word = page.word(at)
    if word == "and":
        return page.capital(at + 1) if at + 1 < len(page.words) else False
    return word in _AFTER_A_NAME or is_deed(word)


def _titled(page: Page, tables: Tables, at: int) -> bool:
    return page.word(at - 1) in tables.people["titles"] and page.word(at - 2) != "young"


def _place_near(page: Page, first: int, last: int) -> str:
    """Return the role whose place stands right after ("Sam in pharmacy"), "" if none."""
    for hit in page.hits:
        if hit.entry.table == "role places" and last < hit.first <= last + 3:
            between = range(last + 1, hit.first)
            if all(page.word(at) in {"the", "who", "was", "is", "over", "down", "always", "'s"} for at in between):
                return hit.entry.label
        if hit.entry.table in {"role words", "role doings"} and last < hit.first <= last + 3:
            between = [page.word(at) for at in range(last + 1, hit.first)]
            if between and between[0] in {COMMA, "the", "your", "our", "who"} and len(between) <= 2:
                return hit.entry.label
    return ""


def _phrases(page: Page, tables: Tables) -> list[Mention]:
    """Return the mentions by a word of the tables, longest first."""
    found: list[Mention] = []
    for hit in sorted(page.hits, key=lambda one: (-one.length, one.first)):
        table, label = hit.entry.table, hit.entry.label
        if table == "role words":
            found.append(_role(page, hit, tables))
        elif table == "role many" or (table == "people" and label == "team"):
            roles = (label,) if table == "role many" else ()
            if page.word(hit.first) not in _PRONOUNS:
                found.append(Mention(TEAM, hit.first, hit.last, roles))
        elif table == "people" and label == "relatives":
            found += _relative(page, hit)
        elif table == "people" and label in {"outsiders", "others_waiting"}:
            found.append(Mention(OUTSIDER, hit.first, hit.last))
        elif table == "people" and label == "one_person":
            found += _described(page, hit, tables)
    return found


def _role(page: Page, hit: Hit, tables: Tables) -> Mention:
    before = page.word(hit.first - 1)
    adjectives = 0
    while before and before not in _NOT_ONE and adjectives < 2 and before in {
        "young", "new", "female", "male", "lady", "nice", "lovely", "kind", "same", "older",
    }:  # fmt: skip
        adjectives += 1
        before = page.word(hit.first - 1 - adjectives)
    earlier = page.word(hit.first - 2 - adjectives)
    vague = before in _NOT_ONE - {"a", "an", "any"} or (
        before in {"a", "an", "any"} and earlier in _WANTING
    )
    possessive = page.word(hit.last + 1) == "'s" and page.word(hit.last + 2) in {
        "appointment", "surgery", "appointments", "office", "note", "receptionist",
    }  # fmt: skip
    gender = _gender(page, hit.first - 2, hit.last + 3, tables)
    roles = (hit.entry.label,)
    return Mention(ROLE, hit.first, hit.last, roles, gender, vague=vague or possessive)


def _described(page: Page, hit: Hit, tables: Tables) -> list[Mention]:
    """Return somebody described ("the lady who took my bloods") with the roles that fits."""
    gender = _gender(page, hit.first, hit.last, tables)
    roles = _roles_near(page, hit.first, hit.last)
    before = page.word(hit.first - 1)
    vague = page.word(hit.first) in {"someone", "somebody", "one", "whoever", "anyone"}
    if page.word(hit.first) in {"one", "person"} and not roles:
        return []
    if before in _FAMILY_OWNERS - {"our"}:
        return [Mention(RELATIVE, hit.first, hit.last, gender=gender)]
    if before in {"another", "other", "some", "a"} and not roles:
        return [Mention(OUTSIDER, hit.first, hit.last, gender=gender)]
    return [Mention(DESCRIBED, hit.first, hit.last, roles, gender, vague=vague)]


def _roles_near(page: Page, first: int, last: int) -> tuple[str, ...]:
    """Return the roles whose place, deed or name stands beside a described person."""
    found: list[str] = []
    for hit in page.hits:
        table = hit.entry.table
        if not table.startswith("role ") or table == "role many":
            continue
        reach = 9 if table == "role doings" else 4
        after = last < hit.first <= last + reach
        before = hit.last == first - 1 and table == "role words"
        between = [page.word(at) for at in range(last + 1, hit.first)] if after else []
        if (after or before) and STOP not in between and hit.entry.label not in found:
            found.append(hit.entry.label)
    return tuple(found)


def _relative(page: Page, hit: Hit) -> list[Mention]:
    owners = {page.word(at) for at in range(max(0, hit.first - 3), hit.first)}
    if owners & (_FAMILY_OWNERS | {"the"}) or page.word(hit.first) in {"mum", "dad", "mom", "mam", "gran"}:
        gender = next(
            (one.entry.label for one in page.hits
             if one.entry.table == "people" and one.entry.label in {"he", "she"}
             and hit.first <= one.first and one.last <= hit.last), "",
        )  # fmt: skip
        return [Mention(RELATIVE, hit.first, hit.last, gender=gender)]
    return []


def _gender(page: Page, first: int, last: int, tables: Tables) -> str:
    for at in range(max(0, first), min(len(page.words), last + 1)):
        word = page.word(at)
        if word == STOP and at > first:
            break
        for gender in ("she", "he"):
            if word in tables.people[gender] and word not in {"mr", "mrs", "miss"}:
                return gender
    return ""


def _strangers(page: Page, tables: Tables) -> list[Mention]:
    """Return people with a name that nobody on the roster bears."""
    found: list[Mention] = []
    for at in range(1, len(page.words)):
        word, before = page.word(at), page.word(at - 1)
        if not word.isalpha() or len(word) < 2:
            continue
        new = page.capital(at) or not (tables.book.knows(word) or is_deed(word) or len(word) < 5)
        if before in tables.people["titles"] and before != "sister" and new:
            if page.capital(at) or before in {"dr", "doctor", "mr", "mrs", "miss", "ms"}:
                roles = _TITLE_ROLES.get(before, ())
                if not tables.book.knows(word) or (page.capital(at) and page.capital(at - 1)):
                    found.append(Mention(OUTSIDER, at - 1, at, roles, titled=True))
        elif before in {"called", "named"} and page.capital(at):
            found.append(Mention(OUTSIDER, at, at))
        elif (
            page.capital(at) and not page.opens(at) and before not in _PLACING
            and not tables.book.knows(word) and len(word) > 2
            and (is_deed(page.word(at + 1)) or page.word(at + 1) in {"was", "is"})
        ):  # fmt: skip
            found.append(Mention(OUTSIDER, at, at))
    return found


def _family(page: Page, found: list[Mention]) -> list[Mention]:
    """Turn the names of relatives, and of the writer, into what they are."""
    names = {page.plain[one.found.first] for one in found if _is_family(page, one, found)}  # type: ignore[union-attr]
    return [
        replace(one, kind=RELATIVE, found=None)
        if one.kind == NAME and one.found and not one.titled and not one.place
        and (page.plain[one.found.first] in names or _signs_off(page, one))
        else one
        for one in found
    ]  # fmt: skip


def _is_family(page: Page, one: Mention, found: Sequence[Mention]) -> bool:
    if one.kind != NAME or one.found is None or one.titled or one.place:
        return False
    if any(entry.kind in {FULL, SURNAME} for entry in one.found.named) and one.last > one.first:
        return False
    before = page.word(one.first - 1)
    for other in found:
        if other.kind != RELATIVE:
            continue
        if other.last in {one.first - 1, one.first - 2} and (before != "and") and before not in {"to", "by"}:
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
