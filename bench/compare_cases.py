"""The peers' cases of funnels, shrinkage and the effect, each compared with ours."""

import csv
from pathlib import Path
from typing import Any

from bench.peers import Checks, all_close, close, read
from training.rates import Interval, exact, wilson
from training.trends.compare import Usual, beyond, funnel
from training.trends.effect import Member, before_after
from training.trends.exact import binomial_limits, poisson_limits
from training.trends.least_squares import weighted_fit


def funnels(folder: Path) -> Checks:
    """FunnelPlotR's own tests, and its arcsine funnels: scores, φ, τ² and both sets of limits."""
    peer = read(folder, "funnelplotr")
    for case in peer["peer_own_expected"]:
        if "number_seq" in case:
            yield "funnel: Poisson limits", case["id"], _same_poisson(case)
        else:
            yield "funnel: outliers", case["id"], _same_outliers(case)
    for case in peer["peer_run"]["cases"]:
        yield "funnel: proportions", case["id"], _same_funnel(case)


def _same_poisson(case: Any) -> bool:
    return all(
        all_close([getattr(poisson_limits(n, level=level), end) for n in case["number_seq"]], case[key])
        for key, level, end in (
            ("ll95", 0.95, "low"),
            ("ul95", 0.95, "high"),
            ("ll998", 0.998, "low"),
            ("ul998", 0.998, "high"),
        )
    )  # fmt: skip


def _same_outliers(case: Any) -> bool:
    pairs = (
        ("unadj95", "LCL95", "UCL95"),
        ("adj95", "OD95LCL", "OD95UCL"),
        ("unadj99", "LCL99", "UCL99"),
        ("adj99", "OD99LCL", "OD99UCL"),
    )
    return all(
        [int(beyond(ratio, Interval(case[low], case[high])) != 0) for ratio in case["rr"]]
        == case[flags]
        for flags, low, high in pairs
    )


def _same_funnel(case: Any) -> bool:
    given, peer = case["input"], case["expected"]
    counts = list(zip(given["numerator"], given["denominator"], strict=True))
    ours = funnel(counts, trim=given["trim_by"])
    limits, ends = peer["limits"], {"ll": "low", "ul": "high"}
    return (
        all_close([ours.usual, ours.phi, ours.tau2], [peer["target"], peer["phi"], peer["tau2"]])
        and all_close([point.z for point in ours.points], peer["z"])
        and all_close([point.winsorised for point in ours.points], peer["w"])
        and all(
            all_close(
                [
                    getattr(ours.limits(n, level=level, overdispersed=bool(od)), end)
                    for n in limits["number_seq"]
                ],
                limits[f"{od}{key}{digits}"],
            )
            for od in ("", "od")
            for key, end in ends.items()
            for digits, level in ((95, 0.95), (998, 0.998))
        )
    )


def shrinkage(folder: Path) -> Checks:
    """Beliefs, intervals and exact limits, beside scipy."""
    peer = read(folder, "shrinkage_funnel_computed")
    for case in peer["beta_binomial"]:
        name = f"{case['x']} of {case['n']}, m {case['m']}, k {case['k']}"
        yield "shrinkage: beliefs", name, _same_belief(case)
    for case in peer["intervals"]:
        x, n = case["x"], case["n"]
        same = all_close(wilson(x, n), case["wilson"]) and all_close(exact(x, n), case["exact"])
        yield "shrinkage: intervals", f"{x} of {n}", same
    for case in peer["funnel_exact_binomial"]:
        ours = [
            *binomial_limits(case["n"], case["target"], level=0.95),
            *binomial_limits(case["n"], case["target"], level=0.998),
        ]
        theirs = [case[key] for key in ("lo95", "hi95", "lo998", "hi998")]
        name = f"{case['n']} at {case['target']}"
        yield "funnel: exact binomial limits", name, all_close(ours, theirs)


def _same_belief(case: Any) -> bool:
    usual = Usual(case["m"], case["k"])
    belief = usual.belief(case["x"], case["n"])
    low, high = belief.interval()
    ours = {
        "post_a": belief.a,
        "post_b": belief.b,
        "mean": belief.mean,
        "q025": low,
        "q975": high,
        "reliability": usual.reliability(case["n"]),
        "p_need": belief.above(case["m"] + case["delta"]),
        "expected_excess": belief.excess(case["m"]),
    }
    return all(close(value, case[key]) for key, value in ours.items())


def ancova(folder: Path) -> Checks:
    """The weighted fit and its four errors, beside R; and the naive change."""
    with (folder / "ancova_input.csv").open(encoding="utf-8", newline="") as file:
        people = [{key: float(text) for key, text in line.items()} for line in csv.DictReader(file)]
    peer = read(folder, "ancova_expected")
    fit = weighted_fit(
        [[1.0, one["trained"], one["eb_baseline"]] for one in people],
        [one["neg_post"] / one["n_post"] for one in people],
        weights=[one["n_post"] for one in people],
    )
    columns = ("(Intercept)", "trained", "eb_baseline")
    for key, ours in (
        ("coef", fit.coefficients),
        ("se_classic", fit.classic),
        ("se_hc0", fit.hc0),
        ("se_hc1", fit.hc1),
        ("se_hc3", fit.hc3),
    ):
        yield "effect: ANCOVA", key, all_close(ours, [peer[key][column] for column in columns])
    naive = before_after([_member(one) for one in people if one["trained"]])
    yield "effect: ANCOVA", "naive", close(naive or 0.0, peer["naive_before_after_trained"])


def _member(one: dict[str, float]) -> Member:
    return Member(
        offered=bool(one["trained"]),
        role="",
        before=(int(one["neg_pre"]), int(one["n_pre"])),
        after=(int(one["neg_post"]), int(one["n_post"])),
    )
