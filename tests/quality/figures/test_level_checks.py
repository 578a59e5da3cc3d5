"""Figures that are far from what is known, and what they may have been meant as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.quality import NUMBER, PERCENT, list_issues, list_warnings

if TYPE_CHECKING:
    from collections.abc import Callable

    Messages = Callable[..., None]

QUARTERLY = "unit: %s, frequency: quarterly, target: %s"
WEEKS = NUMBER.replace("number", "weeks")
AT_LEAST_95 = "unit: percent, frequency: monthly, target: {at_least: 95}"
AT_MOST_10 = "unit: percent, frequency: monthly, target: {at_most: 10}"


def with_outturns(settings: str, *outturns: object) -> str:
    years = ", ".join(f"{2019 - back}/{20 - back}: {each}" for back, each in enumerate(outturns))
    return f"{settings}, outturns: {{{years}}}"


def make_rows(*values: object) -> str:
    return " ".join(f"1,{value}" for value in values)


@pytest.mark.parametrize(
    ("settings", "rows", "warnings"),
    [
        # A fraction of 1: a hundredth of outturns, earlier months or the target.
        (f"{AT_LEAST_95}, decimals: 2", make_rows("0.95"), ["fraction Apr 2020"]),
        (with_outturns(f"{PERCENT}, decimals: 2", 93), make_rows("0.9"), ["fraction Apr 2020"]),
        (with_outturns(PERCENT, 98, 97), make_rows(1), ["fraction Apr 2020"]),
        (AT_LEAST_95, make_rows("0.96", "0.97"), ["fraction Apr 2020", "fraction May 2020"]),
        (with_outturns(f"{PERCENT}, decimals: 2", "0.7"), make_rows("0.9"), []),
        (with_outturns(PERCENT, 18, 20), make_rows(1), ["jump Apr 2020"]),
        (f"{AT_MOST_10}, decimals: 2", make_rows("0.03"), []),
        (f"{AT_LEAST_95}, decimals: 2", make_rows("0.95,19,2000"), []),
        # What is left to 100%.
        (with_outturns(PERCENT, 96, 88, 88), make_rows(3), ["complement Apr 2020"]),
        (AT_LEAST_95, make_rows(4), ["complement Apr 2020"]),
        (AT_MOST_10, make_rows(94), ["complement Apr 2020"]),
        (with_outturns(PERCENT, 54, 52, 51), make_rows(46), []),
        (with_outturns(PERCENT, 96), make_rows("3,1,33"), ["jump Apr 2020"]),
        # Digits in the other order.
        (PERCENT, make_rows(84, 86, 85, 83, 48), ["transposed Aug 2020"]),
        (PERCENT, make_rows(19, 18, 20, 19, 81), ["complement Aug 2020"]),
        (PERCENT, make_rows(89, 88, 90, 84, 98), []),
        (PERCENT, make_rows(99, 99, 98, 99, 89), ["transposed Aug 2020"]),
        # Zeros, where none was before and figures were large.
        (with_outturns(QUARTERLY % ("number", "not_a_target_measure"), 401), "2020-06:1,0",
         ["zero Jun 2020"]),
        (with_outturns(NUMBER, 24), make_rows(0), []),
        (with_outturns(PERCENT, "99.5"), make_rows(0), ["zero Apr 2020"]),
        (with_outturns(PERCENT, 7, 9), make_rows(0), []),
        (AT_LEAST_95, make_rows(0), ["zero Apr 2020"]),
        (AT_MOST_10, make_rows(0), []),
        (f"{PERCENT}, decimals: 1", make_rows("1.2", "1.5", "5.0", "2.1", 0), ["zero Aug 2020"]),
        (f"{PERCENT}, decimals: 1", make_rows("1.2", "0.4", "5.0", "2.1", 0), []),
        (f"{PERCENT}, decimals: 1", make_rows("1.2", "1.5", "5.0", "2.1", "0,0,41"), []),
        # A whole hundred, far above all figures before.
        (PERCENT, make_rows(60, 63, 61, 58, 100), ["hundred Aug 2020"]),
        (PERCENT, make_rows(60, 63, 61, 58, "100,,,everyone"), ["jump Aug 2020"]),
        (PERCENT, make_rows(60, 63, 61, 58, "100,9,9"), ["jump Aug 2020"]),
        (PERCENT, make_rows(92, 93, 91, 94, 100), []),
        (PERCENT, make_rows(40, 85, 61, 58, 100), []),
        # Few earlier figures: outturns count, and a target where there is nothing else.
        (with_outturns(WEEKS, 37, 33, 31), make_rows("9.4"), ["jump Apr 2020"]),
        (with_outturns(WEEKS, 37, 33, 31), make_rows(287), ["jump Apr 2020"]),
        (with_outturns(WEEKS, 37, 33, 31), make_rows(41), []),
        (with_outturns(PERCENT, 53, 52, 51), make_rows(33), []),
        (with_outturns(NUMBER, 68), make_rows(4), []),
        (with_outturns(NUMBER, 68), make_rows(400), ["jump Apr 2020"]),
        (with_outturns(NUMBER, 8), make_rows(14), []),
        (QUARTERLY % ("number", "{at_least: 420}"), "2020-06:1,73390", ["jump Jun 2020"]),
        (QUARTERLY % ("number", "{at_least: 420}"), "2020-06:1,2100", []),
        (QUARTERLY % ("number", "{at_most: 2}"), "2020-06:1,30", []),
        # Another scale, although the outturns differ much.
        (with_outturns(NUMBER, 92, 184, 196), make_rows(89, 102, 12), ["jump Jun 2020"]),
        (with_outturns(NUMBER, 92, 184, 196), make_rows(89, 102, 60), []),
    ],
)  # fmt: skip
def test_a_figure_is_doubted_by_what_is_known(
    settings: str, rows: str, warnings: list[str]
) -> None:
    assert list_warnings(settings, rows) == warnings


def test_the_warning_says_what_may_be_meant(messages: Messages) -> None:
    messages(
        list_issues(AT_LEAST_95, make_rows(4)),
        list_issues(PERCENT, make_rows(84, 86, 85, 83, 48)),
        list_issues(PERCENT, make_rows(60, 63, 61, 58, 100)),
        list_issues(QUARTERLY % ("number", "{at_least: 420}"), "2020-06:1,73390"),
        list_issues(with_outturns(NUMBER, 68), make_rows(400)),
    )


def test_a_figure_that_is_likely_wrong_is_not_compared_with_later_ones() -> None:
    """Unless it was confirmed: the next one is then like it."""
    settings = with_outturns(PERCENT, 96, 95)
    wrong = ["complement Apr 2020", "complement May 2020"]
    assert list_warnings(settings, make_rows(4, 5)) == wrong
    confirmed = make_rows("4,,,,They_moved_away", 5)
    assert list_warnings(settings, confirmed) == ["complement Apr 2020"]
    standing = f"{settings}, confirmed: {{complement: They moved away.}}"
    assert list_warnings(standing, make_rows(4, 5)) == ["complement Apr 2020"]
