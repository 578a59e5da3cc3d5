"""What the papers of a small council show, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.councils import make_catalogue

from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.series.match import match_observations
from merton_kpi.series.suppression import suppress_earlier_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series

COLUMNS = "indicator,period,value,numerator,denominator,status"
# The end of an entry: how its small counts are hidden, and how it is reported.
OPEN = "frequency: monthly, target: new"
SMALL = f"suppress_small_numbers: true, {OPEN}"


def read_month(text: str) -> Month:
    """A month from its text: `2020-04`."""
    year, number = text.split("-")
    return Month(int(year), int(number))


def read_rows(known: Month, rows: str) -> tuple[Observation, ...]:
    """The observations of an extract's rows: indicator, period, value, numerator and so on.

    A row without a period is for the extract's own month.
    """
    text = f"{COLUMNS}\n" + "\n".join(row.strip() for row in rows.split(";")) + "\n"
    extract = read_extract(text.encode(), f"{known}.csv", known)
    assert not extract.issues, [str(each) for each in extract.issues]
    return extract.observations


def publish(indicators: str, extracts: Mapping[str, str]) -> dict[str, str]:
    """Each paper from the first extract to the last: its figures by indicator.

    A paper reads like `1: 6 c 7; 2: 6 c 16`; `c` is a hidden figure. One with parts is `98=98/100`.
    After `+` come the totals that are added up, after `year` the year's own figure, after `was` the
    outturns and last year's months.

    Args:
        indicators: The catalogue's entries in YAML.
        extracts: The rows of each month's extract, between semicolons.
    """
    catalogue = make_catalogue(indicators)
    rows = [each for month, text in extracts.items() for each in read_rows(read_month(month), text)]
    months = [read_month(month) for month in extracts]
    papers = {}
    as_at = min(months)
    while as_at <= max(months):
        series, issues = match_observations(catalogue, rows, as_at)
        assert not issues, [str(each) for each in issues]
        papers[str(as_at)] = format_paper(catalogue, series)
        as_at = as_at.add_months(1)
    return papers


def format_paper(catalogue: Catalogue, series: Mapping[str, Series]) -> str:
    """All figures of a paper in one line."""
    earlier = suppress_earlier_figures(catalogue)
    lines = []
    for indicator, before in zip(catalogue.indicators, earlier.indicators, strict=True):
        words = (*list_figures(series[indicator.number]), *list_earlier(indicator, before))
        lines.append(f"{indicator.number}: {' '.join(words)}")
    return "; ".join(lines)


def list_figures(mine: Series) -> Iterator[str]:
    """The figures of the year, the totals and the year's own figure."""
    yield from (format_figure(each) for _, each in sorted(mine.figures.items()))
    if mine.totals is not None:
        yield "+"
        for _, total in sorted(mine.totals.items()):
            if total.figure is not None or total.status is not None:
                yield "c" if total.figure is None else f"{total.figure:f}"
    if mine.whole_year:
        yield "year"
        yield from map(format_figure, mine.whole_year.figures.values())


def list_earlier(given: Indicator, shown: Indicator) -> Iterator[str]:
    """The outturns and last year's months, of those that the catalogue gives."""
    if given.outturns or given.earlier_months:
        yield "was"
    for outturn in shown.outturns.values():
        yield "c" if outturn.value is None else f"{outturn.value:f}"
    for month in given.earlier_months:
        yield f"{shown.earlier_months[month]:f}" if month in shown.earlier_months else "c"


def format_figure(each: Observation) -> str:
    """A figure as it is printed, with its numerator and denominator: `98=98/100`."""
    if each.value is None:
        assert each.numerator is None
        assert each.denominator is None
        return "c"
    parts = [f"{part:f}" for part in (each.numerator, each.denominator) if part is not None]
    return f"{each.value:f}" + (f"={'/'.join(parts)}" if parts else "")
