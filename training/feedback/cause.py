"""What a remark is about: one person, the team, the system, or something else.

    "the nurse was gentle"              person    a mention of one person
    "all the staff were lovely"         team      several, or nobody in particular
    "forty minutes on hold"             system    a theme, and nobody who did it
    "I had a bad night"                 other     the patient's own matters, or another place

The question behind it: would any trained person have been able to avoid this?
"""

from collections.abc import Sequence

from training.feedback.matches import Reference
from training.feedback.page import ROLE, TEAM, Page
from training.feedback.tagger import Topics
from training.feedback.words import word_set

_SHORT = 5  # words in which a matter that is only mentioned is what is spoken of ("The phones!")
_RUNNING_LATE = (
    3  # strength of "running late": whoever was late, the wait is a matter of the system
)
_NEAR = 4  # words in which a phrase about a matter must begin before the word for a role
_THINGS_OF_A_ROLE = word_set(
    "appointment appointments slot slots clinic clinics session sessions exercises visit visits line "
    "lines queue letter letters referral referrals room rooms desk area hours list"
)
_WAYS_TO = frozenset({"for", "see", "with", "get", "of", "seeing", "before", "when", "while"})


def decide(
    page: Page,
    first: int,
    last: int,
    target: Reference | None,
    inside: Sequence[Reference],
    topics: Topics,
    *,
    felt: bool,
) -> str:
    """Return person, team, system or other for the words [first, last].

    `target` is whom the words are about, if anybody; `inside` all references among the words;
    `felt` whether the words praise or criticise anything.
    """
    if target is not None and not target.elsewhere:
        return "system" if _only_in_passing(page, first, target, topics) else "person"
    if topics.theme and topics.theme_strength >= 2 and not _stronger_skill(topics):
        return "system"
    if target is not None or (inside and all(one.elsewhere for one in inside)):
        return "other"
    if topics.skills:
        return "team"
    if topics.theme and (felt or last - first < _SHORT):
        return "system"
    team = any(one.mention.kind == TEAM for one in inside)
    return "team" if team or felt else "other"


def _stronger_skill(topics: Topics) -> bool:
    return bool(topics.skills) and topics.theme_strength < 3


def _only_in_passing(page: Page, first: int, target: Reference, topics: Topics) -> bool:
    """Whether somebody is named only to say which wait or which bill is meant, or only before it."""
    if not topics.theme or topics.skills:
        return False
    at = target.mention.first
    if _is_part_of_a_matter(page, target):
        return True
    if topics.theme == "wait_length" and topics.theme_strength >= _RUNNING_LATE:
        return True
    if at < first and topics.theme_strength >= 2:
        return True
    before = {page.word(place) for place in range(max(first, at - 2), at)}
    return bool(before & _WAYS_TO) or page.word(target.mention.last + 1) == "'s"


def _is_part_of_a_matter(page: Page, target: Reference) -> bool:
    """Whether the words for somebody belong to a matter ("no interpreter came", "physio exercises")."""
    mention = target.mention
    if mention.kind != ROLE:
        return False
    if page.word(mention.last + 1) in _THINGS_OF_A_ROLE:
        return True
    return any(
        hit.entry.table == "themes" and hit.entry.weight and mention.last <= hit.last
        for first in range(max(0, mention.first - _NEAR), mention.first + 1)
        for hit in page.hits_in(first, first)
    )
