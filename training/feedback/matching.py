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
from datetime import date

from training.feedback.comment import Person, Visit
from training.feedback.mentions import (
    DESCRIBED,
    NAME,
    OUTSIDER,
    PRONOUN,
    RELATIVE,
    ROLE,
    TEAM,
    Mention,
    Page,
)
from training.feedback.names import ALIAS, FULL, GIVEN, INITIAL, NEAR, NEAR_ENOUGH, NICKNAME, SURNAME
from training.feedback.names import NameIndex
from training.feedback.words import STOP

CERTAIN = 0.9  # a match this sure stands; below it a person decides
MOST_CANDIDATES = 3
_KIND_POINTS = {FULL: 4, SURNAME: 2, GIVEN: 2, ALIAS: 2, INITIAL: 1, NICKNAME: 1, NEAR: 1}
_KIND_SURE = {
    FULL: 0.97, SURNAME: 0.95, GIVEN: 0.94, ALIAS: 0.94, INITIAL: 0.91, NICKNAME: 0.93, NEAR: 0.92,
}  # fmt: skip
_LEAD = 2  # points by which the first must lead the second
_DISTANT = ("phone", "video", "portal")
_STANDS_IN: dict[str, tuple[str, ...]] = {
    "call_handler": ("receptionist",),
    "receptionist": ("call_handler",),
    "phlebotomist": ("nurse", "healthcare_assistant"),
    "nurse": ("nurse_practitioner", "healthcare_assistant", "phlebotomist"),
    "healthcare_assistant": ("nurse", "phlebotomist"),
    "physician": ("nurse_practitioner",),
    "nurse_practitioner": ("nurse",),
    "billing_clerk": ("receptionist",),
}


@dataclass(frozen=True, slots=True)
class Match:
    """The tie from a remark to a staff member.

    `confidence` is the share of such ties that are right. `evidence` holds named, on_visit,
    role_on_visit, refers_back, chosen_by_patient or description.
    """

    staff_id: str
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom a mention means: certain `staff`, or `candidates`, or nobody.

    `elsewhere` is True for people who are not staff of the practice.
    """

    mention: Mention
    staff: tuple[Match, ...] = ()
    candidates: tuple[Match, ...] = ()
    elsewhere: bool = False


@dataclass(slots=True)
class _Entity:
    """Somebody spoken of, to whom a later pronoun may refer."""

    reference: Reference
    gender: str
    sentence: int


@dataclass(slots=True)
class Resolver:
    """Decides whom the mentions of one answer mean, in order."""

    page: Page
    people: dict[str, Person]
    index: NameIndex
    visit: Visit
    day: date | None
    _entities: list[_Entity] = field(default_factory=list)

    def resolve(self, mentions: Sequence[Mention]) -> list[Reference]:
        """Return a reference for every mention, in the same order."""
        found: list[Reference] = []
        sentences = self._sentence_numbers()
        for at, mention in enumerate(mentions):
            if mention.kind in {NAME, ROLE, DESCRIBED} and not mention.gender:
                mention = replace(mention, gender=self._gender_ahead(mentions, at))  # noqa: PLW2901
            reference = self._one(mention, sentences[mention.first])
            found.append(reference)
            if mention.kind not in {PRONOUN, TEAM} and not mention.vague:
                self._entities.append(
                    _Entity(reference, self._gender_of(reference), sentences[mention.first])
                )
        return [self._unless_met_later(at, found) for at in range(len(found))]

    def _unless_met_later(self, at: int, found: Sequence[Reference]) -> Reference:
        """Doubt an opening "she" where the one it seems to mean is only spoken of later."""
        one = found[at]
        if one.mention.kind != PRONOUN or not one.staff or "refers_back" in one.staff[0].evidence:
            return one
        later = {match.staff_id for other in found[at + 1 :] if other.mention.kind != PRONOUN
                 for match in (*other.staff, *other.candidates)}  # fmt: skip
        if one.staff[0].staff_id not in later:
            return one
        doubted = tuple(replace(match, confidence=0.5) for match in one.staff)
        return Reference(one.mention, candidates=doubted)

    def _one(self, mention: Mention, sentence: int) -> Reference:
        if mention.kind in {RELATIVE, OUTSIDER}:
            return Reference(mention, elsewhere=True)
        if mention.kind == NAME:
            return self._by_name(mention)
        if mention.kind == PRONOUN:
            return self._by_pronoun(mention, sentence)
        if mention.kind in {ROLE, DESCRIBED} and not mention.vague:
            return self._by_role(mention)
        return Reference(mention)

    # --- by name -----------------------------------------------------------------------------

    def _by_name(self, mention: Mention) -> Reference:
        name = mention.found
        assert name is not None  # noqa: S101  (a mention of this kind carries its name)
        kinds = {one.person.staff_id: one.kind for one in name.named}
        for one in self.index.sounds_like(" ".join(self.page.plain[name.first : name.last + 1])):
            if one.person.staff_id in self.visit.on_visit:
                kinds.setdefault(one.person.staff_id, NEAR)
        working = {
            staff_id: kind
            for staff_id, kind in kinds.items()
            if self.people[staff_id].works_on(self.day)
        }
        points = {
            staff_id: self._points(self.people[staff_id], kind, mention)
            for staff_id, kind in working.items()
        }
        if not points:
            return Reference(mention)
        ranked = sorted(points, key=lambda staff_id: (-points[staff_id], staff_id))
        best = ranked[0]
        clear = len(ranked) == 1 or points[best] - points[ranked[1]] >= _LEAD
        if not clear:
            return Reference(mention, candidates=self._shared(ranked, points, ("named",)))
        sure = self._how_sure(self.people[best], working[best], mention, name.nearness)
        return _settled(mention, Match(best, sure, self._evidence(best, "named")))

    def _points(self, person: Person, kind: str, mention: Mention) -> int:
        points = _KIND_POINTS[kind]
        points += 3 if person.staff_id in self.visit.on_visit else 0
        points += 3 if person.staff_id in self.visit.tapped else 0
        if mention.roles:
            points += 2 if person.role in mention.roles else -2
        if mention.place:
            points += 3 if _works_there(person, mention.place) else -2
        points += {True: 1, None: 0, False: -3}[_fits(person, mention.gender)]
        return points

    def _how_sure(self, person: Person, kind: str, mention: Mention, nearness: float) -> float:
        sure = _KIND_SURE[kind]
        here = person.staff_id in self.visit.on_visit or person.staff_id in self.visit.tapped
        if nearness < 1:
            sure = 0.92 if nearness >= NEAR_ENOUGH else 0.9 if here else 0.8
        if here:
            sure += 0.02
        elif self.visit.known and kind != FULL:
            sure -= 0.02
        if mention.roles and person.role not in mention.roles:
            sure -= 0.04 if here else 0.08
        if _fits(person, mention.gender) is False:
            sure -= 0.05 if here and kind == FULL else 0.3
        return round(min(max(sure, 0.05), 0.99), 2)

    # --- by role and description -------------------------------------------------------------

    def _by_role(self, mention: Mention) -> Reference:
        basis = "role_on_visit" if mention.kind == ROLE else "description"
        if not self.visit.known:
            return self._off_visit(mention, basis)
        here = [self.people[one] for one in self.visit.on_visit if one in self.people]
        fitting = [one for one in here if not mention.roles or one.role in mention.roles]
        sure = 0.94 if mention.kind == ROLE else 0.92
        if not fitting and mention.roles:
            others = {other for role in mention.roles for other in _STANDS_IN.get(role, ())}
            fitting = [one for one in here if one.role in others]
            sure = 0.9 if self._stand_in_is_sure(mention) else 0.75
        return self._among(mention, fitting, basis, sure)

    def _stand_in_is_sure(self, mention: Mention) -> bool:
        desk = {"receptionist", "call_handler"}
        if desk & set(mention.roles):
            return self.visit.channel == "phone"
        return mention.kind == DESCRIBED and "phlebotomist" in mention.roles

    def _among(
        self, mention: Mention, fitting: Sequence[Person], basis: str, sure: float
    ) -> Reference:
        """Settle on one of those a role or description fits, if their pronouns leave one."""
        possible = [one for one in fitting if _fits(one, mention.gender) is not False]
        tapped = [one for one in possible if one.staff_id in self.visit.tapped]
        if len(tapped) == 1 and len(possible) > 1:
            evidence = (basis, "on_visit", "chosen_by_patient")
            return _settled(mention, Match(tapped[0].staff_id, 0.93, evidence))
        if len(possible) == 1:
            person = possible[0]
            evidence = (basis, "on_visit")
            if len(fitting) > 1 and not _fits(person, mention.gender):
                sure -= 0.1
            return _settled(mention, Match(person.staff_id, min(sure, 0.94), evidence))
        share = round(min(0.8, 1 / max(1, len(possible))), 2)
        matches = tuple(Match(one.staff_id, share, (basis, "on_visit")) for one in possible)
        return Reference(mention, candidates=matches[:MOST_CANDIDATES])

    def _off_visit(self, mention: Mention, basis: str) -> Reference:
        if not mention.roles:
            return Reference(mention)
        fitting = [
            one
            for one in self.people.values()
            if one.role in mention.roles
            and one.works_on(self.day)
            and _fits(one, mention.gender) is not False
            and (not self.visit.site or one.site in {"", self.visit.site})
        ]
        tapped = [one for one in fitting if one.staff_id in self.visit.tapped]
        if len(tapped) == 1:
            match = Match(tapped[0].staff_id, 0.92, (basis, "chosen_by_patient"))
            return _settled(mention, match)
        if not 0 < len(fitting) <= MOST_CANDIDATES:
            return Reference(mention)
        share = round(min(0.6, 1 / len(fitting)), 2)
        return Reference(
            mention, candidates=tuple(Match(one.staff_id, share, (basis,)) for one in fitting)
        )

    # --- by pronoun --------------------------------------------------------------------------

    def _by_pronoun(self, mention: Mention, sentence: int) -> Reference:
        if mention.gender == "they":
            return self._by_they(mention, sentence)
        near = [one for one in self._entities if sentence - one.sentence <= 6]
        fitting = [one for one in reversed(near) if one.gender in {"", mention.gender}]
        ours = [one for one in fitting if not one.reference.elsewhere]
        theirs = [one for one in fitting if one.reference.elsewhere and one.gender]
        chosen = ours[0] if ours else theirs[0] if theirs else None
        if chosen is not None and ours and theirs and self._nearer(theirs[0], ours[0], sentence):
            chosen = theirs[0]
        if chosen is not None:
            return _referring(mention, chosen.reference)
        if self.page.word(mention.first) not in {"he", "she"} or fitting:
            return Reference(mention, elsewhere=bool(fitting))
        here = [self.people[one] for one in self.visit.on_visit if one in self.people]
        if self.visit.known and here and all(_fits(one, mention.gender) is not None for one in here):
            return self._among(mention, here, "description", 0.9)
        return Reference(mention)

    def _nearer(self, theirs: _Entity, ours: _Entity, sentence: int) -> bool:
        """Whether somebody from elsewhere is meant rather than one of ours before them."""
        return (
            theirs.sentence == sentence
            and ours.sentence < sentence - 1
            or theirs.sentence - ours.sentence > 1
        )

    def _by_they(self, mention: Mention, sentence: int) -> Reference:
        for one in reversed(self._entities):
            if sentence - one.sentence > 2:
                break
            if one.reference.elsewhere or one.reference.mention.vague:
                continue
            if one.gender == "they" or (one.gender == "" and one.reference.mention.kind == NAME):
                return _referring(mention, one.reference)
            break
        return Reference(mention)

    def _gender_ahead(self, mentions: Sequence[Mention], at: int) -> str:
        """Return the gender of the pronoun that next refers back, "" if none does."""
        for later in mentions[at + 1 :]:
            gap = [word.text for word in self.page.words[mentions[at].last : later.first]]
            if gap.count(STOP) > 1 or len(gap) > 40:
                return ""
            if later.kind == PRONOUN and later.gender != "they":
                subject = self.page.word(later.first) in {"he", "she"}
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
            return _gender(self.people[reference.staff[0].staff_id])
        return reference.mention.gender

    def _evidence(self, staff_id: str, basis: str) -> tuple[str, ...]:
        here = ("on_visit",) if staff_id in self.visit.on_visit else ()
        return (basis, *here, *(("chosen_by_patient",) if staff_id in self.visit.tapped else ()))

    def _shared(
        self, ranked: Sequence[str], points: dict[str, int], evidence: tuple[str, ...]
    ) -> tuple[Match, ...]:
        """Return those who are left as candidates, their chances by their points."""
        chosen = [one for one in ranked if points[ranked[0]] - points[one] < 3 * _LEAD]
        chances = [2.0 ** (points[one] / 2) for one in chosen[:MOST_CANDIDATES]]
        return tuple(
            Match(one, round(min(0.85, chance / sum(chances)), 2), evidence)
            for one, chance in zip(chosen, chances, strict=False)
        )

    def _sentence_numbers(self) -> list[int]:
        numbers, number = [], 0
        for word in self.page.words:
            number += word.text == STOP
            numbers.append(number)
        return numbers


def _settled(mention: Mention, match: Match) -> Reference:
    if match.confidence >= CERTAIN:
        return Reference(mention, staff=(match,))
    return Reference(mention, candidates=(match,))


def _referring(mention: Mention, back: Reference) -> Reference:
    """Return the reference of a pronoun to somebody spoken of before."""
    return Reference(mention, referred(back.staff), referred(back.candidates), back.elsewhere)


def referred(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Return matches as they hold for words that only refer back."""
    return tuple(
        one
        if "refers_back" in one.evidence
        else Match(
            one.staff_id,
            round(max(one.confidence - 0.01, min(one.confidence, CERTAIN)), 2),
            (*one.evidence, "refers_back"),
        )
        for one in matches
    )


def _gender(person: Person) -> str:
    first = person.pronouns.lower().split("/")[0].strip()
    return first if first in {"he", "she", "they"} else ""


def _fits(person: Person, gender: str) -> bool | None:
    """Whether a gendered word fits somebody; None where one of the two is not known."""
    known = _gender(person)
    if not gender or not known or known == "they":
        return None
    return known == gender


def _works_there(person: Person, place: str) -> bool:
    desk = {"receptionist", "call_handler"}
    return person.role == place or {person.role, place} <= desk
