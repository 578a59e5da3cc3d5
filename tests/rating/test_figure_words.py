"""Totals in words, where a figure in them or the total itself is suppressed, or it is rounded."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.rating import JUNE, list_sentences, make_one, make_series, observe, select_only

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.rating.context import Assessment, compose_context
from merton_kpi.rating.rate import rate
from merton_kpi.rating.wording.explain import explain
from merton_kpi.rating.wording.figure_words import explain_gaps, explain_sum
from merton_kpi.series.totals import Total, compose_totals

if TYPE_CHECKING:
    from merton_kpi.series.records import Series

APRIL, MAY = Month(2020, 4), Month(2020, 5)
VISITS = (
    "unit: number, frequency: monthly, accumulates: financial_year, figures: of_period, "
    "target: {at_least: 1200, profile: share_of_year}"
)
INDICATOR, SCALE = select_only(make_one(VISITS))


def make_visits(*hidden: Month, hidden_totals: tuple[Month, ...] = ()) -> Series:
    """The visits from April to June, 110, 120 and 130, of which some are suppressed."""
    figures = {APRIL: "110", MAY: "120", JUNE: "130"}
    true = {month: observe(month, figure) for month, figure in figures.items()}
    shown = make_series(
        *((m, Status.SUPPRESSED if m in hidden else figure) for m, figure in figures.items())
    )
    return replace(shown, totals=compose_totals(INDICATOR, true, shown.due, hidden, hidden_totals))


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        ((), "Added up since April: 110 + 120 + 130 = 360."),
        (
            (MAY,),
            "The total of 360 since April includes 110 + 130 and the suppressed figure for "
            "May 2020.",
        ),
        (
            (APRIL, MAY),
            "The total of 360 since April includes 130 and the suppressed figures for Apr 2020 "
            "and May 2020.",
        ),
        (
            (APRIL, MAY, JUNE),
            "The total of 360 since April includes the suppressed figures for Apr 2020, May 2020 "
            "and Jun 2020.",
        ),
    ],
    ids=["none hidden", "one", "two", "all"],
)
def test_the_sum_names_the_suppressed_figures_in_it(hidden: tuple[Month, ...], words: str) -> None:
    assert explain_sum(INDICATOR, make_visits(*hidden), JUNE) == words


def test_a_rounded_total_is_not_said_to_be_its_parts_sum() -> None:
    parts = {APRIL: Decimal(110), MAY: Decimal(123)}
    rounded = Total(month=MAY, figure=Decimal(230), parts=parts)
    series = replace(make_series((APRIL, "110"), (MAY, "123")), totals={MAY: rounded})
    words = explain_sum(INDICATOR, series, MAY)
    assert words == "Added up since April, and rounded to 230: 110 + 123."


def test_a_total_that_ends_with_a_suppressed_figure_is_rated_and_says_so() -> None:
    verdict = rate(INDICATOR, SCALE, make_visits(JUNE))
    assert verdict.label == "Green"
    assert verdict.reason.startswith("360 since April (suppressed in Jun 2020) meets the 300 due")


def test_a_total_that_ends_with_a_suppressed_figure_is_explained() -> None:
    series = make_visits(JUNE)
    verdict = rate(INDICATOR, SCALE, series)
    context = compose_context(INDICATOR, SCALE, series, verdict)
    assessment = Assessment(scale=SCALE, verdict=verdict, context=context)
    sentences = list_sentences(explain(INDICATOR, series, assessment), "The figure")
    assert sentences == (
        "The figure for Jun 2020 is suppressed (f.csv, line 2).",
        "The total of 360 since April includes 110 + 120 and the suppressed figure for Jun 2020.",
    )


def test_a_total_that_is_suppressed_alone_is_said_to_be_so() -> None:
    series = make_visits(hidden_totals=(APRIL, MAY, JUNE))
    assert explain_gaps(INDICATOR, series) == " The total since April is suppressed."
    assert explain_sum(INDICATOR, series, JUNE) == ""
    verdict = rate(INDICATOR, SCALE, series)
    assert (verdict.label, verdict.reason) == ("No data", "The total since April is suppressed.")


def test_a_total_that_is_shown_has_no_gaps() -> None:
    assert explain_gaps(INDICATOR, make_visits(MAY)) == ""


def test_a_suppressed_total_is_followed_by_the_next_that_is_shown() -> None:
    verdict = rate(INDICATOR, SCALE, make_visits(hidden_totals=(MAY,)))
    assert verdict.figure == Decimal(360)
