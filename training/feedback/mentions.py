"""Find the people an answer speaks of, in order, before anybody is matched to anything.

    My daughter Grace drove me. The nurse was kind, she explained it, unlike Dr Patel.
    |---------------|           |-------|           |-|                      |-------|
    relative                    role nurse          pronoun she              name (2 Patels)

A name beside a word for family is family for the whole answer; a title before a name that nobody
on the roster bears is somebody from elsewhere.
"""

from itertools import pairwise

from training.feedback.language_files import Tables
from training.feedback.name_mentions import TITLE_ROLES, names, without_family
from training.feedback.names import NameIndex
from training.feedback.page import (
    DESCRIBED,
    OUTSIDER,
    PRONOUN,
    RELATIVE,
    ROLE,
    TEAM,
    Mention,
    Page,
)
from training.feedback.phrases import Hit
from training.feedback.remarks import is_deed
from training.feedback.words import STOP, word_set

_PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she",
    "hers": "she", "herself": "she", "they": "they", "them": "they", "their": "they",
}  # fmt: skip
_FAMILY_OWNERS = frozenset({"my", "our", "his", "her", "their"})
_OWN_FAMILY = frozenset({"mum", "dad", "mom", "mam", "gran"})
# "the doctor's surgery", "physio exercises": a thing, not the person.
_BELONGINGS = word_set(
    "appointment appointments surgery surgeries office note notes exercise exercises session sessions "
    "department team line visit practice room clinic referral queue letter call calls desk service"
)
_NOT_ONE = frozenset({"a", "an", "any", "another", "other", "no", "different", "second", "every",
                      "each", "next", "third", "some", "more", "many", "first"})  # fmt: skip
_WANTING = frozenset({"see", "get", "need", "needed", "want", "wanted", "speak", "for", "with",
                      "as", "not", "got", "getting", "to", "seeing", "without", "is", "female",
                      "male"})  # fmt: skip
_PLACING = frozenset({"at", "in", "near", "to", "from", "of", "on", "outside", "the"})


def mentions(page: Page, index: NameIndex, tables: Tables) -> list[Mention]:
    """Return everybody an answer speaks of, in order; no two mentions overlap."""
    found = names(page, index, tables)
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
    return without_family(page, sorted(found, key=lambda one: one.first))


def _phrases(page: Page, tables: Tables) -> list[Mention]:
    """Return the mentions by a word of the tables, longest first."""
    found: list[Mention] = []
    for hit in sorted(page.hits, key=lambda one: (-one.length, one.first)):
        table, label = hit.entry.table, hit.entry.label
        if table == "role words":
            found.append(_role(page, hit, tables))
        elif table == "role many" or (table == "people" and label == "team"):
            roles = (label,) if table == "role many" else ()
            if page.word(hit.first) not in _PRONOUNS and not _is_us(page, hit):
                found.append(Mention(TEAM, hit.first, hit.last, roles))
        elif table == "people" and label == "relatives":
            found += _relative(page, hit)
        elif table == "people" and label in {"outsiders", "others_waiting"}:
            found.append(Mention(OUTSIDER, hit.first, hit.last))
        elif table == "people" and label == "one_person":
            found += _described(page, hit, tables)
    return found


def _is_us(page: Page, hit: Hit) -> bool:
    """Whether "each of us" or "all my family" is meant, which is nobody of the team."""
    return page.word(hit.last + 1) == "of" and page.word(hit.last + 2) in {"us", "my", "our"}


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
    after = hit.last + 2 if page.word(hit.last + 1) == "'s" else hit.last + 1
    possessive = page.word(after) in _BELONGINGS
    gender = _gender(page, hit.first - 2, hit.last + 3, tables)
    if _is_from_elsewhere(page, hit.last):
        return Mention(OUTSIDER, hit.first, hit.last, gender=gender)
    roles: tuple[str, ...] = (hit.entry.label,)
    if page.word(hit.last + 1) == "who":
        roles += tuple(one for one in _roles_near(page, hit.first, hit.last) if one not in roles)
    return Mention(ROLE, hit.first, hit.last, roles, gender, vague=vague or possessive)


def _is_from_elsewhere(page: Page, last: int) -> bool:
    """Whether a role is followed by another place ("the doctor at the hospital")."""
    return page.word(last + 1) in {"at", "in", "from"} and any(
        hit.entry.table == "people" and hit.entry.label == "outsiders"
        for hit in page.hits_in(last + 2, last + 3)
    )


def _described(page: Page, hit: Hit, tables: Tables) -> list[Mention]:
    """Return somebody described ("the lady who took my bloods") with the roles that fits."""
    gender = _gender(page, hit.first, hit.last, tables)
    roles = _roles_near(page, hit.first, hit.last)
    before = page.word(hit.first - 1)
    vague = page.word(hit.first) in {"someone", "somebody", "one", "anyone"}
    if page.word(hit.first) == "whoever" and not roles:
        return []
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
    for hit in page.hits_in(first - 4, last + 9):
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
    if owners & (_FAMILY_OWNERS | {"the"}) or page.word(hit.first) in _OWN_FAMILY:
        kind = RELATIVE
    elif page.word(hit.first - 1) in {"a", "another", "some"}:
        kind = OUTSIDER
    else:
        return []
    gender = next(
        (one.entry.label for one in page.hits_in(hit.first, hit.last)
         if one.entry.table == "people" and one.entry.label in {"he", "she"}
         and hit.first <= one.first and one.last <= hit.last), "",
    )  # fmt: skip
    return [Mention(kind, hit.first, hit.last, gender=gender)]


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
    titles = tables.people["titles"] - {"sister"}
    texts = [word.text for word in page.words]
    for at, (before, word) in enumerate(pairwise(texts), start=1):
        titled = before in titles
        capital = page.capital(at)
        if not (titled or capital) or not word.isalpha() or len(word) < 2:
            continue
        known = tables.book.knows(word)
        if titled and (capital or not (known or is_deed(word) or len(word) < 5)):
            formal = before in {"dr", "doctor", "mr", "mrs", "miss", "ms"}
            named = capital and page.capital(at - 1)
            if (capital or formal) and (named or not known):
                roles = TITLE_ROLES.get(before, ())
                found.append(Mention(OUTSIDER, at - 1, at, roles, titled=True))
        elif capital and (
            before in {"called", "named"}
            or (
                not page.opens(at) and before not in _PLACING and not known and len(word) > 2
                and (is_deed(page.word(at + 1)) or page.word(at + 1) in {"was", "is"})
            )
        ):  # fmt: skip
            found.append(Mention(OUTSIDER, at, at))
    return found
