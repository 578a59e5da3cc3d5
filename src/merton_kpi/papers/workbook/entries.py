"""Cells that a reader fills in: what may be entered, and the protection of all other cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from merton_kpi.core.text import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ANY = 10**15  # either side of zero; Excel keeps 15 digits
_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255  # characters that Excel shows beside a cell


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What may be entered into a cell, and the words that Excel shows beside it.

    A number from `least` to `most` (None: no limit) where it `is_number`, one of the cells that
    `choices` names where there are any, and else text.
    """

    title: str
    prompt: str
    is_number: bool = False
    least: int | None = None
    most: int | None = None
    choices: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Blank:
    """An empty cell, to be filled in where it has an `entry`; `lines` is the room that it has."""

    entry: Entry | None = None
    lines: int = 1


def add_entries(sheet: Any, rows: Sequence[Iterable[object]], top: int) -> None:
    """Protect a sheet but for the cells to be filled in, and say what each of these may hold.

    Protected without a password, which keeps nobody out but prevents slips. Row heights, column
    widths and formats may still be changed. A sheet without such cells stays as it is.

    Args:
        sheet: The sheet.
        rows: The contents of its table.
        top: The row of the table's headers.
    """
    places: dict[Entry, list[str]] = {}
    for row, contents in enumerate(rows, top + 1):
        for column, content in enumerate(contents, 1):
            if isinstance(content, Blank) and content.entry:
                address = f"{get_column_letter(column)}{row}"
                places.setdefault(content.entry, []).append(address)
    if not places:
        return
    protection = sheet.protection
    protection.sheet = True
    protection.formatCells = protection.formatColumns = protection.formatRows = False  # allowed
    for entry, cells in places.items():
        validation = _compose_validation(entry)
        for cell in cells:
            validation.add(cell)
        sheet.data_validations.append(validation)


def _compose_validation(entry: Entry) -> DataValidation:
    """What Excel checks; it asks about a number outside the limits, and takes it on a yes."""
    kind: dict[str, Any] = {"type": "textLength", "operator": "lessThanOrEqual"}
    kind["formula1"] = str(LONGEST)
    if entry.is_number:
        least = -_ANY if entry.least is None else entry.least
        most = _ANY if entry.most is None else entry.most
        kind = {"type": "decimal", "operator": "between", "errorStyle": "warning"}
        kind |= {"formula1": str(least), "formula2": str(most)}
    elif entry.choices:
        kind = {"type": "list", "formula1": entry.choices}
    return DataValidation(
        **kind,
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=True,
        promptTitle=entry.title[:_LONGEST_TITLE],
        prompt=entry.prompt[:_LONGEST_PROMPT],
        errorTitle=entry.title[:_LONGEST_TITLE],
        error=entry.prompt[:_LONGEST_PROMPT],
    )
