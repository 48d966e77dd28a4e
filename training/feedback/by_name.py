"""Whom a name means, when several bear it or nobody bears it quite so.

    "Nurse Patel … she"      Rohan (nurse, he, not there)   2 + 2 − 3      =  1
                             Anjali (Dr, she, on the visit) 2 − 2 + 1 + 3  =  4   → Anjali, .93

The points only choose; how sure the choice is depends on how the name was written, on the visit
and on whether title or pronoun speak against it. Who has left cannot be meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from training.feedback.comment import Person, Visit
from training.feedback.matches import (
    MOST_CANDIDATES,
    Match,
    Reference,
    fits,
    settled,
    works_there,
)
from training.feedback.names import (
    ALIAS,
    FULL,
    GIVEN,
    INITIAL,
    NEAR,
    NEAR_ENOUGH,
    NICKNAME,
    SURNAME,
    NameIndex,
)
from training.feedback.page import Mention, Page

_KIND_POINTS = {FULL: 4, SURNAME: 2, GIVEN: 2, ALIAS: 2, INITIAL: 1, NICKNAME: 1, NEAR: 1}
_KIND_SURE = {
    FULL: 0.97, SURNAME: 0.95, GIVEN: 0.94, ALIAS: 0.94, INITIAL: 0.91, NICKNAME: 0.93, NEAR: 0.92,
}  # fmt: skip
_LEAD = 2  # points by which the first must lead the second


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around an answer: its page, the roster, the visit and the day it was left."""

    page: Page
    people: dict[str, Person]
    index: NameIndex
    visit: Visit
    day: date | None


def by_name(setting: Setting, mention: Mention) -> Reference:
    """Return whom a name means: the one person for whom most speaks, if clearly so."""
    name = mention.found
    assert name is not None
    kinds = {one.person.staff_id: one.kind for one in name.named}
    for one in setting.index.sounds_like(" ".join(setting.page.plain[name.first : name.last + 1])):
        if one.person.staff_id in setting.visit.on_visit:
            kinds.setdefault(one.person.staff_id, NEAR)
    working = {
        staff_id: kind
        for staff_id, kind in kinds.items()
        if setting.people[staff_id].works_on(setting.day)
    }
    points = {
        staff_id: _points(setting, setting.people[staff_id], kind, mention)
        for staff_id, kind in working.items()
    }
    if mention.weak:
        here = {*setting.visit.on_visit, *setting.visit.tapped}
        points = {staff_id: one for staff_id, one in points.items() if staff_id in here}
    if not points:
        return Reference(mention)
    ranked = sorted(points, key=lambda staff_id: (-points[staff_id], staff_id))
    best = ranked[0]
    clear = len(ranked) == 1 or points[best] - points[ranked[1]] >= _LEAD
    if not clear:
        return Reference(mention, candidates=_shared(setting, ranked, points, ("named",)))
    sure = _how_sure(setting, setting.people[best], working[best], mention, name.nearness)
    return settled(mention, Match(best, sure, _evidence(setting, best, "named")))


def _points(setting: Setting, person: Person, kind: str, mention: Mention) -> int:
    points = _KIND_POINTS[kind]
    points += 3 if person.staff_id in setting.visit.on_visit else 0
    points += 3 if person.staff_id in setting.visit.tapped else 0
    if mention.roles:
        points += 2 if person.role in mention.roles else -2
    if mention.place:
        points += 3 if works_there(person, mention.place) else -2
    points += {True: 1, None: 0, False: -3}[fits(person, mention.gender)]
    return points


def _how_sure(
    setting: Setting, person: Person, kind: str, mention: Mention, nearness: float
) -> float:
    sure = _KIND_SURE[kind]
    here = person.staff_id in setting.visit.on_visit or person.staff_id in setting.visit.tapped
    if nearness < 1:
        sure = 0.92 if nearness >= NEAR_ENOUGH else 0.9 if here else 0.8
    if here:
        sure += 0.02
    elif setting.visit.known and kind != FULL:
        sure -= 0.02
    if mention.roles and person.role not in mention.roles:
        sure -= 0.04 if here else 0.08
    if fits(person, mention.gender) is False:
        sure -= 0.05 if here and kind == FULL else 0.3
    return round(min(max(sure, 0.05), 0.99), 2)


def _evidence(setting: Setting, staff_id: str, basis: str) -> tuple[str, ...]:
    here = ("on_visit",) if staff_id in setting.visit.on_visit else ()
    return (basis, *here, *(("chosen_by_patient",) if staff_id in setting.visit.tapped else ()))


def _shared(
    setting: Setting, ranked: Sequence[str], points: dict[str, int], evidence: tuple[str, ...]
) -> tuple[Match, ...]:
    """Return those who are left as candidates, their chances by their points."""
    chosen = [one for one in ranked if points[ranked[0]] - points[one] < 3 * _LEAD]
    chances = [2.0 ** (points[one] / 2) for one in chosen[:MOST_CANDIDATES]]
    return tuple(
        Match(one, round(min(0.85, chance / sum(chances)), 2), evidence)
        for one, chance in zip(chosen, chances, strict=False)
    )
