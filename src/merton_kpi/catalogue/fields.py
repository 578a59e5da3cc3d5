"""The base class of the catalogue's models, and the types of their fields.

Modules with models do not postpone annotations, since pydantic reads them when the program runs.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict

from merton_kpi.core.issues import shorten
from merton_kpi.core.periods import FinancialYear, Month, read_date, read_date_and_time, read_time


class Entry(BaseModel):
    """What all entries of the catalogue share: frozen, strict, and no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class EntryError(ValueError):
    """A fault at one key of an entry; `path` leads to the key from the entry."""

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message)
        self.path = path


def check_not_empty(entries: tuple[object, ...]) -> tuple[object, ...]:
    """Refuse an empty list.

    It runs after the entries are checked, so a list whose entries are all faulty is not empty.
    """
    if not entries:
        raise ValueError("this list is empty; write at least one item")
    return entries


def check_no_repeats(entries: tuple[object, ...]) -> tuple[object, ...]:
    """Refuse a list that has an entry twice."""
    for index, entry in enumerate(entries):
        if entry in entries[:index]:
            word = str(entry.value if isinstance(entry, Enum) else entry)
            raise EntryError(f"'{shorten(word)}' appears twice; keep one of them", index)
    return entries


def _convert_to_decimal(value: object) -> object:
    """A whole number as a Decimal; anything else, True and False too, is left to be refused."""
    return Decimal(value) if type(value) is int else value


def _read_with(read: Callable[[str], object], value: object) -> object:
    """Read text, or a number as if it were text; anything else is left to be refused."""
    return read(shorten(str(value))) if type(value) in (str, int, Decimal) else value


# A closed list's member is accepted as its word.
BY_WORD = Strict(strict=False)
Figure = Annotated[Decimal, BeforeValidator(_convert_to_decimal)]
Text = Annotated[str, Field(min_length=1)]
YearKey = Annotated[FinancialYear, BeforeValidator(partial(_read_with, FinancialYear.read))]
MonthText = Annotated[Month, BeforeValidator(partial(_read_with, Month.read))]
DayText = Annotated[date, BeforeValidator(partial(_read_with, read_date))]
TimeText = Annotated[time, BeforeValidator(partial(_read_with, read_time))]
MomentText = Annotated[datetime, BeforeValidator(partial(_read_with, read_date_and_time))]
