"""Whom each piece of an answer is about, also where nobody is spoken of.

    Dr Lee is great.   Always listens.   My bus was late.   She rang me back.
    Dr Lee             Dr Lee (left out) nobody             Dr Lee (she)

A piece is about the person it names; else about its one role or described person; else about whom
its pronoun means; else, where its own subject is left out, about whom the piece before was.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from training.feedback.comment import Visit
from training.feedback.matches import Match, Reference, referred
from training.feedback.page import (
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
from training.feedback.phrases import Hit
from training.feedback.remarks import Piece, is_deed
from training.feedback.tagger import Topics
from training.feedback.words import COMMA, word_set

_SUBJECTS = frozenset({"he", "she"})
_SELF = frozenset({"i", "we", "my", "our"})
_THINGS = word_set(
    "it this that there these those the a an your parking car waiting appointment appointments "
    "prescription toilets phone phones website app building everything nothing what which"
)
_OWN_DEEDS = word_set(
    "waited came went rang called asked got felt saw tried gave walked left booked cried needed had "
    "arrived turned took phoned been visited attended received drove sat thank thanks told "
    "wish hope would will"
)
_DONE_TO = frozenset({"felt", "left", "told", "came"})  # ... of the patient by the one before
_IN_PLACE_OF = frozenset({("instead", "of"), ("rather", "than"), ("without", "having")})
_A_BIT = frozenset({("a", "bit"), ("a", "little"), ("a", "tad"), ("a", "touch")})
_BEFORE_AN_OBJECT = 2  # words of a piece in which its own subject stands
_ADVERBS = word_set(
    "always never even very so really not also just then still extremely absolutely truly both "
    "could did does is was has kept made makes gives takes"
)
_JOINING = frozenset(
    {"and", COMMA, "both", "dr", "nurse", "mr", "mrs", "also", "plus", "with", "as", "was"}
)


class Targets:
    """Answers, piece by piece and in order, whom a piece is about."""

    def __init__(
        self, page: Page, pieces: Sequence[Piece], references: Sequence[Reference], visit: Visit
    ) -> None:
        self._page = page
        self._pieces = pieces
        self._references = references
        self._starts = [one.mention.first for one in references]
        self._visit = visit
        self._last: tuple[Reference, ...] = ()
        self._last_sentence = -9
        self._only = self._only_one()

    def inside(self, piece: Piece) -> list[Reference]:
        """Return the references whose mention stands in a piece."""
        low = bisect_left(self._starts, piece.first)
        high = bisect_right(self._starts, piece.last)
        return [one for one in self._references[low:high] if one.mention.last <= piece.last]

    def of(
        self, number: int, hits: Sequence[Hit], topics: Topics, felt: bool
    ) -> tuple[Reference, ...]:
        """Return whom the piece is about; call it for the pieces in their order."""
        piece = self._pieces[number]
        inside = self.inside(piece)
        target = self._spoken_of(inside)
        if not target:
            target = self._left_out(piece, inside, hits, topics, felt)
        if target:
            self._last, self._last_sentence = target, piece.sentence
        elif any(one.mention.kind in {TEAM, OUTSIDER} for one in inside):
            self._last = ()
        return target

    def _spoken_of(self, inside: Sequence[Reference]) -> tuple[Reference, ...]:
        names = [one for one in inside if one.mention.kind == NAME]
        if names:
            return self._joined_names(names)
        for kinds in ({ROLE, DESCRIBED}, {PRONOUN}):
            ours = [one for one in inside if one.mention.kind in kinds and not one.elsewhere]
            known = [one for one in ours if one.staff or one.candidates]
            outsiders = [one for one in inside if one.mention.kind in {OUTSIDER, RELATIVE}]
            if known and not (outsiders and self._leads(outsiders[0], known[0])):
                return (known[0],)
            single = [
                one
                for one in ours
                if (one.mention.kind != PRONOUN or self._page.word(one.mention.first) in _SUBJECTS)
                and not (outsiders and self._leads(outsiders[0], one))
            ]
            if single:
                return (single[0],)
        elsewhere = [one for one in inside if one.elsewhere]
        return (elsewhere[0],) if elsewhere and elsewhere[0] is inside[0] else ()

    def _joined_names(self, names: Sequence[Reference]) -> tuple[Reference, ...]:
        """Return the first named, and those joined to it ("Joy and Maria")."""
        chosen = [names[0]]
        for one in names[1:]:
            between = range(chosen[-1].mention.last + 1, one.mention.first)
            if len(between) <= 4 and all(self._page.word(at) in _JOINING for at in between):
                chosen.append(one)
        return tuple(chosen)

    def _leads(self, one: Reference, other: Reference) -> bool:
        """Whether somebody from elsewhere is the subject and the other only an object."""
        before = self._page.word(other.mention.first - 1)
        return one.mention.first < other.mention.first and before in {"to", "of", "for", "than"}

    def _left_out(
        self, piece: Piece, inside: Sequence[Reference], hits: Sequence[Hit], topics: Topics,
        felt: bool,
    ) -> tuple[Reference, ...]:  # fmt: skip
        if any(self._is_somebody_else(one, piece) for one in inside):
            return ()
        if self._is_what_was_not(piece):
            return ()
        if topics.theme and not topics.skills:
            return ()
        near = piece.sentence - self._last_sentence <= 1
        if self._last and near and self._refers(piece, topics, felt):
            return tuple(_again(one) for one in self._last)
        if not topics.skills and not (felt and self._is_bare(piece)):
            return ()
        if topics.theme:
            return ()
        own = self._page.word(piece.first) in _OWN_DEEDS
        if not self._last and self._only is not None and self._is_bare(piece) and not own:
            return (_again(self._only),)
        return self._alone(piece, topics, inside)

    def _refers(self, piece: Piece, topics: Topics, felt: bool) -> bool:
        """Whether a piece without a subject of its own goes on about the same person."""
        opening = self._page.word(piece.first)
        softened = (opening, self._page.word(piece.first + 1)) in _A_BIT
        if (opening in _SELF or opening in _THINGS) and not softened:
            return bool(topics.skills)
        if opening in _OWN_DEEDS and not topics.skills:
            return opening in _DONE_TO and felt
        return is_deed(opening) or opening in _ADVERBS or bool(topics.skills) or felt

    def _is_somebody_else(self, one: Reference, piece: Piece) -> bool:
        """Whether a piece has a subject that is not the person before ("they", "the hospital").

        In the same sentence somebody after the verb is its object ("but talks over you").
        """
        they = one.mention.kind == PRONOUN and one.mention.gender == "they"
        if one.mention.kind not in {TEAM, OUTSIDER, RELATIVE} and not (they and not one.staff):
            return False
        if piece.sentence != self._last_sentence or not self._last:
            return True
        return one.mention.first - piece.first < _BEFORE_AN_OBJECT

    def _is_what_was_not(self, piece: Piece) -> bool:
        """Whether a piece says what somebody's deed stood in place of ("instead of a queue")."""
        pair = self._page.word(piece.first), self._page.word(piece.first + 1)
        return pair in _IN_PLACE_OF

    def _is_bare(self, piece: Piece) -> bool:
        """Whether a piece is a few words of judgement with no subject ("Kind. Clear.")."""
        opening = self._page.word(piece.first)
        return piece.last - piece.first < 6 and opening not in _SELF | _THINGS

    def _only_one(self) -> Reference | None:
        """Return the one member of staff an answer speaks of by name or role, if it is one."""
        ids = {match.staff_id for one in self._references for match in one.staff}
        if len(ids) != 1 or any(one.candidates for one in self._references):
            return None
        return next(one for one in self._references if one.staff)

    def _alone(
        self, piece: Piece, topics: Topics, inside: Sequence[Reference]
    ) -> tuple[Reference, ...]:
        """Return the one the patient tapped, or the only one on a call, where nobody is named."""
        if not topics.skills or self._only is not None:
            return ()
        mention = Mention(DESCRIBED, piece.first, piece.first)
        if len(self._visit.tapped) == 1:
            match = Match(self._visit.tapped[0], 0.92, ("chosen_by_patient",))
            return (Reference(mention, staff=(match,)),)
        if len(self._visit.on_visit) == 1 and self._visit.known:
            match = Match(self._visit.on_visit[0], 0.8, ("description", "on_visit"))
            if self._visit.channel in {"phone", "video"}:
                return (Reference(mention, staff=(Match(match.staff_id, 0.9, match.evidence),)),)
            return (Reference(mention, candidates=(match,)),)
        return ()


def _again(one: Reference) -> Reference:
    return Reference(one.mention, referred(one.staff), referred(one.candidates), one.elsewhere)
