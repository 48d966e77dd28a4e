"""Find the words of a draft: which answer says what, in which sentence, and in whose hand.

    [H01 welcome +, parking −]  ──►  went_well:        "Patience greeted me with a smile"
                                     could_be_better:  "Nowhere to park."

Beside the answers stands the truth about each sentence, with its offsets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from training.demo.bank import Bank, Picker, Pool, Sentence
from training.demo.data import StaffMember, Statement
from training.demo.drafts import CLINICAL, ON_THE_SPOT
from training.demo.speech import Manner, Reference, any_hand, can_be_pronoun, fill, needs_name
from training.demo.story import Point

Layout = list[tuple[str, list[Point]]]
_CAUSES = {"person": "person", "theme": "system", "team": "team"}
_BY_NAME = 0.5  # the share of patients who name a member of staff whose role would do
_THEME_CHANNELS = {
    "phone_system": ("phone", "phone", "in_person"),
    "appointment_availability": ("phone", "in_person", "in_person"),
    "website_app": ("portal",),
    "records_access": ("portal",),
}
_OTHER_CHANNELS = ("in_person",) * 7 + ("phone",) * 2 + ("video", "portal")


@dataclass(frozen=True, slots=True)
class Worded:
    """A comment in words: its (question, text) answers, the truth about them, and its channel."""

    answers: tuple[tuple[str, str], ...]
    truth: tuple[Statement, ...]
    channel: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A point, the sentence chosen for it and how it refers to its person."""

    point: Point
    sentence: Sentence
    reference: Reference | None


@dataclass(frozen=True, slots=True)
class _Telling:
    """What bears on every sentence of a comment: see `Writer.word`.

    `alone` says that the comment makes one point only, so that its sentence may fix the channel.
    """

    visit: bool
    after: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Writer:
    """Words drafts; the same dice make the same words."""

    bank: Bank
    roster: Mapping[str, StaffMember]
    picker: Picker
    dice: Random

    def word(self, points: Sequence[Point], *, visit: bool, after: bool) -> Worded:
        """Return a draft in words.

        `visit` says that there is a record of who was on it, so that a role is enough; `after`
        that the story's marked change has come.
        """
        layout = self._layout(points)
        alone = sum(point.kind in _CAUSES for point in points) == 1
        told = _Telling(visit=visit, after=after, alone=alone)
        answers = [(question, self._say(said, told)) for question, said in layout]
        channel = self._channel([one for _, said in answers for one in said])
        self._frame(answers, channel)
        return self._typed(answers, channel)

    def _layout(self, points: Sequence[Point]) -> Layout:
        """Share the points out over the questions of the form."""
        good = [one for one in points if one.sign == "positive"]
        bad = [one for one in points if one.sign == "negative"]
        throw = self.dice.random()
        if points[0].kind in {"unsure", "no_words"}:
            return self._nothing_much(points[0])
        if good and bad:
            return self._mixed(good, bad, throw)
        if bad:
            return self._critical(bad, throw)
        if throw < 0.27:
            return [("went_well", good), ("could_be_better", [Point("no_change", "positive")])]
        return [("went_well" if throw < 0.66 else "general", good)]

    def _nothing_much(self, point: Point) -> Layout:
        if point.kind == "unsure":
            return [("general", [point])]
        return [("could_be_better", [Point("no_change", "positive")])]

    def _mixed(self, good: list[Point], bad: list[Point], throw: float) -> Layout:
        if throw < 0.8:
            return [("went_well", good), ("could_be_better", bad)]
        return [("general", [*good, Point("turn", "neutral"), *bad])]

    def _critical(self, bad: list[Point], throw: float) -> Layout:
        if throw < 0.12:
            return [("went_well", [Point("no_praise", "negative")]), ("could_be_better", bad)]
        return [("could_be_better" if throw < 0.6 else "general", bad)]

    def _say(self, points: Sequence[Point], told: _Telling) -> list[_Said]:
        said: list[_Said] = []
        for point in points:
            again = bool(point.staff_id and said) and said[-1].point.staff_id == point.staff_id
            said.append(self._choose(point, told, again=again))
        return said

    def _choose(self, point: Point, told: _Telling, *, again: bool) -> _Said:
        pool = self._pool(point, after=told.after)
        if not told.alone:
            pool = tuple(one for one in pool if one.channel is None)
        if again:
            pool = tuple(one for one in pool if can_be_pronoun(one.text)) or pool
        sentence = self.picker.take(pool, self.dice)
        return _Said(
            point, sentence, self._reference(point, sentence, again=again, visit=told.visit)
        )

    def _pool(self, point: Point, *, after: bool) -> Pool:
        if point.staff_id:
            return self.bank.person(self.roster[point.staff_id].role, point.skill, point.sign)
        if point.theme:
            return self.bank.theme(point.theme, point.sign, after=after)
        return self.bank.team(point.sign) if point.kind == "team" else self.bank.aside(point.kind)

    def _reference(
        self, point: Point, sentence: Sentence, *, again: bool, visit: bool
    ) -> Reference | None:
        if not point.staff_id:
            return None
        member = self.roster[point.staff_id]
        manner: Manner = "name"
        if again and can_be_pronoun(sentence.text):
            manner = "pronoun"
        elif self._role_will_do(member, sentence, visit) and self.dice.random() > _BY_NAME:
            manner = "role"
        return Reference(member, manner)

    def _role_will_do(self, member: StaffMember, sentence: Sentence, visit: bool) -> bool:
        known = visit and member.role != "practice_manager"
        return known and not needs_name(sentence.text)

    def _channel(self, said: Sequence[_Said]) -> str:
        """Return the channel that the sentences speak of."""
        told = [one.sentence.channel for one in said if one.sentence.channel]
        if told:
            return told[0]
        roles = {one.reference.member.role for one in said if one.reference}
        if roles:
            return "phone" if roles == {"call_handler"} else "in_person"
        themes = [one.point.theme for one in said if one.point.theme]
        if any(theme in ON_THE_SPOT for theme in themes):
            return "in_person"
        return self.dice.choice(
            _THEME_CHANNELS.get(themes[0], ("in_person",)) if themes else _OTHER_CHANNELS
        )

    def _frame(self, answers: Sequence[tuple[str, list[_Said]]], channel: str) -> None:
        """Now and then put a sentence of no account before the first point or after the last."""
        first, last = answers[0][1], answers[-1][1]
        if self.dice.random() < 0.16 and first[0].point.kind in _CAUSES:
            first.insert(0, self._aside("opener", self._openers(channel, first)))
        if self.dice.random() < 0.1 and last[-1].point.kind in _CAUSES:
            happy = last[-1].point.sign == "positive"
            kind = "closer" if happy else "cross_closer"
            last.append(self._aside(kind, self.bank.aside(kind)))

    def _openers(self, channel: str, said: Sequence[_Said]) -> Pool:
        """Return openers that fit: one comes in *for* something only where a clinician is met."""
        roles = {one.reference.member.role for one in said if one.reference}
        themes = {one.point.theme for one in said if one.point.theme}
        fits = channel != "in_person" or roles <= CLINICAL
        return self.bank.opener(channel if fits and themes <= ON_THE_SPOT else "")

    def _aside(self, kind: str, pool: Pool) -> _Said:
        return _Said(Point(kind, "neutral"), self.picker.take(pool, self.dice), None)

    def _typed(self, answers: Sequence[tuple[str, list[_Said]]], channel: str) -> Worded:
        hand = any_hand(self.dice)
        texts: list[tuple[str, str]] = []
        truth: list[Statement] = []
        for question, said in answers:
            filled = [self._filled(one) for one in said]
            typed = [hand.typed(text) for text in filled]
            text, starts = hand.joined(typed)
            texts.append((question, text))
            for one, start, words in zip(said, starts, typed, strict=True):
                truth.append(_statement(one.point, question, start, start + len(words)))
        return Worded(tuple(texts), tuple(truth), channel)

    def _filled(self, said: _Said) -> str:
        return fill(said.sentence.text, said.reference, self.bank.slots, self.dice)


def _statement(point: Point, question: str, start: int, end: int) -> Statement:
    return Statement(
        question=question,
        start=start,
        end=end,
        sign=point.sign,
        cause=_CAUSES.get(point.kind, "other"),
        staff=(point.staff_id,) if point.staff_id else (),
        skill=point.skill,
        theme=point.theme,
    )
