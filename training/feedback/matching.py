"""Tie what an answer says of people to the people of the roster: sure, or a question, never a guess.

    visit     Dr Anjali Patel (she/her)          roster   … also Nurse Rohan Patel (he/him)
    "Nurse Patel looked in my ears. She is the first to believe me."
     name: two; title says Rohan, the visit and "she" say Anjali      → Anjali, .90, named on_visit
                                    refers back                        → Anjali, .89 …

The visit is looked at first, then what the patient tapped, then the words. Every sign for or
against somebody counts; one person must lead clearly, else all who are left are candidates.
People who have left, relatives and people from elsewhere are nobody here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from training.feedback.by_name import Setting, by_name
from training.feedback.by_role import among, by_role
from training.feedback.matches import Match, Reference, fits, gender_of, referring
from training.feedback.page import (
    DESCRIBED,
    NAME,
    OUTSIDER,
    PRONOUN,
    RELATIVE,
    ROLE,
    TEAM,
    Mention,
)
from training.feedback.words import STOP

_LOOKED_BACK = 12  # people spoken of before, among whom a pronoun finds its own


@dataclass(slots=True)
class _Entity:
    """Somebody spoken of, to whom a later pronoun may refer."""

    reference: Reference
    gender: str
    sentence: int


@dataclass(slots=True)
class Resolver:
    """Decides whom the mentions of one answer mean, in order."""

    setting: Setting
    _entities: list[_Entity] = field(default_factory=list)

    def resolve(self, mentions: Sequence[Mention]) -> list[Reference]:
        """Return a reference for every mention, in the same order."""
        found: list[Reference] = []
        sentences = self._sentence_numbers()
        for at, mention in enumerate(mentions):
            if mention.kind in {NAME, ROLE, DESCRIBED} and not mention.gender:
                mention = replace(mention, gender=self._gender_ahead(mentions, at))
            reference = self._one(mention, sentences[mention.first])
            found.append(reference)
            if mention.kind not in {PRONOUN, TEAM} and not mention.vague:
                self._entities.append(
                    _Entity(reference, self._gender_of(reference), sentences[mention.first])
                )
        return _doubted(found)

    def _one(self, mention: Mention, sentence: int) -> Reference:
        if mention.kind in {RELATIVE, OUTSIDER}:
            return Reference(mention, elsewhere=True)
        if mention.kind == NAME:
            return by_name(self.setting, mention)
        if mention.kind == PRONOUN:
            return self._by_pronoun(mention, sentence)
        if mention.kind in {ROLE, DESCRIBED} and not mention.vague:
            return by_role(self.setting, mention)
        return Reference(mention)

    # --- by pronoun --------------------------------------------------------------------------

    def _by_pronoun(self, mention: Mention, sentence: int) -> Reference:
        if mention.gender == "they":
            return self._by_they(mention, sentence)
        near = [one for one in self._entities[-_LOOKED_BACK:] if sentence - one.sentence <= 6]
        fitting = [one for one in reversed(near) if one.gender in {"", mention.gender}]
        ours = [one for one in fitting if not one.reference.elsewhere]
        theirs = [one for one in fitting if one.reference.elsewhere and one.gender]
        chosen = ours[0] if ours else theirs[0] if theirs else None
        if chosen is not None and ours and theirs and self._nearer(theirs[0], ours[0], sentence):
            chosen = theirs[0]
        if chosen is not None:
            return referring(mention, chosen.reference)
        if self.setting.page.word(mention.first) not in {"he", "she"} or fitting:
            return Reference(mention, elsewhere=bool(fitting))
        here = [
            self.setting.people[one]
            for one in self.setting.visit.on_visit
            if one in self.setting.people
        ]
        if (
            self.setting.visit.known
            and here
            and all(fits(one, mention.gender) is not None for one in here)
        ):
            return among(self.setting, mention, here, "description", 0.9)
        return Reference(mention)

    def _nearer(self, theirs: _Entity, ours: _Entity, sentence: int) -> bool:
        """Whether somebody from elsewhere is meant rather than one of ours before them."""
        return (
            theirs.sentence == sentence and ours.sentence < sentence - 1
        ) or theirs.sentence - ours.sentence > 1

    def _by_they(self, mention: Mention, sentence: int) -> Reference:
        for one in reversed(self._entities):
            if sentence - one.sentence > 2:
                break
            if one.reference.elsewhere or one.reference.mention.vague:
                continue
            if one.gender == "they" or (one.gender == "" and one.reference.mention.kind == NAME):
                return referring(mention, one.reference)
            break
        return Reference(mention)

    def _gender_ahead(self, mentions: Sequence[Mention], at: int) -> str:
        """Return the gender of the pronoun that next refers back, "" if none does."""
        for later in mentions[at + 1 :]:
            gap = [word.text for word in self.setting.page.words[mentions[at].last : later.first]]
            if gap.count(STOP) > 1 or len(gap) > 40:
                return ""
            if later.kind == PRONOUN and later.gender != "they":
                subject = self.setting.page.word(later.first) in {"he", "she"}
                return later.gender if subject and not self._other_of(later.gender) else ""
            if later.kind not in {PRONOUN, TEAM}:
                return ""
        return ""

    def _other_of(self, gender: str) -> bool:
        """Whether somebody from elsewhere of this gender was spoken of before."""
        return any(one.reference.elsewhere and one.gender == gender for one in self._entities)

    # --- what they share ---------------------------------------------------------------------

    def _gender_of(self, reference: Reference) -> str:
        if reference.staff:
            return gender_of(self.setting.people[reference.staff[0].staff_id])
        return reference.mention.gender

    def _sentence_numbers(self) -> list[int]:
        numbers, number = [], 0
        for word in self.setting.page.words:
            number += word.text == STOP
            numbers.append(number)
        return numbers


def _doubted(found: Sequence[Reference]) -> list[Reference]:
    """Doubt an opening "she" where the one it seems to mean is only spoken of later."""
    later: set[str] = set()
    checked: list[Reference] = []
    for one in reversed(found):
        matches = (*one.staff, *one.candidates)
        if one.mention.kind != PRONOUN:
            later.update(match.staff_id for match in matches)
        elif one.staff and one.staff[0].staff_id in later and _is_bare(one.staff[0]):
            doubted = tuple(replace(match, confidence=0.5) for match in one.staff)
            one = Reference(one.mention, candidates=doubted)
        checked.append(one)
    return checked[::-1]


def _is_bare(match: Match) -> bool:
    """Whether a pronoun was settled by the visit alone, not by somebody spoken of before."""
    return "refers_back" not in match.evidence
