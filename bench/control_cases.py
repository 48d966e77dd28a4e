"""The peers' cases, each compared with ours: (kind, name, whether it agrees)."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.peers import Checks, all_close, close, flags, read, series
from training.trends.control import (
    Assurance,
    Chart,
    Kind,
    assurance,
    p_chart,
    p_prime,
    u_chart,
    xmr,
)
from training.trends.limits import Limits
from training.trends.signals import Cause, TwoInThree, shifts, strongest, trends, two_of_three

_CAUSES = {
    "Common Cause": (Cause.NONE, 0),
    "Above UCL": (Cause.OUTSIDE, 1),
    "Below LCL": (Cause.OUTSIDE, -1),
    "7 Point Trend (Increasing)": (Cause.TREND, 1),
    "7 Point Trend (Decreasing)": (Cause.TREND, -1),
    "2 in 3 Above CL": (Cause.TWO_IN_THREE, 1),
    "2 in 3 Below CL": (Cause.TWO_IN_THREE, -1),
    "7 Points Above CL": (Cause.SHIFT, 1),
    "7 Points Below CL": (Cause.SHIFT, -1),
}
_KINDS = {
    "common_cause": Kind.COMMON,
    "special_cause_improvement": Kind.IMPROVEMENT,
    "special_cause_concern": Kind.CONCERN,
    "special_cause_neutral_high": Kind.HIGH,
    "special_cause_neutral_low": Kind.LOW,
}
_ICONS = {
    "common_cause": Kind.COMMON,
    "improvement_high": Kind.IMPROVEMENT,
    "improvement_low": Kind.IMPROVEMENT,
    "concern_high": Kind.CONCERN,
    "concern_low": Kind.CONCERN,
    "neutral_high": Kind.HIGH,
    "neutral_low": Kind.LOW,
}
_ASSURANCES = {
    None: Assurance.NONE,
    "inconsistent": Assurance.HIT_OR_MISS,
    "pass": Assurance.PASS,
    "consistent_pass": Assurance.PASS,
    "fail": Assurance.FAIL,
    "consistent_fail": Assurance.FAIL,
}


def rules(folder: Path) -> Checks:
    """The flags of single rules, as the peer's own tests and the published rules have them."""
    peer = read(folder, "nhsrplotthedots_expected")
    for i, case in enumerate(peer["seven_point_one_side_mean"]):
        ours = [abs(flag) for flag in shifts(case["relative_to_mean"])]
        yield "rules: shift", str(i), ours == _sevens(case["expected"])
    for i, case in enumerate(peer["seven_point_trend"]):
        yield "rules: trend", str(i), trends(case["y"]) == _sevens(case["expected"])
    for i, case in enumerate([*peer["two_in_three"], *peer["part_of_two_in_three"]]):
        near = [bool(one) for one in case["close"]]
        ours = [abs(one) for one in two_of_three(case["rtm"], near, [False] * len(near), "strict")]
        expected = [a and b for a, b in zip(case["expected"], case["close"], strict=True)]
        yield "rules: two in three", str(i), ours == expected
    for case in read(folder, "two_in_three_variants")["cases"]:
        for variant, expected in case["two_in_three"].items():
            yield (
                "rules: two in three",
                f"{case['id']} {variant}",
                _variant(case, variant) == expected,
            )
    yield "rules: precedence", "mocked", _precedence(peer["precedence_mocked"])
    for case in peer["assurance"]:
        ours_of = assurance(
            Limits(0, case["lpl"], case["upl"], 0), case["target"], case["direction"]
        )
        yield "rules: assurance", str(case), ours_of is _ASSURANCES[case["expected"]]


def _sevens(ends: Sequence[int]) -> list[int]:
    """Every point of the runs of seven of which the peer's own test marks the ends."""
    found = [0] * len(ends)
    for i, end in enumerate(ends):
        if end:
            found[i - 6 : i + 1] = [end] * 7
    return found


def _variant(case: Any, variant: str) -> list[int]:
    if variant != "strict" and variant != "beyond":
        return []
    rule: TwoInThree = "strict" if variant == "strict" else "beyond"
    outside = [bool(one) for one in case["beyond_3sigma"]]
    sides = [(z > 0) - (z < 0) for z in case["z"]]
    near = [abs(z) > 2 and not out for z, out in zip(case["z"], outside, strict=True)]
    return [abs(flag) for flag in two_of_three(sides, near, outside, rule)]


def _precedence(case: Any) -> bool:
    found = {
        Cause.OUTSIDE: case["outside"],
        Cause.TREND: case["trend"],
        Cause.TWO_IN_THREE: case["two_in_three"],
        Cause.SHIFT: case["shift"],
    }
    ours = [strongest(found, i)[0] for i in range(len(case["y"]))]
    return ours == [_CAUSES[name][0] for name in case["expected"]]


def snapshots(folder: Path) -> Checks:
    """The peer's own snapshots, to the digits it prints."""
    for case in read(folder, "nhsrplotthedots_expected")["series"]:
        chart = xmr(case["values"], screen=case["screen"], two_in_three="strict")
        yield "XmR: the peer's snapshots", case["id"], _snapshot(chart, case)


def _snapshot(chart: Chart, case: Any) -> bool:
    first, kinds = chart.points[0], [point.kind for point in chart.points]
    within = 0.5 * 10.0 ** -case.get("digits", 6) + 1e-9
    ours = {"mean": first.centre, "lpl": first.lower, "upl": first.upper}
    counts = {"n": len(kinds), "common_cause": kinds.count(Kind.COMMON)}
    counts["improvement"] = kinds.count(Kind.IMPROVEMENT)
    last = [_KINDS[name] for name in case.get("last_two_point_type", ())]
    return (
        all(close(value, case[key], within) for key, value in ours.items() if key in case)
        and all(value == case[key] for key, value in counts.items() if key in case)
        and (not last or kinds[-2:] == last)
    )


def runs(folder: Path) -> Checks:
    """The peer's own runs: limits to 1e-6, every flag, kind and icon."""
    for case in read(folder, "nhsrplotthedots_runs")["cases"]:
        given = case["input"]
        rebase = given["rebase_at_index0"]
        chart = xmr(
            series(given["values"]),
            improvement=given["improvement_direction"],
            target=given["target"],
            rebase_at=() if rebase is None else series(rebase),
            fix_after=given["fix_after_n_points"],
            screen=given["screen_outliers"],
            two_in_three="strict",
        )
        yield "XmR: runs", case["id"], _same_run(chart, case["expected"])
        warned = any(flags(case["expected"]["short_group_warning"]))
        baselines = Counter(point.group for point in chart.points).values()
        name = f"{case['id']} {'twelve-points' if 12 in baselines else ''}"
        yield "XmR: warning of few points", name, chart.short == warned


def _same_run(chart: Chart, peer: Any) -> bool:
    points = chart.points
    causes = [_CAUSES[name][0] for name in series(peer["special_cause_type"])]
    return (
        all_close([point.centre for point in points], peer["mean"])
        and _same_limits([point.lower for point in points], peer["lpl"], peer["mean"])
        and _same_limits([point.upper for point in points], peer["upl"], peer["mean"])
        and [point.outside for point in points] == flags(peer["outside_limits"])
        and [point.close for point in points] == flags(peer["close_to_limits"])
        and [point.side for point in points] == series(peer["relative_to_mean"])
        and [point.group for point in points] == series(peer["rebase_group"])
        and [point.special_cause for point in points] == causes
        and [point.kind for point in points] == [_KINDS[k] for k in series(peer["point_type"])]
        and chart.variation is _ICONS[peer["variation_icon"]]
        and chart.assurance is _ASSURANCES[peer["assurance_icon"]]
    )


def _same_limits(ours: Sequence[float], theirs: Any, means: Any) -> bool:
    """Where the peer has no limits (one point), ours are the mean."""
    pairs = zip(series(theirs), series(means), strict=True)
    return all_close(ours, [mean if limit is None else limit for limit, mean in pairs])


def qicharts(folder: Path) -> Checks:
    """P, P′ and U charts beside qicharts2; P′ without our floor. I′ and U′ are not built."""
    names = {"p": "P", "pp": "P′", "u": "U", "ip": "I′", "up": "U′"}
    for case in read(folder, "qicharts2_runs")["cases"]:
        chart = _counted(case)
        same = bool(chart) and _same_counts(chart, case["expected"])
        yield f"{names[case['chart']]} chart", f"{names[case['chart']]} {case['id']}", same


def _counted(case: Any) -> Chart | None:
    counts, sizes = series(case["input"]["num"]), series(case["input"]["den"])
    if case["chart"] == "p":
        return p_chart(counts, sizes)
    if case["chart"] == "u":
        return u_chart(counts, sizes)
    if case["chart"] == "pp":
        return p_prime(counts, sizes, screen=case["screened_mr"], floor=False)
    return None


def _same_counts(chart: Chart | None, peer: Any) -> bool:
    points = chart.points if chart else ()
    return (
        all_close([point.value for point in points], peer["y"])
        and all_close([point.centre for point in points], peer["cl"])
        and all_close([point.lower for point in points], peer["lcl"])
        and all_close([point.upper for point in points], peer["ucl"])
        and [point.outside for point in points] == flags(peer["sigma_signal"])
    )
