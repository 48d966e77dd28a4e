"""Make the demo's data: points, drafts, words and visits, in that order, and number them.

    generate(date(2026, 3, 2))
        ├─ visits       V0001 … in the order of their moments, answered or not
        ├─ comments     C0001 … in the order in which they were left
        └─ truth        C0001 ──► (Statement(…), …)

All chance comes from the seed, and each comment has dice of its own: so the comments about people
are worded nearly alike whatever the day, and only their dates move with it. Nothing asks the clock.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from training.demo import story as told
from training.demo.bank import Picker, bank
from training.demo.data import DemoData, Invitation
from training.demo.drafts import Drafter
from training.demo.leaving import Leaving, Numbers, by_number, comment
from training.demo.patient import Patient
from training.demo.visits import Contact, Rota
from training.demo.waiting import WaitingRoom
from training.demo.wording import Writer

SEED = 18
_UNINVITED = 0.04  # the share of unanswered visits for which no invitation went out
_INVITED_AFTER = timedelta(hours=1)


def generate(today: date, seed: int = SEED) -> DemoData:
    """Return a fictional practice with the year of comments that ends on the day before `today`.

    The same `today` and `seed` give equal data.
    """
    return _Year(today, seed).data()


class _Year:
    """Everything that one run of the generator shares."""

    def __init__(self, today: date, seed: int) -> None:
        self.today = today
        self.seed = seed
        self.story = told.story()
        self.practice = told.practice()
        self.staff = told.roster()
        self.by_id = {one.staff_id: one for one in self.staff}
        self.picker = Picker()
        self.drafter = Drafter(self.story, self.by_id, today, self._dice("drafts"))
        self.change = self.story.changes_on(today)

    def data(self) -> DemoData:
        """Return the finished, numbered data."""
        leavings = self._leavings()
        answered = [one.contact for one in leavings if one.contact]
        dice = self._dice("unanswered")
        unanswered = self._unanswered(len(answered), dice)
        invited = [one for one in unanswered if dice.random() > _UNINVITED]
        numbers = Numbers([*answered, *unanswered])
        numbered = by_number(leavings)
        return DemoData(
            practice=self.practice,
            staff=self.staff,
            accounts=told.accounts(),
            visits=numbers.visits(),
            visit_staff=numbers.visit_staff(),
            comments=tuple(comment(ref, one, numbers) for ref, one in numbered.items()),
            invitations=_invitations([*answered, *invited], numbers),
            annotations=told.annotations(self.today),
            truth={ref: one.worded.truth for ref, one in numbered.items()},
            undecided=frozenset(ref for ref, one in numbered.items() if one.undecided),
        )

    def _leavings(self) -> list[Leaving]:
        drafts = self.drafter.drafts()
        made = [self._patient(number).leave(draft) for number, draft in enumerate(drafts)]
        waiting = WaitingRoom(self._rota(self._dice("waiting")), self.by_id, self.today)
        return made + waiting.leavings()

    def _patient(self, number: int) -> Patient:
        dice = self._dice(f"patient {number}")
        writer = Writer(bank(), self.by_id, self.picker, dice)
        return Patient(self.by_id, self._rota(dice), writer, self.change, dice)

    def _rota(self, dice: Random) -> Rota:
        zone = ZoneInfo(self.practice.time_zone)
        seldom = self.story.small_team["staff_id"]
        return Rota(self.staff, self.practice.sites, zone, seldom, dice)

    def _unanswered(self, answered: int, dice: Random) -> list[Contact]:
        """Return the visits that nobody wrote about."""
        days, rota = self.drafter.days(), self._rota(dice)
        rare = self.story.small_team["visits"]
        seldom = [rota.seldom_at_work(dice.choice(days)) for _ in range(rare)]
        rest = self.story.visits - answered - rare
        return [*seldom, *(rota.unasked(dice.choice(days)) for _ in range(rest))]

    def _dice(self, what: str) -> Random:
        return Random(f"{self.seed}:{what}")  # noqa: S311 - a story, not a secret


def _invitations(contacts: Iterable[Contact], numbers: Numbers) -> tuple[Invitation, ...]:
    issued = {numbers.ref(one) or "": one.occurred_at + _INVITED_AFTER for one in contacts}
    return tuple(Invitation(ref, issued[ref]) for ref in sorted(issued))
