"""Whether what is suggested to people is what they need, where the truth is known: we made it up.

Every rule names a first skill for everybody with a negative remark. Printed for 4 and 12 remarks a
month, without and with errors of attribution, tagging and sign:

    precision@1   how often the first skill is a true need (more than five points above usual)
    lead          precision@1 of the first of ours less this rule's, ± 1.96 standard errors
    regret        points lost: true excess of the neediest skill less that of the one chosen
    offered, right    suggestions that pass the gate, and how many of them are true needs
    without need  people offered something who need nothing at all
    calibration   how far `need` lies from how often it is true, mean over tenths of need
    Brier         mean squared distance of `need` from the truth (0 or 1), smaller is better; and how
                  much smaller than with the first of ours, ± 1.96 standard errors

Run as `python -m bench.suggestions`, with --json for one object on the last line.
"""

import argparse
import json
import platform
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date
from math import sqrt
from statistics import fmean, stdev
from time import process_time
from typing import Any

from bench.suggestions_rules import OURS, PLAIN, POOLED, Judged, Pair, found_in, judge
from bench.suggestions_world import MARGIN, SKILLS_OF, SPOKEN_OF, TODAY, Practice, Setting, make
from training.feedback.suggestion import Strength, suggest

PRACTICES, SEED = 50, 1000
VOLUMES = (4.0, 12.0)
GATE_PRECISION, CALIBRATION_ERROR = 0.60, 0.10
_TENTHS = 10


@dataclass
class Counts:
    """What one rule did in the practices of one setting.

    hits, regrets: by practice, one a person. needs: (need, whether true) of every person and skill.
    briers: by practice, the mean of their squared distances.
    """

    hits: list[list[bool]] = field(default_factory=list)
    regrets: list[list[float]] = field(default_factory=list)
    needs: list[tuple[float, bool]] = field(default_factory=list)
    briers: list[float] = field(default_factory=list)
    offers: list[bool] = field(default_factory=list)
    offered: int = 0
    without_need: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One rule in one setting; the figures of the gate and of need for ours alone."""

    a_month: float
    errors: bool
    rule: str
    people: int
    precision: float
    lead: float
    lead_error: float
    regret: float
    offers: int | None = None
    gate_precision: float | None = None
    offered: int | None = None
    without_need: int | None = None
    calibration: float | None = None
    brier: float | None = None
    brier_lead: float | None = None
    brier_lead_error: float | None = None


def settings() -> list[tuple[Setting, bool]]:
    """Each volume without and with errors."""
    found: list[tuple[Setting, bool]] = []
    for volume in VOLUMES:
        sure = Setting(volume, attribution=0.0, tagging=0.0, sign=0.0, uncertain=0.0)
        found += [(sure, False), (Setting(volume), True)]
    return found


def measure(setting: Setting, errors: bool, practices: int) -> list[Row]:
    """Let every rule choose in so many practices; the simple rules come last."""
    counts: dict[str, Counts] = defaultdict(Counts)
    for seed in range(SEED, SEED + practices):
        practice = make(setting, seed)
        found = found_in(practice)
        judged = judge(practice, found, seed)
        own: dict[int, list[Pair]] = defaultdict(list)
        for pair in sorted(found):
            own[pair[0]].append(pair)
        some = [
            pairs for pairs in own.values() if any(one.negative for p in pairs for one in found[p])
        ]
        for rule in judged.keys:
            _choose(practice, judged, rule, some, counts[rule])
        for rule in OURS:
            _offer(practice, judged, rule, list(own.values()), counts[rule])
    return [_row(setting, errors, rule, one, counts[PLAIN]) for rule, one in counts.items()]


def _choose(
    practice: Practice, judged: Judged, rule: str, people: list[list[Pair]], counts: Counts
) -> None:
    chosen = [max(pairs, key=judged.keys[rule].__getitem__) for pairs in people]
    counts.hits.append([practice.needs(*pair) for pair in chosen])
    counts.regrets.append([_regret(practice, *pair) for pair in chosen])


def _regret(practice: Practice, staff: int, skill: str) -> float:
    best = max(practice.above(staff, one) for one in practice.people[staff].truth)
    return max(0.0, best) - max(0.0, practice.above(staff, skill))


def _offer(
    practice: Practice, judged: Judged, rule: str, people: list[list[Pair]], counts: Counts
) -> None:
    reasons = judged.reasons[rule]
    needs = [(one.need, practice.needs(*pair)) for pair, one in reasons.items()]
    counts.needs += needs
    counts.briers.append(fmean((need - true) ** 2 for need, true in needs))
    for pairs in people:
        staff, about = pairs[0][0], sum(reasons[pair].comments for pair in pairs)
        gated = [pair for pair in pairs if reasons[pair].strength is not Strength.NONE]
        candidates = [judged.candidates[rule][pair] for pair in gated]
        offer = suggest(candidates, today=TODAY, about_person=about).suggestions
        counts.offers += [practice.needs(staff, one.skill) for one in offer]
        if offer:
            counts.offered += 1
            needy = any(practice.needs(staff, skill) for skill in practice.people[staff].truth)
            counts.without_need += not needy


def _row(setting: Setting, errors: bool, rule: str, counts: Counts, plain: Counts) -> Row:
    row: dict[str, Any] = {
        "people": sum(map(len, counts.hits)),
        "precision": _mean(counts.hits),
        "lead": round(_mean(plain.hits) - _mean(counts.hits), 3),
        "lead_error": round(
            _error([fmean(a) for a in plain.hits], [fmean(b) for b in counts.hits]), 3
        ),
        "regret": round(100 * _mean(counts.regrets), 2),
    }
    if rule in OURS:
        row |= {
            "offers": len(counts.offers),
            "gate_precision": round(fmean(counts.offers), 3) if counts.offers else None,
            "offered": counts.offered,
            "without_need": counts.without_need,
            "calibration": round(calibration_error(counts.needs), 3),
            "brier": round(fmean(counts.briers), 4),
            "brier_lead": round(fmean(plain.briers) - fmean(counts.briers), 4),
            "brier_lead_error": round(_error(plain.briers, counts.briers), 4),
        }
    return Row(setting.a_month, errors, rule, **row)


def _error(ours: list[float], others: list[float]) -> float:
    """1.96 standard errors of the mean difference over practices that both were judged in."""
    gaps = [a - b for a, b in zip(ours, others, strict=True)]
    return 1.96 * stdev(gaps) / sqrt(len(gaps))


def _mean(groups: list[list[bool]] | list[list[float]]) -> float:
    return round(fmean(one for group in groups for one in group), 4)


def calibration_error(needs: list[tuple[float, bool]]) -> float:
    """The mean distance of need from how often it was true, over tenths of need by their size."""
    tenths: dict[int, list[float]] = defaultdict(list)
    for need, true in needs:
        tenths[min(_TENTHS - 1, int(need * _TENTHS))].append(need - true)
    return sum(abs(sum(gaps)) for gaps in tenths.values()) / len(needs)


def goals(rows: list[Row]) -> dict[str, bool]:
    """Whether the product's formula does what is asked of it, in every setting."""
    plain = [row for row in rows if row.rule == PLAIN]
    simple = [row for row in rows if row.rule not in OURS]
    return {
        "precision@1 at least every simple rule's": all(row.lead >= 0 for row in simple),
        f"gate precision at least {GATE_PRECISION}": all(
            (row.gate_precision or 0) >= GATE_PRECISION for row in plain
        ),
        f"calibration error without errors at most {CALIBRATION_ERROR}": all(
            (row.calibration or 0) <= CALIBRATION_ERROR for row in plain if not row.errors
        ),
    }


def pooled_beats_plain(rows: list[Row]) -> bool:
    """Whether need is nearer the truth when pooled, beyond chance, in every setting."""
    pooled = [row for row in rows if row.rule == POOLED]
    return all((row.brier_lead or 0) > (row.brier_lead_error or 0) for row in pooled)


def main() -> None:
    """Print the generator's parameters, a table a setting, and the goals; 1 if one is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--practices", type=int, default=PRACTICES, help="practices of a setting")
    asked = parser.parse_args()
    if asked.practices < 2:
        parser.error("two practices at least, for a standard error")
    _print_generator(asked.practices)
    rows: list[Row] = []
    for setting, errors in settings():
        rows += measure(setting, errors, asked.practices)
        _print_table([r for r in rows if (r.a_month, r.errors) == (setting.a_month, errors)])
    met = goals(rows)
    for name, holds in met.items():
        print(f"{'met   ' if holds else 'MISSED'}  {name}")
    beats = pooled_beats_plain(rows)
    print(f"{'better' if beats else 'not better'}: need pooled over skills and roles, by Brier")
    print(f"{process_time():.0f} s of one core")
    if asked.json:
        print(
            json.dumps(
                {"goals": met, "pooled_better": beats, "rows": [asdict(row) for row in rows]}
            )
        )
    raise SystemExit(not all(met.values()))


def _print_generator(practices: int) -> None:
    machine = f"Python {platform.python_version()} on {platform.machine()}"
    print(f"{date.today().isoformat()}, {machine}")  # noqa: DTZ011 - the day of the run, on this machine
    print(f"{practices} practices of a setting, seeds {SEED}–{SEED + practices - 1}; true need:")
    print(f"more than {MARGIN} above the mean true share of the role, on {TODAY}")
    for name, value in asdict(Setting(VOLUMES[0])).items():
        print(f"  {name:15} {'4, then 12' if name == 'a_month' else value}")
    print(f"  roles           {', '.join(SKILLS_OF)}; eight skills each")
    print(f"  spoken of       {', '.join(map(str, SPOKEN_OF))}, by the role's order of skills")


def _print_table(rows: list[Row]) -> None:
    first = rows[0]
    print(f"\n{first.a_month:.0f} remarks a month, {'with' if first.errors else 'without'} errors")
    print(
        "                precision@1    lead          regret | offered right  "
        "people  without need  calibration   Brier"
    )
    for row in rows:
        line = (
            f"  {row.rule:14} {row.precision:10.3f}  {row.lead:+.3f} ±{row.lead_error:.3f} "
            f"{row.regret:9.2f} |"
        )
        if row.calibration is not None:
            line += (
                f" {row.offers:7} {row.gate_precision or 0:5.2f} {row.offered:7} "
                f"{row.without_need:13} {row.calibration:12.3f}  {row.brier:.4f}"
                f" {row.brier_lead:+.4f} ±{row.brier_lead_error:.4f}"
            )
        print(line)


if __name__ == "__main__":
    main()
