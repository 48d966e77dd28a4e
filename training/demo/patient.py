"""One patient who leaves one comment: the words, the visit behind them, the tick, how openly.

    12 May [H06 explaining −]  ──►  a Leaving: about a visit to H06 on 11 May, 2 of 5, anonymous

Each patient has dice of their own, so that one comment does not shake the next.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from training.demo.data import DONT_KNOW, Rating, StaffMember, Statement
from training.demo.drafts import Draft
from training.demo.leaving import About, Leaving, Openness
from training.demo.visits import Contact, Rota
from training.demo.wording import Writer

_VISITED_WHEN_OF_A_PERSON, _VISITED = 0.86, 0.5  # the rest come through the site's code
_ANSWERED_AFTER = timedelta(minutes=75)  # nobody answers before the invitation is there
_OPENNESS: tuple[Openness, ...] = ("anonymous",) * 6 + ("contact",) * 2 + ("known",) * 2
_LAGS = (0, 0, 0, 1, 1, 2, 3, 5)  # days from a visit to the comment about it
_TICKS_WHEN_CROSS = (1, 2, 2, 2, 3, 3, 3, 4, 4, 5)  # some tick good all the same
_TICKS_WHEN_MIXED: tuple[Rating, ...] = (3, 3, 4, 4, 5, DONT_KNOW)


@dataclass(frozen=True, slots=True)
class Patient:
    """Leaves comments; `change` is the day from which the story's marked change holds."""

    roster: Mapping[str, StaffMember]
    rota: Rota
    writer: Writer
    change: date
    dice: Random

    def leave(self, draft: Draft) -> Leaving:
        """Word a draft and find the visit that it is about, if there was one."""
        present = self._present(draft)
        visited = self.dice.random() < (_VISITED_WHEN_OF_A_PERSON if present else _VISITED)
        worded = self.writer.word(draft.points, visit=visited, after=draft.day >= self.change)
        site = self.rota.site(present, worded.channel)
        skills = [point.skill for point in draft.points if point.skill]
        stage = self.rota.stage(present, worded.channel, draft.themes(), skills, visited=visited)
        contact = self._contact(draft, worded.channel, stage, site) if visited else None
        tapped = self._tapped(present) if visited else ()
        return Leaving(
            left_at=self._left_at(draft.day, contact),
            contact=contact,
            site=site,
            stage=stage,
            worded=worded,
            rating=self._rating(worded.truth),
            openness=self.dice.choice(_OPENNESS),
            tapped=tapped,
            about=self._about(draft, tapped),
        )

    def _present(self, draft: Draft) -> list[StaffMember]:
        ids = dict.fromkeys(point.staff_id for point in draft.points if point.staff_id)
        return [self.roster[one] for one in ids]

    def _contact(self, draft: Draft, channel: str, stage: str, site: str) -> Contact:
        crew = self.rota.crew(self._present(draft), channel, site)
        day = draft.day - timedelta(days=self.dice.choice(_LAGS))
        return Contact(self.rota.at(day), channel, stage, site, crew)

    def _left_at(self, day: date, contact: Contact | None) -> datetime:
        moment = self.rota.moment(day, self.dice.randrange(8 * 60, 22 * 60 + 30))
        return max(moment, contact.occurred_at + _ANSWERED_AFTER) if contact else moment

    def _tapped(self, present: Sequence[StaffMember]) -> tuple[str, ...]:
        return tuple(one.staff_id for one in present) if self.dice.random() < 0.25 else ()

    def _about(self, draft: Draft, tapped: Sequence[str]) -> About:
        if tapped:
            return "staff"
        impersonal = all(point.kind != "person" for point in draft.points)
        return "not_a_person" if impersonal and self.dice.random() < 0.25 else "unsaid"

    def _rating(self, truth: Iterable[Statement]) -> Rating:
        """Return a tick that goes with what was said about as loosely as people tick."""
        signs = {one.sign for one in truth if one.cause != "other"} or {"positive"}
        if self.dice.random() < 0.09:
            return None
        if signs == {"positive"}:
            return self.dice.choice((5, 5, 5, 5, 4))
        return self.dice.choice(_TICKS_WHEN_CROSS if signs == {"negative"} else _TICKS_WHEN_MIXED)
