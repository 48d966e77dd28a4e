"""The sentences of the effect panel: fixed words around the numbers of `effect`.

    Probably helped                                                          the outcome, alone
    About 15 fewer in 100 comments were negative, likely 9–21 fewer.         the interval
    We could only have seen a change of about 8 points; …                    what was visible
    Simple before–after would say 15 fewer; most of that is chance …         the grey line

    >>> points(-0.0512)
    'about 5 fewer in 100'
    >>> points(0.0)
    'no difference'

A difference is one of shares of negative comments, so that fewer is better.
"""

from datetime import date
from enum import StrEnum

from training.rates import Interval
from training.trends.effect import Effect

AIM = 0.05  # the change a practice would want to see


class Design(StrEnum):
    """How the two groups came about; the value is what the page says."""

    CHOSEN = (
        "Offered to people because of their comments; compared with colleagues who were not, "
        "allowing for what was to be expected of each beforehand."
    )
    WAITING_LIST = (
        "Places were short, and who was offered it first was drawn by lot; compared with those "
        "who waited."
    )


def points(difference: float) -> str:
    """A difference of two shares in whole hundredths: "about 5 fewer in 100"."""
    whole = round(abs(difference) * 100)
    if not whole:
        return "no difference"
    return f"about {whole} {'fewer' if difference < 0 else 'more'} in 100"


def finding(effect: Effect) -> str:
    """The estimate and its interval in words, with how many people and comments are behind it."""
    n = effect.offered.comments + effect.others.comments
    return (
        f"Negative comments after the offer: {points(effect.difference)}, likely "
        f"{_between(effect.interval)}. {effect.offered.people} people were offered it and "
        f"{effect.others.people} were not; {n:,} comments."
    )


def _between(interval: Interval) -> str:
    low, high = round(interval.low * 100), round(interval.high * 100)
    if high <= 0 and low < 0:
        return f"{-high}–{-low} fewer"
    if low >= 0 and high > 0:
        return f"{low}–{high} more"
    return f"between {-low} fewer and {high} more" if low < 0 else "no difference"


def visible(effect: Effect, *, months: int | None, today: date) -> str:
    """What change could have been seen, and when one of five points can.

    months: what `effect.months_until` says; None is never at this pace.
    """
    could = f"We could only have seen a change of about {effect.smallest * 100:.0f} points"
    aim = f"{AIM * 100:.0f}"
    if months is None:
        return f"{could}; more comments alone will not bring that to {aim}, only more people."
    if not months:
        return f"{could}."
    return f"{could}; at this pace that falls to {aim} by {_month_after(today, months)}."


def _month_after(day: date, months: int) -> str:
    names = "January February March April May June July August September October November December"
    passed = day.year * 12 + day.month - 1 + months
    return f"{names.split()[passed % 12]} {passed // 12}"


def grey_line(effect: Effect) -> str:
    """What simple before–after would say, and why not to believe it; "" where it says nothing."""
    if effect.naive is None:
        return ""
    return (
        f"Simple before–after would say {points(effect.naive)}. Most of that is chance: people are "
        "offered something after a bad spell, and after a bad spell most get better by themselves."
    )
