"""The scorecard to a tidy CSV for other tools: one row for each indicator and period.

Text stays text in a spreadsheet too: words that begin with `=`, `+`, `-`, `@`, a tab or a line
break, which Excel would take for a formula, get an apostrophe in front. Numbers and days get none:
a negative figure is not a formula.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from merton_kpi.core.text import quote_formula
from merton_kpi.papers.csv_fields import BENCHMARK, FIELDS, Field, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.papers.csv_fields import Value
    from merton_kpi.scorecard.periods.figures import IndicatorFigures
    from merton_kpi.scorecard.records import Scorecard

DELIMITER, LINE_END, QUOTE = ",", "\r\n", '"'  # as RFC 4180 requires


def write_csv(card: Scorecard, figures: Mapping[str, IndicatorFigures]) -> bytes:
    """Write a row for each period that is due, or has a figure or a reason for none, by the month.

    The rows are in the index's order, each indicator's in the order of its periods, under a header
    row. The text is UTF-8 with a byte order mark, without which Excel would take it for another.

    Args:
        card: The papers of the month.
        figures: Each indicator's by its number, as compose_figures gives them.
    """
    content = io.BytesIO()
    text = io.TextIOWrapper(content, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=DELIMITER, lineterminator=LINE_END, quotechar=QUOTE)
    fields = list_fields(card, figures)
    writer.writerow(each.name for each in fields)
    for row in card.rows:
        mine = figures[row.number]
        for period in mine.periods:
            line = Line(card=card, row=row, figures=mine, period=period)
            writer.writerow(_format_value(each.read(line)) for each in fields)
    text.flush()
    return content.getvalue()


def list_fields(card: Scorecard, figures: Mapping[str, IndicatorFigures]) -> tuple[Field, ...]:
    """The columns of a month's CSV, in order.

    All but those of the year's own figure are the same in every month of a catalogue.
    """
    return tuple(_list_used(card, figures))


def _list_used(card: Scorecard, figures: Mapping[str, IndicatorFigures]) -> Iterator[Field]:
    has_green = any(each.has_green for each in figures.values())
    has_blue = any(each.has_blue for each in figures.values())
    absent = {
        "service": not card.service_heading,
        "part_of": not any(row.part_of for row in card.rows),
        "total": not any(row.totals for row in card.rows),
        "green_lower": not has_green,
        "green_upper": not has_green,
        "blue_lower": not has_blue,
        "blue_upper": not has_blue,
        "year_value": not card.has_year_figures,
        "year_note": not card.has_year_figures,
    }
    for each in FIELDS:
        if each is BENCHMARK:
            yield from _list_benchmarks(card.areas)
        elif not absent.get(each.name):
            yield each


def _list_benchmarks(areas: tuple[str, ...]) -> Iterator[Field]:
    """A column for each area, with a name of letters and digits that no other column has."""
    used = {each.name for each in FIELDS}
    for place, area in enumerate(areas):
        plain = unicodedata.normalize("NFKD", area).encode("ascii", "ignore").decode().lower()
        word = re.sub("[^a-z0-9]+", "_", plain).strip("_") or str(place + 1)
        name, number = f"benchmark_{word}", 2
        while name in used:
            name, number = f"benchmark_{word}_{number}", number + 1
        used.add(name)
        yield Field(
            name=name,
            type=BENCHMARK.type,
            description=BENCHMARK.description.replace("the area", area),
            read=lambda line, place=place: line.figures.benchmarks[place],  # type: ignore[misc]
        )


def _format_value(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return quote_formula(value)
    return value.isoformat() if isinstance(value, date) else f"{value:f}"
