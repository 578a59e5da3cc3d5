"""Each unit prints a figure in its own way, and has a word that people can be led to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from merton_kpi.core.units import Unit, suggest_unit

TONNES = Unit.of("tonnes", "tonne")
BARE = ("1", "1,234.50", "-2", "1,234.50")
# The figures 1, 1234.50 and -2 in a sentence, and 1234.50 in a table.
PRINTED = {
    Unit.PERCENT: ("1%", "1,234.50%", "-2%", "1,234.50%"),
    Unit.NUMBER: BARE,
    Unit.POUNDS: ("£1", "£1,234.50", "-£2", "£1,234.50"),
    Unit.THOUSAND_POUNDS: (
        *("£1 thousand", "£1,234.50 thousand", "-£2 thousand"),
        "£1,234.50 thousand",
    ),
    Unit.MILLION_POUNDS: (
        *("£1 million", "£1,234.50 million", "-£2 million"),
        "£1,234.50 million",
    ),
    Unit.MINUTES: ("1 minute", "1,234.50 minutes", "-2 minutes", "1,234.50"),
    Unit.HOURS: ("1 hour", "1,234.50 hours", "-2 hours", "1,234.50"),
    Unit.DAYS: ("1 day", "1,234.50 days", "-2 days", "1,234.50"),
    Unit.WEEKS: ("1 week", "1,234.50 weeks", "-2 weeks", "1,234.50"),
    Unit.RATE_PER_1000: BARE,
    Unit.RATE_PER_10000: BARE,
    Unit.RATE_PER_100000: BARE,
    Unit.RATIO: BARE,
    Unit.SCORE: BARE,
    Unit.PERCENTAGE_POINTS: (
        *("1 percentage point", "1,234.50 percentage points", "-2 percentage points"),
        "1,234.50",
    ),
    TONNES: ("1 tonne", "1,234.50 tonnes", "-2 tonnes", "1,234.50"),
    Unit.of("kWh"): ("1 kWh", "1,234.50 kWh", "-2 kWh", "1,234.50"),
}


@pytest.mark.parametrize(("unit", "printed"), PRINTED.items(), ids=map(str, PRINTED))
def test_a_figure_is_printed_as_its_unit_has_it(unit: Unit, printed: tuple[str, ...]) -> None:
    figures = [Decimal(1), Decimal("1234.50"), Decimal(-2)]
    assert (*map(unit.format_figure, figures), unit.format_in_table(figures[1])) == printed


def test_every_named_unit_is_printed_above() -> None:
    assert [unit for unit in PRINTED if unit.is_named] == list(Unit.NAMED)


def test_a_distance_between_percentages_is_in_percentage_points() -> None:
    three = Decimal(3)
    assert Unit.PERCENT.format_difference(three) == "3 percentage points"
    assert Unit.PERCENTAGE_POINTS.format_difference(three) == "3 percentage points"
    assert Unit.POUNDS.format_difference(three) == "£3"
    assert TONNES.format_difference(three) == "3 tonnes"


@pytest.mark.parametrize(
    ("unit", "label"),
    [
        (Unit.PERCENT, "Per cent"),
        (Unit.THOUSAND_POUNDS, "£ thousand"),
        (Unit.RATE_PER_100000, "Rate per 100,000"),
        (Unit.of("kWh"), "kWh"),
    ],
    ids=str,
)
def test_a_units_label_begins_with_a_capital_and_an_own_one_is_as_written(
    unit: Unit, label: str
) -> None:
    assert unit.label == label


def test_two_units_with_one_label_are_the_same() -> None:
    assert Unit.of("tonnes", "tonne") == TONNES
    assert Unit.of("tonnes") != TONNES
    assert Unit.of("trees") != TONNES


@pytest.mark.parametrize(
    ("unit", "figure", "is_possible"),
    [
        (Unit.PERCENT, "0", True),
        (Unit.PERCENT, "-0.1", False),
        (Unit.PERCENT, "100", True),
        (Unit.PERCENT, "100.1", False),
        (Unit.NUMBER, "-1", False),
        (Unit.DAYS, "0", True),
        (Unit.DAYS, "-0.5", False),
        (Unit.RATE_PER_1000, "1500", True),
        (Unit.POUNDS, "-250000", True),
        (Unit.SCORE, "-12", True),
        (Unit.PERCENTAGE_POINTS, "-3.1", True),
        (TONNES, "-1", True),
    ],
)
def test_a_unit_has_limits_where_its_nature_sets_them(
    unit: Unit, figure: str, *, is_possible: bool
) -> None:
    assert unit.is_possible(Decimal(figure)) == is_possible


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("currency", "did you mean 'pounds'?"),
        ("GBP", "did you mean 'pounds'?"),
        ("£m", "did you mean 'million_pounds'?"),
        ("per 1,000", "did you mean 'rate_per_1000'?"),
        ("Rate per 100,000", "did you mean 'rate_per_100000'?"),
        ("%", "did you mean 'percent'?"),
        ("percnt", "did you mean 'percent'? If not, write {label: percnt}"),
    ],
)
def test_another_word_for_a_unit_leads_to_its_own(word: str, advice: str) -> None:
    assert suggest_unit(word) == advice


def test_a_word_that_is_like_none_is_offered_as_a_label() -> None:
    advice = suggest_unit("tonnes")
    assert advice.startswith("write {label: tonnes}, or use one of percent, number, pounds, ")
    assert advice.endswith(", ratio, score, percentage_points")
