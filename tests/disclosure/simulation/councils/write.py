"""A made-up council's catalogue and extracts, as text."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from disclosure.simulation.councils.council import (
    OUTTURN,
    OWN_YEAR,
    Council,
    Entry,
    Kind,
    Quantities,
)
from disclosure.simulation.councils.months import APRIL, LAST_YEAR, YEAR, format_month

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = f"""\
authority: Anyborough Council
short_name: Anyborough
panel: Services Panel
financial_year: {YEAR}
lead_officer: Director of Services
lead_member: Cabinet Member for Services
contact_officer: Head of Performance
bands:
  percent: {{amber: {{percentage_points: 5}}}}
  other: {{amber: {{percent_of_target: 20}}}}
sections:
  - title: Services
    indicators:
"""
COLUMNS = "indicator,period,value,numerator,denominator,status,note\n"
YEARS = {4: "financial_year", 9: "academic_year"}


def round_half_up(figure: Fraction, decimals: int) -> str:
    """A figure that is not negative, with so many decimals."""
    whole = int(figure * 10**decimals + Fraction(1, 2))
    digits = f"{whole:0{decimals + 1}}"
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


def write_catalogue(council: Council) -> str:
    quantities = Quantities(council)
    return HEAD + "".join(
        f"      - {{{', '.join(_list_keys(quantities, entry))}}}\n" for entry in council.entries
    )


def _list_keys(quantities: Quantities, entry: Entry) -> Iterator[str]:
    """The keys of an entry, each as `key: value`."""
    yield f'number: "{entry.number}"'
    yield f"title: {entry.kind.name.capitalize()}"
    is_percent = entry.kind in (Kind.PERCENT, Kind.TO_DATE, Kind.SHARE)
    rate = f"rate_per_{entry.per}" if entry.kind is Kind.RATE else "number"
    yield f"unit: {'percent' if is_percent else rate}"
    if is_percent or entry.kind is Kind.RATE:
        yield f"decimals: {entry.decimals}"
    yield f"frequency: {'quarterly' if entry.interval == 3 else 'monthly'}"
    yield f"target: {entry.target}"
    if entry.arrears:
        yield f"arrears: {entry.arrears}"
    yield from _list_figure_keys(entry)
    yield from _list_relations(entry)
    yield from _list_suppression(entry)
    yield from _list_earlier(quantities, entry)


def _list_figure_keys(entry: Entry) -> Iterator[str]:
    if entry.kind is Kind.TO_DATE:
        yield "figures: to_date"
    elif entry.first and entry.kind is not Kind.RATE:
        yield f"accumulates: {YEARS[entry.first]}"
        if entry.adds_up:
            yield "figures: of_period"


def _list_relations(entry: Entry) -> Iterator[str]:
    numbers = [f'"{each}"' for each in entry.of]
    if entry.kind is Kind.SUM:
        yield f"sum_of: [{', '.join(numbers)}]"
    elif entry.kind is Kind.RUNNING:
        yield f"running_total_of: {numbers[0]}"
    elif entry.kind is Kind.SHARE:
        yield f"percentage_of: {{count: {numbers[0]}, of: {numbers[1]}}}"
    elif entry.kind is Kind.RATE:
        population = f", population: {entry.population}" if entry.is_population_public else ""
        yield f"rate_of: {{count: {numbers[0]}{population}}}"


def _list_suppression(entry: Entry) -> Iterator[str]:
    if entry.below == 5 and not entry.round_to:
        yield "suppress_small_numbers: true"
    elif entry.below:
        rounding = f", round_to: {entry.round_to}" if entry.round_to else ""
        yield f"suppress: {{below: {entry.below}{rounding}}}"


def _list_earlier(quantities: Quantities, entry: Entry) -> Iterator[str]:
    """Last year's months and outturn."""
    months = [
        f"{format_month(month)}: {format_figure(quantities, entry, month)}"
        for month in quantities.council.earlier.get(entry.number, ())
        if _has_cases(quantities, entry, month)
    ]
    if months:
        yield f"earlier_months: {{{', '.join(months)}}}"
    if entry.outturn:
        figure = format_figure(quantities, entry, OUTTURN)
        period = f", period: academic year {entry.outturn}" if entry.outturn != LAST_YEAR else ""
        yield f"outturns: {{{LAST_YEAR}: {{value: {figure}{period}}}}}"


def _has_cases(quantities: Quantities, entry: Entry, month: int) -> bool:
    parts = quantities.list_parts(entry.number, month)
    return "d" not in parts or quantities.council.add(parts["d"], month) > 0


def format_figure(quantities: Quantities, entry: Entry, period: int, known: int = 10**6) -> str:
    """A figure as a service would send it."""
    parts = quantities.list_parts(entry.number, period)
    counts = {name: quantities.council.add(cells, known) for name, cells in parts.items()}
    if "v" in counts:
        return str(counts["v"])
    denominator = entry.population if entry.kind is Kind.RATE else counts["d"]
    if not denominator:
        return "0"
    return round_half_up(Fraction(entry.per * counts["n"], denominator), entry.decimals)


def write_extracts(council: Council) -> dict[str, str]:
    """The text of each extract by its name."""
    quantities = Quantities(council)
    found = {}
    for known in range(APRIL, council.last + 1):
        found[f"{format_month(known)}.csv"] = COLUMNS + "".join(_list_rows(quantities, known))
    return found


def _list_rows(quantities: Quantities, known: int) -> Iterator[str]:
    """The rows of the extract of a month: what is sent first, then what is corrected."""
    council = quantities.council
    for (number, period), month in council.sent.items():
        if month == known:
            yield _format_row(quantities, council.select(number), period, known)
    for number, period in council.resent.get(known, ()):
        row = _format_row(quantities, council.select(number), period, known)
        yield f"{row.rstrip()}Recounted\n"


def _format_row(quantities: Quantities, entry: Entry, period: int, known: int) -> str:
    name = YEAR if period == OWN_YEAR else format_month(period)
    status = quantities.council.statuses.get((entry.number, period), "")
    if status:
        return f"{entry.number},{name},,,,{status},\n"
    parts = quantities.list_parts(entry.number, period)
    council = quantities.council
    counts = {part: str(council.add(cells, known)) for part, cells in parts.items()}
    sends = "nd" if counts.get("d") == "0" else entry.sends
    value = format_figure(quantities, entry, period, known) if "v" in sends else ""
    numerator = counts.get("n", "") if "n" in sends else ""
    denominator = counts.get("d", "") if "d" in sends else ""
    return f"{entry.number},{name},{value},{numerator},{denominator},,\n"
