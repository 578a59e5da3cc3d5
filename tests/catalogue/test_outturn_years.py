"""Which year an outturn covers: its heading's, or the academic year that its period names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, make_catalogue
from helpers.messages import list_codes

from merton_kpi.core.periods import FinancialYear, read_academic_year
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.core.issues import Issue

TOTAL = (
    '{number: "1", title: Any, unit: number, frequency: monthly, accumulates: academic_year, '
    "target: {no_worse_than: last_year}, polarity: lower_is_better, outturns: "
)


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("academic year 2015/16", "2015/16"),
        ("Academic year 2015-16", "2015/16"),
        ("academic year 2015/2016, published in January 2017", "2015/16"),
        ("2015/16", "2015/16"),
        ("end of the academic year, 31 August 2019", "2018/19"),
        ("academic year to September 2019", "2019/20"),
        ("31 August 2019", "2018/19"),
        ("June 2024", "2023/24"),
        ("September 2022 to August 2023", "2022/23"),
        ("1 September 2022 \u2013 31 August 2023", "2022/23"),
        ("published in January 2024", None),
        ("AY22/23", None),
        ("2022", None),
        ("financial year 2015/16", None),
        ("calendar year 2018", None),
        ("academic year 2015/17", None),
        ("Q4", None),
    ],
)
def test_a_period_names_an_academic_year(words: str, year: str | None) -> None:
    assert read_academic_year(words) == (year and FinancialYear.read(year))


@pytest.mark.parametrize(
    ("outturns", "by_year"),
    [
        ("{2019/20: 4, 2018/19: 3}", {"2019/20": 4, "2018/19": 3}),
        (
            "{2019/20: {value: 4, period: academic year 2018/19}, "
            "2018/19: {value: 3, period: academic year 2017/18}}",
            {"2018/19": 4, "2017/18": 3},
        ),
        ("{2019/20: {value: 4, period: Q4}}", {"2019/20": 4}),
        (
            "{2019/20: {value: 4, period: 2018/19}, 2018/19: {status: academic_year_measure}}",
            {"2018/19": 4},
        ),
        (
            "{2018/19: {status: academic_year_measure}, 2019/20: {value: 4, period: 2018/19}}",
            {"2018/19": 4},
        ),
    ],
)
def test_the_stated_academic_year_of_a_total_since_september_decides(
    outturns: str, by_year: dict[str, int]
) -> None:
    (indicator,) = make_catalogue(f"- {TOTAL}{outturns}}}").indicators
    found = {str(year): each.value for year, each in indicator.outturns_by_year.items()}
    assert found == by_year


def test_the_headings_of_other_indicators_decide() -> None:
    """A percentage that is published a year late is compared as the papers print it."""
    settings = "unit: percent, frequency: annual, due_months: [3], target: new"
    outturns = "{2018/19: {value: 13.3, period: academic year 2017/18}}"
    entry = f'- {{number: "1", title: Any, {settings}, outturns: {outturns}}}'
    (indicator,) = make_catalogue(entry).indicators
    assert [str(year) for year in indicator.outturns_by_year] == ["2018/19"]


def check(outturns: str) -> tuple[Issue, ...]:
    text = f"{HEAD}sections:\n- title: S\n  indicators:\n  - {TOTAL}{outturns}}}\n"
    _, issues = read_catalogue(text, "indicators.yaml")
    return tuple(each for each in issues if each.severity.value == "error")


def test_a_period_that_contradicts_a_heading_or_another_outturn_is_an_error(
    messages: Callable[..., None],
) -> None:
    twice = check("{2019/20: {value: 4, period: academic year 2018/19}, 2018/19: 3}")
    later = check("{2018/19: {value: 4, period: academic year 2019/20}}")
    unread = check("{2018/19: {value: 4, period: academic year 2018}}")
    short = check("{2018/19: {value: 4, period: AY17/18}}")
    dates = check("{2018/19: {value: 4, period: September 2018 to June 2020}}")
    found = (*twice, *later, *unread, *short, *dates)
    assert [code.split()[0] for code in list_codes(found)] == ["unfit_value"] * 5
    messages(found)
