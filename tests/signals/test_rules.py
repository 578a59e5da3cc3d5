"""Each of the four rules, at its edge, just before it and just past it."""

from __future__ import annotations

import pytest
from signals.making import BASELINE, assess, list_flagged

from merton_kpi.core.vocabulary import Polarity
from merton_kpi.signals.words import SignalFinding, SignalRule

# What comes after the baseline: its last figure, -1.5, is a neighbour of the first of these.
TABLE = {
    "outside: just before the limit": (["0.5", "-0.5", "7.97"], {}),
    "outside: at the limit": (["0.5", "-0.5", "7.98"], {}),
    "outside: just past the limit": (["0.5", "-0.5", "7.99"], {2: "outside up"}),
    "shift: 6 on one side": (["0.5", "0.4", "0.6", "0.3", "0.5", "0.4"], {}),
    "shift: 7 on one side": (
        ["0.5", "0.4", "0.6", "0.3", "0.5", "0.4", "0.6"],
        dict.fromkeys(range(7), "shift up"),
    ),
    "shift: 8 on one side": (
        ["0.5", "0.4", "0.6", "0.3", "0.5", "0.4", "0.6", "0.3"],
        dict.fromkeys(range(8), "shift up"),
    ),
    "shift: ended by a figure on the mean": (
        ["0.5", "0.4", "0.6", "0", "0.5", "0.4", "0.6", "0.3"],
        {},
    ),
    "shift: ended by a figure on the other side": (
        ["0.5", "0.4", "0.6", "-0.1", "0.5", "0.4", "0.6", "0.3"],
        {},
    ),
    "shift: over, but still flagged": (
        ["0.5", "0.4", "0.6", "0.3", "0.5", "0.4", "0.6", "-0.3"],
        dict.fromkeys(range(7), "shift up"),
    ),
    "trend: 6 figures, 5 rises": (["-0.9", "-0.6", "-0.3", "0.1", "0.4"], {}),
    "trend: 7 figures, 6 rises": (
        ["-0.9", "-0.6", "-0.3", "0.1", "0.4", "0.7"],
        dict.fromkeys(range(-1, 6), "trend up"),
    ),
    "trend: 8 figures, 7 rises": (
        ["-0.9", "-0.6", "-0.3", "0.1", "0.4", "0.7", "0.8"],
        dict.fromkeys(range(-1, 7), "trend up"),
    ),
    "trend: ended by a tie": (["-0.9", "-0.6", "-0.3", "-0.3", "0.1", "0.4", "0.7"], {}),
    "two of three: one near": (["5.33", "0.5", "0.4"], {}),
    "two of three: the second at two thirds": (["5.33", "5.32", "0.4"], {}),
    "two of three: the second just beyond": (
        ["5.33", "5.33", "0.4"],
        {0: "two_of_three up", 1: "two_of_three up"},
    ),
    "two of three: the first and the third": (
        ["5.33", "0.4", "5.33"],
        {0: "two_of_three up", 2: "two_of_three up"},
    ),
    "two of three: all three": (
        ["5.33", "5.4", "5.33"],
        dict.fromkeys(range(3), "two_of_three up"),
    ),
    "two of three: one of them beyond the limit": (
        ["5.33", "8", "0.4"],
        {0: "two_of_three up", 1: "outside up, two_of_three up"},
    ),
    "two of three: the third on the other side": (["5.33", "5.33", "-0.4"], {}),
    "two of three: the third on the mean": (["5.33", "5.33", "0"], {}),
    "two of three: one on each side": (["5.33", "-5.33", "0.4"], {}),
    "two of three: four apart": (["5.33", "0.4", "0.5", "5.33"], {}),
}


@pytest.mark.parametrize(("tail", "expected"), TABLE.values(), ids=TABLE)
def test_a_rule_flags_upwards(tail: list[str], expected: dict[int, str]) -> None:
    signal = assess([*BASELINE, *tail], baseline=12)
    assert signal.limits is not None
    flagged = {i - 12: ", ".join(each) for i, each in list_flagged(signal).items()}
    assert flagged == expected


@pytest.mark.parametrize(("tail", "expected"), TABLE.values(), ids=TABLE)
def test_a_rule_flags_downwards(tail: list[str], expected: dict[int, str]) -> None:
    mirrored = [each[1:] if each[0] == "-" else f"-{each}" for each in (*BASELINE, *tail)]
    flagged = {
        i - 12: ", ".join(each) for i, each in list_flagged(assess(mirrored, baseline=12)).items()
    }
    assert flagged == {i: each.replace("up", "down") for i, each in expected.items()}


HIGHER, LOWER = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER
# Low enough to be a shift, and near the limit, but rising.
RISING_FROM_BELOW = ["-8.6", "-8.5", "-8.4", "-8.3", "-8.2", "-8.1", "-8"]


@pytest.mark.parametrize(
    ("last", "better", "finding", "rule"),
    [
        ("9", HIGHER, SignalFinding.IMPROVEMENT, SignalRule.OUTSIDE),
        ("9", LOWER, SignalFinding.CONCERN, SignalRule.OUTSIDE),
        ("9", None, SignalFinding.HIGH, SignalRule.OUTSIDE),
        ("-9", HIGHER, SignalFinding.CONCERN, SignalRule.OUTSIDE),
        ("-9", LOWER, SignalFinding.IMPROVEMENT, SignalRule.OUTSIDE),
        ("-9", None, SignalFinding.LOW, SignalRule.OUTSIDE),
        ("0.3", HIGHER, SignalFinding.COMMON_CAUSE, None),
        ("0.3", None, SignalFinding.COMMON_CAUSE, None),
    ],
)
def test_the_finding_is_of_the_last_figure(
    last: str, better: Polarity | None, finding: SignalFinding, rule: SignalRule | None
) -> None:
    signal = assess([*BASELINE, "0.5", "-0.5", last], baseline=12, better=better)
    assert (signal.finding, signal.flag and signal.flag.rule) == (finding, rule)


@pytest.mark.parametrize(
    ("better", "finding", "rule"),
    [
        (HIGHER, SignalFinding.IMPROVEMENT, SignalRule.TREND),
        (LOWER, SignalFinding.IMPROVEMENT, SignalRule.OUTSIDE),
        (None, SignalFinding.LOW, SignalRule.OUTSIDE),
    ],
)
def test_both_ways_at_once_is_an_improvement(
    better: Polarity | None, finding: SignalFinding, rule: SignalRule
) -> None:
    """The rule that is named is one that shows it."""
    signal = assess([*BASELINE, *RISING_FROM_BELOW], baseline=12, better=better)
    assert list_flagged(signal)[18] == (
        "outside down",
        "trend up",
        "two_of_three down",
        "shift down",
    )
    assert signal.flag
    assert (signal.finding, signal.flag.rule) == (finding, rule)


@pytest.mark.parametrize(
    ("tail", "rule"),
    [
        (["5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "8"], SignalRule.OUTSIDE),
        (["5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "6"], SignalRule.TREND),
        (["5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "5.7"], SignalRule.TWO_OF_THREE),
        (["0.5", "0.4", "0.6", "0.3", "0.5", "0.4", "0.6"], SignalRule.SHIFT),
    ],
)
def test_of_several_rules_the_first_in_order_is_named(tail: list[str], rule: SignalRule) -> None:
    signal = assess([*BASELINE, *tail], baseline=12)
    assert signal.flag
    assert signal.flag.rule is rule


def test_the_months_of_the_rule_are_the_evidence() -> None:
    tail = ["0.5", "0.4", "0.6", "0.3", "0.5", "0.4", "0.6"]
    signal = assess([*BASELINE, *tail], baseline=12)
    assert [str(each) for each in signal.flagged_months] == [f"2020-{n:02}" for n in range(4, 11)]
    assert assess([*BASELINE, "0.5", "-0.4"], baseline=12).flagged_months == ()
