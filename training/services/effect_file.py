"""The effect panel as rows of a file: exactly what the page says, and how it was worked out."""

from datetime import date

from training import skills
from training.rates import percent
from training.services.effects import MONTHS, Panel
from training.trends.effect import Effect, Group
from training.trends.suppress import FEWEST_SHOWN

FORMULA = "ancova-eb-hc3/1"
Row = tuple[str, ...]


def rows(*, panel: Panel, made_on: date) -> list[Row]:
    """Return the rows of a panel's file."""
    top = [
        ("Skill", skills.topic_name(panel.skill)),
        ("Made on", made_on.isoformat()),
        ("Formula", FORMULA),
        ("Months before and after", str(MONTHS)),
        ("Rule", f"Groups of fewer than {FEWEST_SHOWN} people are not shown."),
        ("Finding", panel.sentence),
        ("Design", panel.design),
        *((level.name, level.words) for level in panel.levels),
    ]
    return [*top, *(_numbers(panel.effect) if panel.effect else [])]


def _numbers(effect: Effect) -> list[Row]:
    low, high = effect.interval
    return [
        (),
        ("Difference in points", f"{effect.points:.1f}"),
        ("95 % interval", f"{low * 100:.1f} to {high * 100:.1f}"),
        ("Smallest change that could be seen", f"{effect.smallest * 100:.1f}"),
        ("Group", "People", "Comments after", "Negative before", "Negative after"),
        _group("Offered", effect.offered),
        _group("Not offered", effect.others),
    ]


def _group(name: str, group: Group) -> Row:
    before = "" if group.share_before is None else percent(group.share_before)
    return name, str(group.people), str(group.comments), before, percent(group.share_after)
