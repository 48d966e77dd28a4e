"""Put the story's points together into comments that are yet to be worded, each with its day.

    points:  H06 explaining −   ·   H01 welcome +   ·   parking −   ·   everybody +   …
    drafts:  12 May [H01 welcome +, H06 explaining −]      20 May [everybody +, parking −]

Only what is said, of whom and when, is settled here; `wording` finds the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from training.demo.data import StaffMember
from training.demo.story import Point, Story, months_before

CLINICAL = frozenset({"nurse", "physician"})
ON_THE_SPOT = frozenset(
    {"wait_length", "parking_transport", "building_environment", "cleanliness", "staffing"}
)  # nobody says these of a telephone call
MONTHS = 12
_LONGEST = 3  # points in one comment


@dataclass(slots=True)
class Draft:
    """A comment to be: the day it is left and the points it makes."""

    day: date
    points: list[Point]

    def themes(self) -> list[str]:
        """Return the themes of its points."""
        return [point.theme for point in self.points if point.theme]


@dataclass(frozen=True, slots=True)
class Drafter:
    """Makes the drafts of one year that ends on the day before `today`."""

    story: Story
    roster: Mapping[str, StaffMember]
    today: date
    dice: Random

    def days(self) -> list[date]:
        """Return the days of the year: twelve full months, and the running one until yesterday."""
        start = months_before(self.today, MONTHS)
        return [start + timedelta(days=n) for n in range((self.today - start).days)]

    def drafts(self) -> list[Draft]:
        """Return every draft of the year.

        The topic comes last, because it alone depends on how the months lie: all that is before
        it is drawn alike for every `today`.
        """
        made = self._about_people()
        self._spread(self.story.theme_points(), made, alone=0.5)
        self._spread(self.story.team_points(), made, alone=0.78)
        made += [self._single(Point("unsure", "neutral")) for _ in range(self.story.unsure)]
        made += [self._single(Point("no_words", "positive")) for _ in range(self.story.no_words)]
        self._topic(made)
        return made

    def _single(self, point: Point) -> Draft:
        return Draft(self._any_day(), [point])

    def _any_day(self) -> date:
        days = self.days()
        return days[int(self.dice.random() * len(days))]  # one throw, however long the year

    def _about_people(self) -> list[Draft]:
        points = list(self.story.person_points())
        self.dice.shuffle(points)
        points.sort(key=self.story.needy)  # popped from the end: these choose their partners first
        made = []
        while points:
            point = points.pop()
            made.append(self._single(point))
            partner = self._partner(point, points)
            if partner:
                points.remove(partner)
                made[-1].points.append(partner)
        self._date_the_needs(made)
        return made

    def _date_the_needs(self, made: Iterable[Draft]) -> None:
        """Give the criticisms that the story leads up to a day each, none of them twice."""
        oldest, newest = self.story.needs_between_days_ago
        needy = [draft for draft in made if any(self.story.needy(point) for point in draft.points)]
        chosen = self.dice.sample(range(newest, oldest + 1), len(needy))
        for draft, days_ago in zip(needy, chosen, strict=True):
            draft.day = self.today - timedelta(days=days_ago)

    def _partner(self, point: Point, left: Sequence[Point]) -> Point | None:
        """Return a point that goes into the same comment, or None for a comment of its own."""
        if point.staff_id == self.story.small_team["staff_id"]:
            return None
        throw = self.dice.random()
        if throw < 0.14 and point.sign == "positive":
            fits = [one for one in left if self._more_of_the_same(point, one)]
        elif throw < 0.36:
            fits = [one for one in left if self._from_across_the_room(point, one)]
        else:
            fits = []
        return self.dice.choice(fits) if fits else None

    def _more_of_the_same(self, point: Point, other: Point) -> bool:
        same = other.staff_id == point.staff_id and other.sign == point.sign
        return same and other.skill != point.skill

    def _from_across_the_room(self, point: Point, other: Point) -> bool:
        """Whether the other point praises a clinician beside a receptionist, or the reverse."""
        here, there = self._member(point), self._member(other)
        desk_and_clinic = {here.role == "receptionist", there.role == "receptionist"} == {
            True,
            False,
        }
        clinical = here.role in CLINICAL or there.role in CLINICAL
        both = here.site == there.site and desk_and_clinic and clinical
        return both and other.sign == "positive" and other.staff_id != self._small()

    def _small(self) -> str:
        return str(self.story.small_team["staff_id"])

    def _member(self, point: Point) -> StaffMember:
        return self.roster[point.staff_id or ""]

    def _spread(self, points: Iterable[Point], made: list[Draft], *, alone: float) -> None:
        """Add points to comments that have room, or with the chance `alone` as new ones."""
        for point in points:
            hosts = [] if self.dice.random() < alone else [d for d in made if self._room(d, point)]
            if hosts:
                self.dice.choice(hosts).points.append(point)
            else:
                made.append(self._single(point))

    def _room(self, draft: Draft, point: Point) -> bool:
        first = draft.points[0]
        crowded = len(draft.points) >= _LONGEST or first.staff_id == self._small()
        twice = point.kind in {one.kind for one in draft.points}
        by_phone = first.staff_id is not None and self._member(first).role == "call_handler"
        misplaced = point.theme in ON_THE_SPOT and by_phone
        odd_pair = point.kind == "team" and point.sign == first.sign == "negative"
        return not (crowded or twice or misplaced or odd_pair)

    def _topic(self, made: list[Draft]) -> None:
        """Add the topic that changes: so many points a month, fewer grumbles after the change."""
        turn = self.story.changes_on(self.today)
        for first, last in self._months():
            share = ((last - first).days + 1) / 30
            grumbles = self.story.topic["negative_before" if first < turn else "negative_after"]
            for number in range(round(self.story.topic["a_month"] * min(share, 1))):
                sign = "negative" if number < round(grumbles * min(share, 1)) else "positive"
                point = Point("theme", sign, theme=self.story.topic["theme"])
                self._place(point, made, first, last)

    def _months(self) -> list[tuple[date, date]]:
        """Return the first and last day of each month, the running one until yesterday."""
        firsts = [months_before(self.today, back) for back in range(MONTHS, -1, -1)]
        ends = [*firsts[1:], self.today]
        spans = zip(firsts, ends, strict=True)
        return [(first, end - timedelta(days=1)) for first, end in spans if first < end]

    def _place(self, point: Point, made: list[Draft], first: date, last: date) -> None:
        hosts = [d for d in made if first <= d.day <= last and self._room(d, point)]
        hosts = [d for d in hosts if not any(map(self.story.needy, d.points))]
        if hosts and self.dice.random() < 0.45:
            self.dice.choice(hosts).points.append(point)
        else:
            day = first + timedelta(days=self.dice.randrange((last - first).days + 1))
            made.append(Draft(day, [point]))
