"""The figures of earlier years: which periods there are, and what is printed of each."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from helpers.councils import make_catalogue
from helpers.history import score_with_history

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Observation
from merton_kpi.scorecard.periods.figures import compose_figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.scorecard.periods.earlier import EarlierFigure

NOVEMBER = Month(2020, 11)
MONTHLY = "unit: percent, frequency: monthly, target: not_a_target_measure"
ADDED_UP = "unit: number, frequency: monthly, accumulates: financial_year, figures: of_period, "
ADDED_UP += "target: {at_least: 50, profile: full_year}"


def compose(settings: str, figures: Mapping[Month, str | Status]) -> tuple[EarlierFigure, ...]:
    """The earlier figures in November 2020, of a figure or the reason for none by month."""
    catalogue = make_catalogue(f'- {{number: "1", title: Calls answered, {settings}}}\n')
    observations = [
        Observation(
            indicator="1",
            month=month,
            known=max(month, Month(2020, 4)),
            place=Place(file="any.csv", line=2),
            value=Decimal(each) if isinstance(each, str) else None,
            status=each if isinstance(each, Status) else None,
        )
        for month, each in figures.items()
    ]
    return compose_figures(score_with_history(catalogue, observations, NOVEMBER))["1"].earlier


def test_an_indicator_that_is_not_rated_has_them_too() -> None:
    (earlier,) = compose(MONTHLY, {Month(2020, 3): "88", Month(2020, 4): "89"})
    assert (str(earlier.month), earlier.figure.printed, earlier.total) == ("2020-03", "88%", None)


def test_without_a_history_there_are_none() -> None:
    assert compose(MONTHLY, {Month(2020, 4): "89"}) == ()


def test_with_those_of_the_year_they_are_36_months() -> None:
    earlier = compose(MONTHLY, {NOVEMBER.add_months(-back): "88" for back in range(60)})
    assert (earlier[0].month.label, earlier[-1].month.label) == ("Dec 2017", "Mar 2020")


def test_a_month_between_has_its_reason_or_is_empty() -> None:
    figures: dict[Month, str | Status] = {
        Month(2019, 12): "88",
        Month(2020, 1): Status.NOT_AVAILABLE,
        Month(2020, 3): "87",
    }
    earlier = compose(MONTHLY, figures)
    assert [
        (each.month.label, each.figure.printed, [mark.symbol for mark in each.figure.symbols])
        for each in earlier
    ] == [
        ("Dec 2019", "88%", []),
        ("Jan 2020", Status.NOT_AVAILABLE.printed, ["[x]"]),
        ("Feb 2020", "", []),
        ("Mar 2020", "87%", []),
    ]


def test_a_month_that_ends_no_period_today_is_left_out() -> None:
    quarterly = MONTHLY.replace("monthly", "quarterly")
    earlier = compose(quarterly, {Month(2019, month): "88" for month in range(5, 13)})
    assert [each.month.label for each in earlier] == [
        "Jun 2019",
        "Sep 2019",
        "Dec 2019",
        "Mar 2020",
    ]


def test_a_break_marks_its_month() -> None:
    broken = f"{MONTHLY}, breaks: [{{from: 2020-02, reason: New}}]"
    earlier = compose(broken, {Month(2020, 1): "88", Month(2020, 2): "70"})
    assert [[mark.symbol for mark in each.figure.symbols] for each in earlier] == [[], ["[b]"], []]


def test_figures_that_are_added_up_have_their_sums() -> None:
    earlier = compose(ADDED_UP, {Month(2019, 4).add_months(each): "3" for each in range(12)})
    assert [each.total and each.total.printed for each in earlier][::11] == ["3", "36"]


def test_a_year_of_which_a_figure_is_hidden_has_neither_figures_nor_sums() -> None:
    figures: dict[Month, str | Status] = {
        Month(2018, 4).add_months(each): "30" for each in range(24)
    }
    figures[Month(2019, 6)] = Status.SUPPRESSED
    earlier = compose(ADDED_UP, figures)
    assert [each.total and each.total.printed for each in earlier][10:13] == [
        "330",
        "360",
        "Suppressed",
    ]
    last = earlier[-1]
    assert (last.figure.value, last.total and last.total.value) == (None, None)
    assert [mark.symbol for mark in last.figure.symbols] == ["[c]"]
