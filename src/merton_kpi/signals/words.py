"""The closed lists of what is said of a change: findings, rules, assurances and reasons."""

from __future__ import annotations

from merton_kpi.core.vocabulary import Word


class SignalWord(Word):
    """A word with its meaning, as docs/explanation/real-change.md has it."""

    def __init__(self, _word: str, meaning: str) -> None:
        self.meaning = meaning


class SignalFinding(SignalWord):
    """What is found of the last figure."""

    IMPROVEMENT = "improvement", "a real change for the better"
    CONCERN = "concern", "a real change for the worse"
    HIGH = "high", "a real change upwards, where neither way is better"
    LOW = "low", "a real change downwards, where neither way is better"
    COMMON_CAUSE = "common_cause", "no real change: the figure varies as it usually does"
    NOT_JUDGED = "not_judged", "nothing is said, for the reason given"


class SignalRule(SignalWord):
    """What shows a change. Where several do, the first in this order is named.

    Rules that show a change for the better come before those for the worse.
    """

    OUTSIDE = "outside", "a figure beyond a limit of the usual range"
    TREND = "trend", "7 figures in a row, each higher than the one before, or each lower"
    TWO_OF_THREE = (
        "two_of_three",
        "3 figures in a row on one side of the mean, at least 2 of them more than two thirds of "
        "the way to the limit",
    )
    SHIFT = "shift", "7 figures in a row on one side of the mean"


class Assurance(SignalWord):
    """Whether a target is within reach of the present way of working."""

    WILL_BE_MET = "will_be_met", "every figure in the usual range meets the month's own target"
    WILL_NOT_BE_MET = (
        "will_not_be_met",
        "no figure in the usual range does: the target will not be met unless something changes",
    )
    HIT_AND_MISS = "hit_and_miss", "some do: some months will miss the target by chance"


class NoSignalReason(SignalWord):
    """Why the rules are not applied. Where there are several reasons, the first is given."""

    TOO_SHORT = "too_short", "there are fewer than 13 figures since the last break"
    HIDDEN = "hidden", "a figure since the last break is hidden"
    STOCK = (
        "stock",
        "the figure is a stock, such as the open cases at a month's end, which moves slowly",
    )
    TO_DATE = "to_date", "each figure covers the year so far, so each repeats those before it"
    CONSTANT = (
        "constant",
        "the figures do not vary, or so seldom that the usual range is the mean alone",
    )
    FEW_VALUES = "few_values", "there are fewer than 4 different figures"
    AUTOCORRELATED = (
        "autocorrelated",
        "each figure follows the one before too closely: the autocorrelation is above 0.5, even "
        "after the largest step is taken out",
    )
    OUTDATED = (
        "outdated",
        "the last figure is older than a rating may be carried forward, or the indicator has ended",
    )
