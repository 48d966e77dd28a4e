"""The parts of an answer as they are read, before they are handed out as remarks.

"Unlike Dr Best, | Dr Patel listened, | she took her time."
 contrasted −0.5   listening, Patel     listening, Patel     → joined to one remark
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from training.feedback import sentiment
from training.feedback.matches import Match, Reference
from training.feedback.page import Page
from training.feedback.remarks import Piece
from training.feedback.tagger import Topics
from training.feedback.words import COMMA

_BETWEEN = frozenset({COMMA, "and", "or", "plus", "nor"})


@dataclass(frozen=True, slots=True)
class Part:
    """A piece with all that was read in it, before pieces that say the same are joined."""

    piece: Piece
    score: float
    why: tuple[str, ...]
    cause: str
    topics: Topics
    target: tuple[Reference, ...]

    @property
    def sentiment(self) -> str:
        """Whether the part praises, criticises or neither."""
        return sentiment.label(self.score)


def contrasted(here: Page, parts: list[Part]) -> list[Part]:
    """Give "unlike Dr X" and "except Dr X" the opposite of what stands beside them."""
    turned = list(parts)
    for at, part in enumerate(parts):
        opening = here.word(part.piece.first)
        if opening not in {"unlike", "except"} or abs(part.score) > 0.5:
            continue
        beside = parts[at - 1] if at and (opening == "except" or at + 1 == len(parts)) else None
        beside = beside or (parts[at + 1] if at + 1 < len(parts) else None)
        if beside is not None:
            turned[at] = replace(part, score=-0.8 * beside.score, why=(opening,))
    return turned


def by_matter(here: Page, parts: Sequence[Part]) -> list[Part]:
    """Cut parts about several matters of the system between them ("no chairs, | and no parking")."""
    return [cut for part in parts for cut in _cut(here, part)]


def _cut(here: Page, part: Part) -> Iterator[Part]:
    places = part.topics.places
    begun, theme = part.piece.first, places[0][1] if places else ""
    if part.cause != "system" or len(places) < 2:
        yield part
        return
    for at, following in places[1:]:
        before = next((n for n in range(at - 1, begun, -1) if here.word(n) in _BETWEEN), None)
        if before is None:
            continue
        yield _one_matter(part, begun, before - 1, theme)
        begun, theme = before + 1, following
    yield _one_matter(part, begun, part.piece.last, theme) if begun > part.piece.first else part


def _one_matter(part: Part, first: int, last: int, theme: str) -> Part:
    about = part.topics._replace(themes=(theme,), places=((first, theme),))
    return replace(part, piece=Piece(first, last, part.piece.sentence), topics=about)


def joined(parts: Sequence[Part]) -> list[Part]:
    """Join neighbours in one sentence that say the same of the same."""
    kept: list[Part] = []
    for part in parts:
        if kept and _say_the_same(kept[-1], part):
            kept[-1] = _both(kept[-1], part)
        else:
            kept.append(part)
    return kept


def _say_the_same(one: Part, other: Part) -> bool:
    return (
        one.piece.sentence == other.piece.sentence
        and one.cause == other.cause
        and one.sentiment == other.sentiment
        and whom(one) == whom(other)
        and one.topics.themes == other.topics.themes
        and (one.topics.skills == other.topics.skills or not other.topics.skills)
    )


def whom(part: Part) -> frozenset[str]:
    """Return the staff ids a part surely is about."""
    return frozenset(match.staff_id for one in part.target for match in one.staff)


def _both(one: Part, other: Part) -> Part:
    return Part(
        Piece(one.piece.first, other.piece.last, one.piece.sentence),
        max(one.score, other.score, key=abs),
        tuple(dict.fromkeys((*one.why, *other.why))),
        one.cause,
        one.topics if one.topics.skills else other.topics,
        one.target or other.target,
    )


def matches(groups: Iterable[Sequence[Match]]) -> tuple[Match, ...]:
    """Return the matches of all groups, each person once, the surest first."""
    best: dict[str, Match] = {}
    for match in (one for group in groups for one in group):
        if match.staff_id not in best or best[match.staff_id].confidence < match.confidence:
            best[match.staff_id] = match
    return tuple(sorted(best.values(), key=lambda one: (-one.confidence, one.staff_id)))
