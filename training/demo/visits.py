"""Who was on a visit, when it was and at which stage, so that it fits what was said about it.

said of H06, a nurse at Hollowbank, in person
    ──►  in_person · treatment · Hollowbank · [H06 nurse, H01 reception] · a Tuesday at 10:25
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from training.demo.data import StaffMember

PARTS = {
    "receptionist": "reception",
    "call_handler": "call",
    "nurse": "nurse",
    "physician": "doctor",
    "practice_manager": "manager",
}
SATURDAY, THURSDAY = 5, 3
_MAIN_SITE = 0.66  # the share of visits at the larger site
_STAGES: Mapping[str, Sequence[str]] = {
    "receptionist": ("request",) * 4 + ("assessment",) * 4 + ("awareness", "ongoing"),
    "call_handler": ("request",) * 7 + ("awareness",) * 2 + ("ongoing",) * 2,
    "nurse": ("treatment",) * 5 + ("assessment",) * 3 + ("ongoing",) * 2,
    "physician": ("assessment",) * 5 + ("treatment",) * 3 + ("ongoing",) * 2,
    "practice_manager": ("ongoing",),
}
_NO_VISIT_YET = ("awareness", "request", "assessment", "treatment", "ongoing")
_THEME_STAGES = {
    "phone_system": "request",
    "appointment_availability": "request",
    "website_app": "request",
    "wait_length": "assessment",
    "medicines_supply": "treatment",
    "records_access": "ongoing",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A visit without a number yet; `occurred_at` is aware, in UTC."""

    occurred_at: datetime
    channel: str
    stage: str
    site: str
    crew: tuple[StaffMember, ...]


@dataclass(frozen=True, slots=True)
class Rota:
    """Fills visits with staff; `seldom` is the staff id of one who is put on no visit unasked."""

    roster: Sequence[StaffMember]
    sites: tuple[str, ...]
    zone: ZoneInfo
    seldom: str
    dice: Random

    def site(self, present: Sequence[StaffMember], channel: str) -> str:
        """Return where those present work; with nobody, one of the sites (calls: the main one)."""
        if present:
            return present[0].site
        if channel == "phone":
            return self.sites[0]
        return self.sites[0] if self.dice.random() < _MAIN_SITE else self.sites[1]

    def stage(
        self,
        present: Sequence[StaffMember],
        channel: str,
        themes: Sequence[str] = (),
        skills: Sequence[str] = (),
        *,
        visited: bool = True,
    ) -> str:
        """Return a stage at which such a thing is said of those present, or of a theme."""
        if present and present[0].role == "receptionist" and "keeping_informed" in skills:
            return "assessment"
        if present:
            return self.dice.choice(_STAGES[present[0].role])
        for theme in themes:
            if theme in _THEME_STAGES:
                return _THEME_STAGES[theme]
        if not visited:
            return self.dice.choice(_NO_VISIT_YET)
        role = "call_handler" if channel == "phone" else "physician"
        return self.dice.choice(_STAGES[role])

    def crew(
        self, present: Sequence[StaffMember], channel: str, site: str
    ) -> tuple[StaffMember, ...]:
        """Return those present and whoever else would have been on such a visit."""
        if channel != "in_person":
            return tuple(present) or (self._remote(channel, site),)
        crew = list(present)
        if not any(one.role in {"nurse", "physician"} for one in crew):
            crew += self._clinician(site)
        if not any(one.role == "receptionist" for one in crew):
            crew += self._desk(site)
        return tuple(crew)

    def _remote(self, channel: str, site: str) -> StaffMember:
        if channel == "phone" and self.dice.random() < 0.7:
            return self.dice.choice(self._all("call_handler"))
        return self.dice.choice(self._all("physician", site))

    def _clinician(self, site: str) -> list[StaffMember]:
        role = "nurse" if self.dice.random() < 0.35 and self._all("nurse", site) else "physician"
        return [self.dice.choice(self._all(role, site))]

    def _desk(self, site: str) -> list[StaffMember]:
        desk = self._all("receptionist", site)
        both = self.dice.random() < 0.12
        return desk if both else [self.dice.choice(desk)]

    def _all(self, role: str, site: str | None = None) -> list[StaffMember]:
        return [
            one
            for one in self.roster
            if one.role == role and one.staff_id != self.seldom and site in {None, one.site}
        ]

    def at(self, day: date, *, weekday: int | None = None) -> datetime:
        """Return a moment of the opening hours on a day or the last working day before it."""
        while day.weekday() >= SATURDAY or weekday not in {None, day.weekday()}:
            day -= timedelta(days=1)
        minutes = self.dice.randrange(8 * 60 + 10, 18 * 60 + 20, 5)
        return self.moment(day, minutes)

    def moment(self, day: date, minutes: int) -> datetime:
        """Return a moment of a day in the practice's time zone, in UTC."""
        local = datetime.combine(day, time(minutes // 60, minutes % 60), self.zone)
        return local.astimezone(UTC)

    def unasked(self, day: date) -> Contact:
        """Return a visit that nobody wrote about."""
        channel = self.dice.choice(("in_person",) * 7 + ("phone",) * 3 + ("video", "portal"))
        site = self.site((), channel)
        crew = self.crew((), channel, site)
        stage = self.stage(crew, channel)
        return Contact(self.at(day), channel, stage, site, crew)

    def seldom_at_work(self, day: date) -> Contact:
        """Return a visit to the one who is seldom there, on the Thursday on or before a day."""
        (member,) = [one for one in self.roster if one.staff_id == self.seldom]
        crew = self.crew((member,), "in_person", member.site)
        moment = self.at(day, weekday=THURSDAY)
        return Contact(moment, "in_person", "treatment", member.site, crew)
