"""Mistakes in a whole file: its header, its rows, its end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.mistakes.making import (
    Mistake,
    at_spot,
    expect,
    has_parts,
    kind,
    missing_at,
    whole_file,
)
from helpers.mistakes.year import MONTHS, Noticed, Spot, Year, list_spots, read_year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month


@kind("swapped value and numerator")
def swap_value_and_numerator() -> Iterator[Mistake]:
    good = read_year(parts=True)
    for spot in list_spots(good, has_parts):
        year = read_year(parts=True)
        row = year.row(spot.month, spot.number)
        row["value"], row["numerator"] = row["numerator"], row["value"]
        if row["value"] != row["numerator"]:
            yield at_spot(year, spot, ("parts", "impossible"), parts=True)


@kind("swapped parts")
def swap_parts() -> Iterator[Mistake]:
    good = read_year(parts=True)
    for spot in list_spots(good, has_parts):
        year = read_year(parts=True)
        row = year.row(spot.month, spot.number)
        row["denominator"], row["numerator"] = row["numerator"], row["denominator"]
        if row["denominator"] != row["numerator"]:
            yield at_spot(year, spot, "parts", parts=True)


@kind("header swapped")
def swap_header() -> Iterator[Mistake]:
    for month in MONTHS:
        year = read_year()
        header, _, rest = year.text(month).partition("\n")
        names = header.split(",")
        value, note = names.index("value"), names.index("note")
        names[value], names[note] = names[note], names[value]
        year.files[f"{month}.csv"] = f"{','.join(names)}\n{rest}".encode()
        place = year.place(month, "5")
        yield whole_file(year, month, expect("number_in_note", "5", place))


@kind("last month's file again")
def send_again() -> Iterator[Mistake]:
    """The whole file, with last month's figures that have a period of their own."""
    for before, month in pairwise(MONTHS):
        year = read_year()
        year.rows[month] = year.rows[before]
        yield whole_file(year, month, repeated_place(year, month))
        # In most figures: every fourth is another.
        other = read_year()
        other.rows[month] = [
            dict(row) if index % 4 else other.row_or(row, month)
            for index, row in enumerate(other.rows[before])
        ]
        yield whole_file(other, month, repeated_place(other, month))


def repeated_place(year: Year, month: Month) -> frozenset[Noticed]:
    """Any row of the file: the first one with a repeated figure."""
    return frozenset(
        ("repeated_extract", row["indicator"], f"{month}.csv:{line}")
        for line, row in enumerate(year.rows[month], start=2)
    )


@kind("file shifted a month")
def shift_file() -> Iterator[Mistake]:
    for month, after in pairwise(MONTHS[1:]):
        year = read_year()
        year.rows[after] = year.rows[month]
        year.files[f"{month}.csv"] = b""
        yield Mistake(
            name=str(month), year=year, as_at=after, expected=expect("missing", "5", month.label)
        )


def has_own_month(spot: Spot, _indicator: Indicator, _value: Decimal) -> bool:
    """Not the figures that come a month in arrears."""
    return spot.number not in ("33", "34")


@kind("row dropped")
def drop_row() -> Iterator[Mistake]:
    for spot in list_spots(read_year(), has_own_month):
        year = read_year()
        year.rows[spot.month].remove(year.row(spot.month, spot.number))
        yield missing_at(year, spot)


@kind("last row dropped")
@kind("last line lost")
def drop_last_row() -> Iterator[Mistake]:
    for month in MONTHS:
        year = read_year()
        last = year.rows[month].pop()
        yield missing_at(year, Spot(month, last["indicator"]))


@kind("row twice")
def repeat_row() -> Iterator[Mistake]:
    for spot in list_spots(read_year()):
        year = read_year()
        row = year.row(spot.month, spot.number)
        year.rows[spot.month].append(row | {"value": "1"})
        place = f"{spot.month}.csv:{len(year.rows[spot.month]) + 1}"
        yield Mistake(
            name=f"{spot.number} {spot.month}",
            year=year,
            as_at=spot.month,
            expected=expect("given_twice", spot.number, place),
        )


@kind("two files")
def send_two_files() -> Iterator[Mistake]:
    for month in MONTHS:
        year = read_year()
        year.files[f"{month}-again.csv"] = year.text(month).encode()
        # The file whose name comes first is read first.
        expected = expect("given_twice", "", f"{month}.csv")
        yield whole_file(year, month, expected)


@kind("half a file")
def halve_file() -> Iterator[Mistake]:
    for month in MONTHS:
        year = read_year()
        text = year.text(month).encode()
        year.files[f"{month}.csv"] = text[: len(text) // 2]
        yield whole_file(year, month, expect("missing", "35", month.label))


@kind("header only")
def lose_rows() -> Iterator[Mistake]:
    for month in MONTHS:
        year = read_year()
        year.files[f"{month}.csv"] = year.text(month).partition("\n")[0].encode() + b"\n"
        yield whole_file(year, month, expect("missing", "5", month.label))


@kind("cut in the last value")
def cut_last_value() -> Iterator[Mistake]:
    """A file of two columns whose last figure has a decimal, once three such have come."""
    for month in MONTHS[3:]:
        for number in ("4", "12"):
            year = read_year()
            rows = [row for row in year.rows[month] if row["value"] and not row["period"]]
            rows = [row for row in rows if row["indicator"] != number]
            rows.append(year.row(month, number))
            lines = "".join(f"{row['indicator']},{row['value']}\n" for row in rows)
            whole = f"indicator,value\n{lines}".encode()
            if rows[-1]["value"].endswith(".0"):
                continue
            year.files[f"{month}.csv"] = whole[:-3]
            place = f"{month}.csv:{len(rows) + 1}"
            yield Mistake(
                name=f"{number} {month}",
                year=year,
                as_at=month,
                expected=expect("cut_off", number, place),
            )


@kind("column of another")
def shift_cells() -> Iterator[Mistake]:
    for spot in list_spots(read_year(), has_own_month):
        year = read_year()
        row = year.row(spot.month, spot.number)
        year.row(spot.month, spot.number).update(value="", numerator=row["value"])
        line = int(f"{year.rows[spot.month].index(row) + 2}")
        yield Mistake(
            name=f"{spot.number} {spot.month}",
            year=year,
            as_at=spot.month,
            expected=expect("parts_without_value", spot.number, f"{spot.month}.csv:{line}"),
        )
