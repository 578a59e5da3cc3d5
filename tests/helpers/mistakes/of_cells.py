"""Cells and periods that a spreadsheet or a typist has changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from helpers.mistakes.making import (
    Keep,
    Mistake,
    at_spot,
    change_each,
    expect,
    is_count,
    is_of,
    is_rate,
    kind,
    missing_at,
)
from helpers.mistakes.year import MONTHS, list_spots, read_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from merton_kpi.core.periods import Month


@kind("decimal comma")
def write_decimal_comma() -> Iterator[Mistake]:
    yield from change_each(
        lambda *_: True, lambda value: f"{value:.1f}".replace(".", ","), "not_a_number"
    )


@kind("decimal comma unquoted")
def split_decimal_comma() -> Iterator[Mistake]:
    yield from split_cells(is_rate, lambda value: f"{value:.1f}".replace(".", ","))


@kind("thousands comma unquoted")
def split_thousands() -> Iterator[Mistake]:
    yield from split_cells(is_count, lambda value: f"1,{int(value):03}")


def split_cells(keep: Keep, text: Callable[[Decimal], str]) -> Iterator[Mistake]:
    good = read_year()
    for spot in list_spots(good, keep):
        year = read_year()
        row = year.row(spot.month, spot.number)
        place = year.place(spot.month, spot.number)
        line = int(place.partition(":")[2]) - 1
        written = ",".join(row.values())
        broken = written.replace(f",{row['value']},", f",{text(year.value(spot))},", 1)
        lines = year.text(spot.month).split("\n")
        assert lines[line] == written
        lines[line] = broken
        year.files[f"{spot.month}.csv"] = "\n".join(lines).encode()
        yield at_spot(year, spot, ("extra_cell", "split_number"))


@kind("thousands point")
def write_thousands_point() -> Iterator[Mistake]:
    yield from change_each(
        is_of("5", "13"),
        lambda value: f"1.{int(value):03}",
        ("not_whole", "jump"),
    )


@kind("Excel date")
def write_excel_date() -> Iterator[Mistake]:
    yield from change_each(
        lambda *_: True, lambda value: f"{int(value) % 28 + 1}-May", "not_a_number"
    )


@kind("Excel serial")
def write_excel_serial() -> Iterator[Mistake]:
    yield from change_each(is_count, lambda value: Decimal(43952), "jump")


@kind("Excel serial as decimal")
def write_excel_serial_as_decimal() -> Iterator[Mistake]:
    yield from change_each(
        is_of("4", "12"),
        lambda value: Decimal("43952.0"),
        ("jump", "rate"),
    )


@kind("zero-width space")
def write_zero_width_space() -> Iterator[Mistake]:
    yield from change_each(
        is_count, lambda value: f"1\N{ZERO WIDTH SPACE}{int(value):03}", "not_a_number"
    )


@kind("N/A for a real figure")
def write_not_available() -> Iterator[Mistake]:
    """Once three monthly figures have come."""
    for spot in list_spots(read_year(), is_of("3", "5", "9", "13", "17", "18", "35", since=4)):
        year = read_year()
        place = year.place(spot.month, spot.number)
        year.write(spot, "N/A")
        yield Mistake(
            name=f"{spot.number} {spot.month}",
            year=year,
            as_at=spot.month,
            expected=expect("no_reason", spot.number, place),
        )


def write_period(period: Callable[[Month], str], code: str) -> Iterator[Mistake]:
    for spot in list_spots(read_year(), is_of("5", "13", "17", "40")):
        year = read_year()
        year.row(spot.month, spot.number)["period"] = period(spot.month)
        yield at_spot(year, spot, code)


@kind("US date")
def write_us_date() -> Iterator[Mistake]:
    yield from write_period(lambda month: f"{month.number}/28/{month.year}", "period")


@kind("US date of a month's first day")
def write_us_date_of_first_day() -> Iterator[Mistake]:
    """Read day first, it is a day of January."""
    for spot in list_spots(read_year(), is_of("5", "13", "40")):
        year = read_year()
        year.row(spot.month, spot.number)["period"] = f"{spot.month.number}/1/{spot.month.year}"
        missing = missing_at(year, spot)
        place = year.place(spot.month, spot.number)
        expected = expect(("outside_year", "unexplained"), spot.number, place)
        if spot.month.number > 1:  # of 1 January it is the same day
            yield replace(missing, expected=missing.expected | expected)


@kind("wrong month")
@kind("month wrong")
def write_month_before() -> Iterator[Mistake]:
    for spot in list_spots(read_year(), is_of("5", "13", "40", since=1)):
        year = read_year()
        year.row(spot.month, spot.number)["period"] = str(spot.month.add_months(-1))
        yield missing_at(year, spot)


@kind("year wrong")
def write_year_before() -> Iterator[Mistake]:
    yield from write_period(lambda month: str(month.add_months(-12)), "outside_year")


@kind("quarter by its first month")
def write_first_month() -> Iterator[Mistake]:
    for spot in list_spots(read_year(), is_of("19", "20", "21", "22", "25", "36", "37")):
        year = read_year()
        year.row(spot.month, spot.number)["period"] = str(spot.month.add_months(-2))
        yield at_spot(year, spot, "not_due")


@kind("silent restatement")
def restate() -> Iterator[Mistake]:
    for spot in list_spots(read_year(), is_of("5", "17", "40", "35")):
        after = spot.month.add_months(1)
        if after not in MONTHS or read_year().row(spot.month, spot.number)["note"]:
            continue
        year = read_year()
        row = year.row(spot.month, spot.number)
        changed = row | {"period": str(spot.month), "value": str(year.value(spot) + 1)}
        year.rows[after].append(changed)
        place = f"{after}.csv:{len(year.rows[after]) + 1}"
        yield Mistake(
            name=f"{spot.number} {spot.month}",
            year=year,
            as_at=after,
            expected=expect("unexplained", spot.number, place),
        )
