"""Rate one indicator from what a council sends: its entry in YAML, and a line of figures.

A line is short for the extracts of 2020/21, one for each figure: `Apr 110, May 120, Jun 3/4` are a
figure for April, one for May, and a numerator and a denominator for June. A word is a status
(`Jun no_cases`), a rating is an officer's (`Jun Amber`), and `year 95` is the year's own figure.
Each figure comes in the extract of its month, or later by the arrears.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.councils import HEAD
from helpers.rating import make_one, select_only
from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.rating.rate import Verdict, rate
from merton_kpi.series.match import match_observations
from merton_kpi.series.years.other_years import split_by_year

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation

COLUMNS = (
    "indicator,period,value,numerator,denominator,status,judgement,judgement_reason,judgement_by"
)
YEAR = [Month(2020, 4).add_months(index) for index in range(12)]
NAMES = [each.label[:3] for each in YEAR]
RATINGS = ("Blue", "Green", "Amber", "Red")
# A figure that meets its target is green and every other one red, unless an entry has its bands.
MET_OR_NOT = (
    HEAD[: HEAD.index("bands:")] + "bands: {percent: {amber: none}, other: {amber: none}}\n"
)


def read_month(name: str) -> Month:
    """A month of 2020/21 by its three letters; `Apr+1` is the April after."""
    letters, _, years = name.partition("+")
    return YEAR[NAMES.index(letters)].add_months(12 * int(years or 0))


def read_line(catalogue: Catalogue, line: str) -> list[Observation]:
    """The observations of the extracts that a line is short for, as the catalogue's papers do."""
    (indicator,) = catalogue.indicators
    found: list[Observation] = []
    for part in filter(None, map(str.strip, line.split(","))):
        name, cell = part.split()
        month = YEAR[-1] if name == "year" else read_month(name)
        period = "2020/21" if name == "year" else str(month)
        known = month.add_months(indicator.arrears)
        text = f"{COLUMNS}\n1,{period},{format_cells(cell)}\n"
        extract = read_extract(text.encode(), f"{known}.csv", known)
        assert not extract.issues, [str(each) for each in extract.issues]
        found += extract.observations
    return list(split_by_year(catalogue, found)[0])


def format_cells(cell: str) -> str:
    """The cells from `value` on."""
    if cell in RATINGS:
        return f",,,,{cell.lower()},Seen on site,Head of Service"
    if "/" in cell:
        return f",{cell.replace('/', ',')},,,,"
    is_number = cell.lstrip("-").replace(".", "", 1).isdecimal()
    return f"{cell},,,,,," if is_number else f",,,{cell},,,"


def rate_observations(
    catalogue: Catalogue, observations: Iterable[Observation], as_at: Month
) -> Verdict:
    """The verdict of a catalogue's only indicator."""
    series, issues = match_observations(catalogue, observations, as_at)
    assert not issues, [str(each) for each in issues]
    indicator, scale = select_only(catalogue)
    return rate(indicator, scale, series[indicator.number])


def rate_line(settings: str, line: str, as_at: str = "", head: str = MET_OR_NOT) -> Verdict:
    """The verdict in the papers of a month, or of the one in which the last figure came."""
    catalogue = make_one(settings, head)
    observations = read_line(catalogue, line)
    month = read_month(as_at) if as_at else max(each.known for each in observations)
    return rate_observations(catalogue, observations, month)
