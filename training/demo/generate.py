"""Make the demo's data: points, drafts, words and visits, in that order, and number them.

    generate(date(2026, 3, 2))
        ├─ visits       V0001 … in the order of their moments, answered or not
        ├─ comments     C0001 … in the order in which they were left
        └─ truth        C0001 ──► (Statement(…), …)

All chance comes from one generator, seeded by the day and the seed; nothing asks the clock.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from training.demo import story as told
from training.demo.bank import Picker, bank
from training.demo.data import DONT_KNOW, DemoData, Invitation, Rating, StaffMember, Statement
from training.demo.drafts import Draft, Drafter
from training.demo.leaving import About, Leaving, Numbers, Openness, by_number, comment
from training.demo.visits import Contact, Rota
from training.demo.waiting import WaitingRoom
from training.demo.wording import Writer

SEED = 20
_UNINVITED = 0.04  # the share of unanswered visits for which no invitation went out
_INVITED_AFTER = timedelta(hours=1)
_ANSWERED_AFTER = timedelta(minutes=75)  # nobody answers before the invitation is there
_OPENNESS: tuple[Openness, ...] = ("anonymous",) * 6 + ("contact",) * 2 + ("known",) * 2
_LAGS = (0, 0, 0, 1, 1, 2, 3, 5)  # days from a visit to the comment about it
_TICKS_WHEN_CROSS = (1, 2, 2, 2, 3, 3, 3, 4, 4, 5)  # about one in five ticks good all the same
_TICKS_WHEN_MIXED: tuple[Rating, ...] = (3, 3, 4, 4, 5, DONT_KNOW)


def generate(today: date, seed: int = SEED) -> DemoData:
    """Return a fictional practice with the year of comments that ends on the day before `today`.

    The same `today` and `seed` give equal data.
    """
    return _Year(today, Random(f"{seed}:{today.isoformat()}")).data()  # noqa: S311 - no secret


class _Year:
    """Everything that one run of the generator shares."""

    def __init__(self, today: date, dice: Random) -> None:
        self.today = today
        self.dice = dice
        self.story = told.story()
        self.practice = told.practice()
        self.staff = told.roster()
        self.by_id = {one.staff_id: one for one in self.staff}
        zone = ZoneInfo(self.practice.time_zone)
        seldom = self.story.small_team["staff_id"]
        self.rota = Rota(self.staff, self.practice.sites, zone, seldom, dice)
        self.drafter = Drafter(self.story, self.by_id, today, dice)
        self.writer = Writer(bank(), self.by_id, Picker(dice), dice)
        self.change = told.months_before(today, self.story.annotations[0]["months_ago"])

    def data(self) -> DemoData:
        """Return the finished, numbered data."""
        leavings = [self._leave(draft) for draft in self.drafter.drafts()]
        leavings += WaitingRoom(self.rota, self.by_id, self.today).leavings()
        answered = [one.contact for one in leavings if one.contact]
        unanswered = self._unanswered(len(answered))
        numbers = Numbers([*answered, *unanswered])
        numbered = by_number(leavings)
        return DemoData(
            practice=self.practice,
            staff=self.staff,
            accounts=told.accounts(),
            visits=numbers.visits(),
            visit_staff=numbers.visit_staff(),
            comments=tuple(comment(ref, one, numbers) for ref, one in numbered.items()),
            invitations=self._invitations([*answered, *self._invited(unanswered)], numbers),
            annotations=told.annotations(self.today),
            truth={ref: one.worded.truth for ref, one in numbered.items()},
            undecided=frozenset(ref for ref, one in numbered.items() if one.undecided),
        )

    def _leave(self, draft: Draft) -> Leaving:
        """Word a draft and find the visit that it is about, if there was one."""
        present = self._present(draft)
        visited = self.dice.random() < (0.86 if present else 0.5)
        worded = self.writer.word(draft.points, visit=visited, after=draft.day >= self.change)
        site = self.rota.site(present, worded.channel)
        skills = [point.skill for point in draft.points if point.skill]
        stage = self.rota.stage(present, worded.channel, draft.themes(), skills)
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
        return [self.by_id[one] for one in ids]

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

    def _unanswered(self, answered: int) -> list[Contact]:
        """Return the visits that nobody wrote about."""
        days = self.drafter.days()
        rare = self.story.small_team["visits"]
        seldom = [self.rota.seldom_at_work(self.dice.choice(days)) for _ in range(rare)]
        rest = self.story.visits - answered - rare
        return [*seldom, *(self.rota.unasked(self.dice.choice(days)) for _ in range(rest))]

    def _invited(self, contacts: Iterable[Contact]) -> list[Contact]:
        return [one for one in contacts if self.dice.random() > _UNINVITED]

    def _invitations(self, contacts: Sequence[Contact], numbers: Numbers) -> tuple[Invitation, ...]:
        issued = {numbers.ref(one) or "": one.occurred_at + _INVITED_AFTER for one in contacts}
        return tuple(Invitation(ref, issued[ref]) for ref in sorted(issued))
