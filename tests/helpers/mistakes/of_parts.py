"""Mistakes in numerators and denominators."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from helpers.mistakes.making import Mistake, at_spot, has_many_parts, has_parts, kind
from helpers.mistakes.year import list_spots, read_year
from merton_kpi.core.rounding import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterator


@kind("numerator one off")
def change_numerator() -> Iterator[Mistake]:
    good = read_year(parts=True)
    for index, spot in enumerate(list_spots(good, has_parts)):
        year = read_year(parts=True)
        row = year.row(spot.month, spot.number)
        row["numerator"] = str(int(row["numerator"]) + (-1 if index % 2 else 1))
        yield at_spot(year, spot, "parts", parts=True)


@kind("denominator of last month")
def keep_denominator() -> Iterator[Mistake]:
    """Where it would be another percentage."""
    good = read_year(parts=True)
    for spot in list_spots(good, has_parts):
        earlier = [each for each in list_spots(good, has_parts) if each.number == spot.number]
        before = [each for each in earlier if each.month < spot.month]
        if not before:
            continue
        year = read_year(parts=True)
        row = year.row(spot.month, spot.number)
        row["denominator"] = year.row(before[-1].month, spot.number)["denominator"]
        follows = Decimal(row["numerator"]) * 100 / Decimal(row["denominator"])
        if round_half_up(follows, 0) != Decimal(row["value"]):
            yield at_spot(year, spot, "parts", parts=True)


@kind("parts times ten")
def multiply_parts() -> Iterator[Mistake]:
    good = read_year(parts=True)
    for spot in list_spots(good, has_many_parts):
        year = read_year(parts=True)
        row = year.row(spot.month, spot.number)
        row.update(numerator=row["numerator"] + "0", denominator=row["denominator"] + "0")
        yield at_spot(year, spot, "parts_jump", parts=True)


@kind("parts left out")
def leave_out_parts() -> Iterator[Mistake]:
    good = read_year(parts=True)
    for spot in list_spots(good, has_many_parts):
        year = read_year(parts=True)
        for each in list_spots(year, has_many_parts):
            if each.number == spot.number and each.month >= spot.month:
                year.row(each.month, each.number).update(numerator="", denominator="")
        yield at_spot(year, spot, "parts_left_out", parts=True)
