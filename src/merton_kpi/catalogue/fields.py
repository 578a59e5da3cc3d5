"""How a catalogue's scalars become values: the field types that its models are made of."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetPydanticSchema
from pydantic_core import CoreSchema, core_schema

from merton_kpi.core.issues import shorten
from merton_kpi.core.periods import FinancialYear, Month, read_date, read_date_and_time

if TYPE_CHECKING:
    from collections.abc import Callable


def _figure(value: object) -> object:
    return Decimal(value) if type(value) is int else value


def _reader(parse: Callable[[str], object]) -> BeforeValidator:
    """Parses text, and a number as if it were text; what is neither has a fault of its kind."""

    def read(value: object) -> object:
        return parse(shorten(str(value))) if type(value) in (str, int, Decimal) else value

    return BeforeValidator(read)


def _take_period(kind: type, _: object) -> CoreSchema:
    """A month or year, once it is read; by itself pydantic would make one of any two numbers."""
    return core_schema.custom_error_schema(
        core_schema.is_instance_schema(kind, ref=kind.__name__),
        custom_error_type="period_type",
        custom_error_message="Input should be a {class_name}",
        custom_error_context={"class_name": kind.__name__},
    )


class EntryError(ValueError):
    """A fault that is told at one key of an entry; `path` leads to it from the entry."""

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message)
        self.path = path


def check_not_empty(entries: tuple[object, ...]) -> tuple[object, ...]:
    """Refuse an empty list; where an entry of it has a fault, only that is told."""
    if not entries:
        raise ValueError("list at least one here")
    return entries


Figure = Annotated[Decimal, BeforeValidator(_figure)]
Text = Annotated[str, Field(min_length=1)]
_PERIOD = GetPydanticSchema(_take_period)
YearKey = Annotated[FinancialYear, _PERIOD, _reader(FinancialYear.read)]
MonthText = Annotated[Month, _PERIOD, _reader(Month.read)]
DayText = Annotated[date, _reader(read_date)]
MomentText = Annotated[datetime, _reader(read_date_and_time)]


def check_no_repeats(entries: tuple[object, ...]) -> tuple[object, ...]:
    """Refuse a list that names something twice."""
    for place, entry in enumerate(entries):
        if entry in entries[:place]:
            raise EntryError(f"{shorten(str(entry))} stands twice; keep one of them", place)
    return entries


class Entry(BaseModel):
    """Common to all: frozen, strict, and no unknown keys.

    The models' modules do not postpone annotations: pydantic would evaluate each from its text.
    """

    # Built when first used: the Catalogue builds all of them at once, in half the time.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)
