"""Read one answer: from what was typed to remarks, feelings, skills, causes and people.

    "Grace was lovely but the wait was awful."       Grace Adeyemi, receptionist, on the visit
     |---------------|     |---------------|
     positive, person      negative, system
     Grace, .96 named      wait_length
    answer: mixed, severity 1

    tidy → words → phrases → pieces → mentions → references → feelings, topics, cause → remarks

Reading never fails, always gives the same for the same, and its offsets index the text given.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from training.feedback import language, sentiment, severity
from training.feedback.by_name import Setting
from training.feedback.cause import decide
from training.feedback.comment import Answer, Person, Visit
from training.feedback.language_files import Tables, tables
from training.feedback.matches import CERTAIN, Match, Reference
from training.feedback.matching import Resolver
from training.feedback.mentions import mentions
from training.feedback.name_mentions import names
from training.feedback.names import NameIndex
from training.feedback.page import NAME, Mention, Page, page
from training.feedback.parts import Part, contrasted, joined, matches, whom
from training.feedback.remarks import Piece, split
from training.feedback.summary import Reading, Remark, overall, weighed
from training.feedback.tagger import DESK_ROLES, topics
from training.feedback.targets import Targets
from training.feedback.words import COMMA, STOP, words

READER = "rules/1"
_ASKED = {"went_well": 0.5, "could_be_better": -0.5}
_RATED = 0.2  # for every step of the rating away from the middle
_SHORT = 30  # words of an answer whose whole sense the question gives

__all__ = ["CERTAIN", "READER", "Match", "Reading", "Remark", "Roster", "overall", "read"]


class Roster:
    """The people of a practice and the index of their names: built once, used for many answers."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people: dict[str, Person] = {person.staff_id: person for person in people}
        self.index = NameIndex(self.people.values(), tables().also_called)


def read(answer: Answer, roster: Roster, visit: Visit) -> Reading:
    """Return what an answer says. Never raises; the same input gives the same reading."""
    known = tables()
    found = words(answer.text)
    plain_words = [word.text for word in found if word.text not in {STOP, COMMA}]
    code = language.detect(plain_words, known.languages)
    here = page(answer.text, found, known.book.find(found))
    reader = _Reader(answer, roster, visit, known, here)
    if code != "en":
        return reader.unread(code)
    empty = _nothing_said(answer, plain_words, known)
    return empty if empty is not None else reader.reading()


def _nothing_said(answer: Answer, plain_words: Sequence[str], known: Tables) -> Reading | None:
    """Return the reading of "n/a", "nothing" and their like, None for anything else."""
    said = " ".join(plain_words)
    if said and said not in known.empty:
        return None
    content = bool(said)
    score = 0.14 if content and answer.question == "could_be_better" else 0.0
    return Reading("neutral", score, 0, ("no_content",))


@dataclass(slots=True)
class _Reader:
    """The steps of one reading, which share what was found."""

    answer: Answer
    roster: Roster
    visit: Visit
    known: Tables
    page: Page

    def reading(self) -> Reading:
        """Return the reading of the answer."""
        references = self._references(mentions(self.page, self.roster.index, self.known))
        felt = sentiment.feelings(
            self.page.words, self.page.hits, self._hidden(references), self.answer.question
        )
        pieces = split(self.page.words, {one.last: one.weight for one in felt})
        targets = Targets(self.page, pieces, references, self.visit)
        parts = self._hinted(
            [self._part(number, piece, targets, felt) for number, piece in enumerate(pieces)]
        )
        remarks = tuple(self._remark(part) for part in joined(contrasted(self.page, parts)))
        return self._summed(remarks)

    def unread(self, code: str) -> Reading:
        """Return the reading of an answer in another language: kept whole, scored by nobody.

        Names of people who were on the visit are names in every language; they are tied, so that
        who reads it knows of whom it speaks, but nobody is praised or criticised.
        """
        found = self._references(names(self.page, self.roster.index, self.known))
        staff = matches(
            [one for one in each.staff if one.staff_id in self.visit.on_visit] for each in found
        )
        whole = self.answer.text.strip()
        start = self.answer.text.find(whole)
        remark = Remark(
            start, start + len(whole), whole, "neutral", 0.0, ("not English",),
            "person" if staff else "other", staff=staff,
        )  # fmt: skip
        grave = severity.gravity(
            self.page.words, self.page.hits, self.known, positive=frozenset(), criticised=False
        )
        flags = severity.ordered(("not_english", *grave.flags))
        return Reading("neutral", 0.0, grave.severity, flags, code, (remark,) if whole else ())

    def _references(self, people: Sequence[Mention]) -> list[Reference]:
        setting = Setting(
            self.page,
            self.roster.people,
            self.roster.index,
            self.visit,
            self.answer.left_on,
        )
        return Resolver(setting).resolve(people)

    def _hidden(self, references: Sequence[Reference]) -> frozenset[int]:
        """Return the places of names and identity words, which must not move a score."""
        hidden = {
            at
            for one in references
            if one.mention.kind == NAME or one.mention.titled
            for at in range(one.mention.first, one.mention.last + 1)
        }
        hidden |= {
            at for at, word in enumerate(self.page.words) if word.text in self.known.identity
        }
        return frozenset(hidden)

    def _part(
        self, number: int, piece: Piece, targets: Targets, felt: Sequence[sentiment.Feeling]
    ) -> Part:
        hits = self.page.hits_in(piece.first, piece.last)
        low = bisect_left(felt, piece.first, key=lambda one: one.first)
        high = bisect_right(felt, piece.last, key=lambda one: one.first)
        own = list(felt[low:high])
        about = topics(hits)
        target = targets.of(number, hits, about, bool(own))
        if not target:
            own = self._ordered(piece, own)
        if _at_desk(target, self.roster, self.visit):
            about = topics(hits, at_desk=True)
        score = sentiment.score([*(one.weight for one in own), self._leaning()] if own else [])
        cause = decide(
            self.page, piece.first, piece.last, target[0] if target else None,
            targets.inside(piece), about, felt=bool(own),
        )  # fmt: skip
        why = tuple(dict.fromkeys(self._words(one.first, one.last) for one in own))
        return Part(piece, score, why, cause, about, target if cause == "person" else ())

    def _leaning(self) -> float:
        """Return how far the question and the rating lean, less than any plain word weighs."""
        asked = _ASKED.get(self.answer.question, 0.0)
        rated = _RATED * (self.answer.rating - 3) if self.answer.rating else 0.0
        return asked + rated

    def _ordered(self, piece: Piece, own: list[sentiment.Feeling]) -> list[sentiment.Feeling]:
        """Read an order at the head of a piece ("Listen more", "Answer the phone") as a gap."""
        asked = self.answer.question
        orders = self.known.orders if asked == "could_be_better" else self.known.demands
        opening = piece.first
        if asked == "went_well" or self.page.word(opening) not in orders:
            return own
        if any(one.first == opening and (one.last > opening or one.weight < 0) for one in own):
            return own
        gap = sentiment.Feeling(-1.4, opening, opening)
        return [gap, *(one for one in own if one.weight < 0)]

    def _hinted(self, parts: list[Part]) -> list[Part]:
        """Let the question, then the rating, speak where the words are silent."""
        spoken = {one for part in parts if part.why for one in whom(part)}
        told = any(part.why for part in parts)
        return [
            part if part.why else self._with_hint(part, told=told, spoken=whom(part) <= spoken)
            for part in parts
        ]

    def _with_hint(self, part: Part, *, told: bool, spoken: bool) -> Part:
        """Return a silent part with the side its question or rating hints at, if any.

        `told` says whether other parts feel anything, `spoken` whether some do about the same
        person.
        """
        asked, rating = self.answer.question, self.answer.rating
        on_topic = bool(part.topics.theme or part.topics.skills) and part.cause != "other"
        short = not told and len(self.page.words) <= _SHORT
        person = part.cause == "person" and not spoken
        if asked == "could_be_better" and (on_topic or short) and (rating or 0) < 5:
            return replace(part, score=-0.3, why=("asked what could be better",))
        if asked == "went_well" and (on_topic or short or person):
            return replace(part, score=0.3, why=("asked what went well",))
        if part.cause == "system" and rating in {1, 2, 3}:
            return replace(part, score=-0.2, why=("rated poorly",))
        if person and rating in {1, 2, 4, 5}:
            good = (rating or 0) > 3
            return replace(
                part, score=0.2 if good else -0.2, why=("rated well" if good else "rated poorly",)
            )
        return part

    def _remark(self, part: Part) -> Remark:
        start = self.page.words[part.piece.first].start
        end = self.page.words[part.piece.last].end
        cause = part.cause
        staff = matches(one.staff for one in part.target)
        certain = {one.staff_id for one in staff}
        candidates = matches(one.candidates for one in part.target)
        return Remark(
            start, end, self.answer.text[start:end],
            sentiment.label(part.score), round(part.score, 3), part.why, cause,
            part.topics.skills if cause in {"person", "team"} else (),
            part.topics.theme if cause == "system" else None,
            staff, tuple(one for one in candidates if one.staff_id not in certain)[:3],
        )  # fmt: skip

    def _words(self, first: int, last: int) -> str:
        return self.answer.text[self.page.words[first].start : self.page.words[last].end]

    def _summed(self, remarks: tuple[Remark, ...]) -> Reading:
        label, score = weighed(remarks)
        criticised = any(one.sentiment == "negative" and one.cause != "other" for one in remarks)
        starts = [word.start for word in self.page.words]
        positive = frozenset(
            at
            for one in remarks
            if one.sentiment == "positive"
            for at in range(bisect_left(starts, one.start), bisect_left(starts, one.end))
        )
        poor = self.answer.rating is not None and self.answer.rating <= 2
        grave = severity.gravity(
            self.page.words, self.page.hits, self.known, positive=positive,
            criticised=criticised or poor,
        )  # fmt: skip
        return Reading(label, score, grave.severity, grave.flags, "en", remarks)


def _at_desk(target: Sequence[Reference], roster: Roster, visit: Visit) -> bool:
    for one in target:
        if set(one.mention.roles) & DESK_ROLES or one.mention.place in DESK_ROLES:
            return True
        if any(roster.people[match.staff_id].role in DESK_ROLES for match in one.staff):
            return True
    return False
