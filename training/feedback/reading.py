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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from training.feedback import blending, features, language, sentiment, severity
from training.feedback.adjusting import Adjustment, adjusted
from training.feedback.by_name import Setting
from training.feedback.cause import decide
from training.feedback.comment import Answer, Person, Visit
from training.feedback.language_files import Tables, tables
from training.feedback.matches import CERTAIN, Match, Reference
from training.feedback.matching import Resolver
from training.feedback.mentions import mentions
from training.feedback.model import Model, model
from training.feedback.name_mentions import names
from training.feedback.names import NameIndex
from training.feedback.orders import with_orders
from training.feedback.page import NAME, Mention, Page, page
from training.feedback.parts import Part, by_matter, contrasted, joined, matches
from training.feedback.remarks import Piece, split
from training.feedback.summary import Reading, Remark, overall, weighed
from training.feedback.tagger import DESK_ROLES, topics
from training.feedback.targets import Targets
from training.feedback.words import COMMA, STOP, words

READER = "blend/2"
_NO_ADJUSTMENT = Adjustment()

__all__ = ["CERTAIN", "READER", "Match", "Reading", "Remark", "Roster", "overall", "read"]


@dataclass(frozen=True, slots=True)
class Told:
    """What the model is told of an answer: its parts by the phrase tables, marks and voices."""

    page: Page
    parts: Sequence[Part]
    marks: Sequence[str]
    voices: Mapping[str, float]


class Roster:
    """The people of a practice and the index of their names: built once, used for many answers."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people: dict[str, Person] = {person.staff_id: person for person in people}
        self.index = NameIndex(self.people.values(), tables().also_called)


def read(
    answer: Answer,
    roster: Roster,
    visit: Visit,
    by: Model | None = None,
    adjustment: Adjustment = _NO_ADJUSTMENT,
) -> Reading:
    """Return what an answer says, by the committed weights or by those given.

    `adjustment` is what the practice's own corrections have taught (adjusting.py).

    Never raises; the same input gives the same reading.
    """
    reader = _reader(answer, roster, visit)
    plain_words = reader.plain_words()
    code = language.detect(plain_words, reader.known.languages)
    if code != "en":
        return reader.unread(code)
    empty = _nothing_said(answer, plain_words, reader.known)
    return empty if empty is not None else reader.reading(by or model(), adjustment)


def told(answer: Answer, roster: Roster, visit: Visit) -> Told:
    """Return what the model is told of an answer in English; training starts here."""
    return _reader(answer, roster, visit).told()


def _reader(answer: Answer, roster: Roster, visit: Visit) -> "_Reader":
    known = tables()
    found = words(answer.text)
    return _Reader(answer, roster, visit, known, page(answer.text, found, known.book.find(found)))


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

    def plain_words(self) -> list[str]:
        """Return the words of the answer without commas and stops."""
        return [word.text for word in self.page.words if word.text not in {STOP, COMMA}]

    def reading(self, model: Model, adjustment: Adjustment) -> Reading:
        """Return the reading of the answer."""
        told = self.told()
        heard = model.hear(told.marks, self.answer.question)
        chances = model.chances(heard, told.voices)
        parts = blending.blended(told.parts, self.page, self.answer, model, heard, chances)
        final = adjusted(parts, self.page.text, self.page.words, told.marks, adjustment)
        apart = by_matter(self.page, contrasted(self.page, final))
        remarks = tuple(self._remark(part) for part in joined(apart))
        # The model has heard neither the rating nor the practice's own words; its remarks have.
        summed = self.answer.rating is not None or final != parts
        label, score = blending.whole(remarks, chances, rated=summed)
        return self._summed(remarks, label, score, model.sure_negative(chances))

    def told(self) -> Told:
        """Return the parts of the answer by the phrase tables, and what the model is told."""
        references = self._references(mentions(self.page, self.roster.index, self.known))
        hidden = self._hidden(references)
        words = self.page.words
        opinions = sentiment.opinions(words)
        felt = sentiment.feelings(words, self.page.hits, hidden, opinions, self.answer.question)
        pieces = split(words, {one.last: one.weight for one in felt})
        targets = Targets(self.page, pieces, references, self.visit)
        parts = [self._part(number, piece, targets, felt) for number, piece in enumerate(pieces)]
        label, whole = weighed(parts)
        voices = features.voices(
            [part.score for part in parts], whole, label, sentiment.polarity(opinions, hidden),
            self.answer.question, len(words) - len(hidden),
        )  # fmt: skip
        return Told(self.page, parts, features.marks(words, hidden), voices)

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
        texts = [word.text for word in self.page.words]
        hidden |= {at for at, text in enumerate(texts) if text in self.known.identity}
        for at, pair in enumerate(pairwise(texts)):
            if pair in self.known.identity_pairs:
                hidden |= {at, at + 1}
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
            own = with_orders(self.page, piece, own, self.known, self.answer.question)
        if _at_desk(target, self.roster, self.visit):
            about = topics(hits, at_desk=True)
        score = sentiment.score(one.weight for one in own)
        cause = decide(
            self.page, piece.first, piece.last, target[0] if target else None,
            targets.inside(piece), about, felt=bool(own),
        )  # fmt: skip
        why = tuple(dict.fromkeys(self._words(one.first, one.last) for one in own))
        return Part(piece, score, why, cause, about, target if cause == "person" else ())

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
            part.topics.themes if cause == "system" else (),
            staff, tuple(one for one in candidates if one.staff_id not in certain)[:3],
        )  # fmt: skip

    def _words(self, first: int, last: int) -> str:
        return self.answer.text[self.page.words[first].start : self.page.words[last].end]

    def _summed(
        self, remarks: tuple[Remark, ...], label: str, score: float, sure_negative: float
    ) -> Reading:
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
        return Reading(label, score, grave.severity, grave.flags, "en", remarks, sure_negative)


def _at_desk(target: Sequence[Reference], roster: Roster, visit: Visit) -> bool:
    for one in target:
        if set(one.mention.roles) & DESK_ROLES or one.mention.place in DESK_ROLES:
            return True
        if any(roster.people[match.staff_id].role in DESK_ROLES for match in one.staff):
            return True
    return False
