"""Check one indicator's data: from its settings in YAML and its extracts' rows to warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.councils import make_catalogue
from merton_kpi.core.findings import FindingCode
from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.quality.warnings import DataWarning, check_data
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.issues import Issue
    from merton_kpi.extracts.observations import Observation

APRIL = Month(2020, 4)
PERCENT = "unit: percent, frequency: monthly, target: not_a_target_measure"
NUMBER = "unit: number, frequency: monthly, target: not_a_target_measure"


def check_rows(settings: str, rows: str) -> list[DataWarning]:
    """The warnings about an indicator with these settings, and a row a month from April on.

    A row may name its extract's month instead: `2020-07:1,5`. Missing figures are left out.
    """
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {settings}}}')
    observations: list[Observation] = []
    for index, row in enumerate(rows.split()):
        month, _, cells = row.rpartition(":")
        known = Month.read(month) if month else APRIL.add_months(index)
        text = f"indicator,value,numerator,denominator,note,confirmed\n{cells}\n"
        extract = read_extract(text.encode(), f"{known}.csv", known)
        assert not extract.issues
        observations += extract.observations
    as_at = max(each.known for each in observations)
    series, issues = match_observations(catalogue, observations, as_at)
    assert not issues
    warnings = check_data(catalogue, series, list_places(catalogue))
    return [each for each in warnings if each.code is not FindingCode.MISSING]


def list_issues(settings: str, rows: str) -> list[Issue]:
    """The same warnings as issues."""
    return [each.issue for each in check_rows(settings, rows)]


def list_places(catalogue: Catalogue) -> dict[str, Place]:
    """A place for each indicator's entry, without a line."""
    return dict.fromkeys((each.number for each in catalogue.indicators), Place("indicators.yaml"))


def list_warnings(settings: str, rows: str) -> list[str]:
    """Each warning's code with what it is about, having checked that its place is that row's."""
    warnings = check_rows(settings, rows)
    for each in warnings:
        if each.place.line:
            month = Month.read(each.place.file.removesuffix(".csv"))
            assert (each.about, each.place.line) == (month.label, 2)
    return [f"{each.code.value} {each.about}" for each in warnings]
