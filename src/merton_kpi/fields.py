"""How a catalogue's scalars become values: the field types that its models are made of."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from merton_kpi.periods import FinancialYear, Month


def _figure(value: object) -> object:
    return Decimal(value) if type(value) is int else value


def _financial_year(value: object) -> object:
    return FinancialYear.parse(value) if isinstance(value, str) else value


def _month(value: object) -> object:
    return Month.parse(value) if isinstance(value, str) else value


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"'{value}' is not a date: write it like 2021-01-13") from None


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"'{value}' is not a time: write it like 2021-01-05T12:00") from None


def at_least_one(entries: tuple[object, ...]) -> tuple[object, ...]:
    """Refuse an empty list; where an entry of it has a fault, only that is told."""
    if not entries:
        raise ValueError("list at least one here")
    return entries


Figure = Annotated[Decimal, BeforeValidator(_figure)]
Text = Annotated[str, Field(min_length=1)]
YearKey = Annotated[FinancialYear, BeforeValidator(_financial_year)]
MonthText = Annotated[Month, BeforeValidator(_month)]
DayText = Annotated[date, BeforeValidator(_day)]
MomentText = Annotated[datetime, BeforeValidator(_moment)]


class Entry(BaseModel):
    """Common to all: frozen, strict, and no unknown keys."""

    # Built when first used: the Catalogue builds all of them at once, in half the time.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)
