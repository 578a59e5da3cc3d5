"""How a catalogue's scalars become values: the field types that its models are made of."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from merton_kpi.issues import shorten
from merton_kpi.periods import FinancialYear, Month

if TYPE_CHECKING:
    from collections.abc import Callable

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_BRITISH_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\b")


def _figure(value: object) -> object:
    return Decimal(value) if type(value) is int else value


def _reader(parse: Callable[[str], object]) -> BeforeValidator:
    """Parses text, and a number as if it were text; what is neither has a fault of its kind."""

    def read(value: object) -> object:
        return parse(shorten(str(value))) if type(value) in (str, int, Decimal) else value

    return BeforeValidator(read)


def _parse_day(text: str) -> date:
    with suppress(ValueError):
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    near = _guess_day(text) or "2021-01-13"
    raise ValueError(f"'{text}' is not a date: write it like {near}")


def _parse_moment(text: str) -> datetime:
    with suppress(ValueError):
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    near = _guess_day(text) or (text[:10] if _DAY.fullmatch(text[:10]) else "2021-01-05")
    raise ValueError(f"'{text}' is not a date and time: write it like {near}T12:00")


def _guess_day(text: str) -> str:
    """The date that a text which begins with one as people write it, 13/1/2021, may mean."""
    found = _BRITISH_DAY.match(text)
    with suppress(ValueError):
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else ""
    return ""


def at_least_one(entries: tuple[object, ...]) -> tuple[object, ...]:
    """Refuse an empty list; where an entry of it has a fault, only that is told."""
    if not entries:
        raise ValueError("list at least one here")
    return entries


Figure = Annotated[Decimal, BeforeValidator(_figure)]
Text = Annotated[str, Field(min_length=1)]
YearKey = Annotated[FinancialYear, _reader(FinancialYear.parse)]
MonthText = Annotated[Month, _reader(Month.parse)]
DayText = Annotated[date, _reader(_parse_day)]
MomentText = Annotated[datetime, _reader(_parse_moment)]


def once_each(entries: tuple[int, ...]) -> tuple[int, ...]:
    """Refuse an empty list, and one that names something twice."""
    at_least_one(entries)
    for place, entry in enumerate(entries):
        if entry in entries[:place]:
            raise ValueError(f"{entry} stands twice; keep one of them")
    return entries


class Entry(BaseModel):
    """Common to all: frozen, strict, and no unknown keys."""

    # Built when first used: the Catalogue builds all of them at once, in half the time.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)
