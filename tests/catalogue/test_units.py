"""A catalogue names a unit by a word, or gives any other by its label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import LINE, ONE, list_issues, list_places
from helpers.councils import HEAD, make_catalogue
from helpers.messages import list_codes

from merton_kpi.catalogue.bands import select_scale
from merton_kpi.core.periods import FinancialYear
from merton_kpi.core.units import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.catalogue.indicator import Indicator

ENTRY = """\
- number: "1"
  title: Any
  unit: UNIT
  frequency: monthly
  target: {at_least: 90}
"""


def read_one(unit: str, more: str = "") -> Indicator:
    (indicator,) = make_catalogue(ENTRY.replace("UNIT", unit) + more).indicators
    return indicator


@pytest.mark.parametrize("unit", Unit.NAMED, ids=str)
def test_a_named_unit_is_read_by_its_word(unit: Unit) -> None:
    assert read_one(unit.word).unit is unit


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("{label: tonnes}", Unit.of("tonnes")),
        ("{label: tonnes, singular: tonne}", Unit.of("tonnes", "tonne")),
    ],
)
def test_any_other_unit_is_read_by_its_label(written: str, unit: Unit) -> None:
    assert read_one(written).unit == unit


def test_an_outturn_can_have_a_unit_of_its_own() -> None:
    more = (
        "  outturns: {2019/20: {value: 5, unit: {label: tonnes}}, 2018/19: {value: 4, unit: days}}"
    )
    outturns = read_one("weeks", more).outturns
    units = {year: outturn.unit for year, outturn in outturns.items()}
    assert units == {FinancialYear(2019): Unit.of("tonnes"), FinancialYear(2018): Unit.DAYS}


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("currency", "unknown_word"),
        ("tonnes", "unknown_word"),
        ("percnt", "unknown_word"),
        ('""', "unknown_word"),
        ("5", "wrong_kind"),
        ("[days]", "wrong_kind"),
        ("{label: per cent}", "unfit_value"),
        ("{label: days}", "unfit_value"),
        ("{label: 5}", "wrong_kind"),
        ("{lable: tonnes}", "unknown_key"),
        ("{singular: tonne}", "missing_key"),
    ],
)
def test_a_unit_that_cannot_be_read_is_an_error(
    unit: str, code: str, messages: Callable[..., None]
) -> None:
    issues = list_issues(HEAD + ONE.replace("unit: percent", f"unit: {unit}"))
    assert [each.split()[0] for each in list_codes(issues)] == [code]
    assert [issue.place.line for issue in issues] == [LINE + 6]
    messages(issues)


@pytest.mark.parametrize("unit", ["percent", "percentage_points"])
def test_percentages_and_percentage_points_have_the_same_bands(unit: str) -> None:
    catalogue = make_catalogue(ENTRY.replace("UNIT", unit))
    (section,) = catalogue.sections
    assert catalogue.scale_for(section, section.indicators[0]) == select_scale(
        catalogue.bands.percent
    )


@pytest.mark.parametrize("unit", ["pounds", "days", "rate_per_1000", "{label: tonnes}"])
def test_every_other_unit_has_the_other_bands(unit: str) -> None:
    catalogue = make_catalogue(ENTRY.replace("UNIT", unit))
    (section,) = catalogue.sections
    assert catalogue.scale_for(section, section.indicators[0]) == select_scale(
        catalogue.bands.other
    )


def test_a_band_in_percentage_points_of_an_own_unit_is_an_error(
    messages: Callable[..., None],
) -> None:
    one = ONE.replace("unit: percent", "unit: {label: tonnes}")
    issues = list_issues(f"{HEAD}{one}        bands: {{amber: {{percentage_points: 5}}}}\n")
    assert list_places(issues) == ["bands +11:24"]
    messages(issues)
