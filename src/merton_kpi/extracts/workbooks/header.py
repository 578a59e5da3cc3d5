"""The header row of a sheet: below a title, with columns among it that an extract does not have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.issues import (
    Issue,
    Place,
    Severity,
    format_column,
    nearest_word,
    shorten,
)
from merton_kpi.core.periods import join_labels
from merton_kpi.extracts.columns import (
    COLUMNS,
    CONTEXT,
    HEADING,
    PASSED_OVER,
    Header,
    convert_name,
    explain_misspelt,
    format_unnamed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from merton_kpi.extracts.layouts.file_layout import FileLayout
    from merton_kpi.extracts.quoting import Quotable

ROWS = 20  # of a sheet in which its header is looked for
_MOST_NAMED = 20  # columns that a warning names


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetHeader:
    """A sheet's header, in `row`. `others` are the texts of the columns that it passes over."""

    row: int
    header: Header
    others: dict[int, str]


def read_sheet_header(
    cells: Sequence[str], place: Place, quotable: Quotable, layout: FileLayout
) -> tuple[SheetHeader, tuple[Issue, ...]]:
    """Read a row that is a header; `place` is the row's.

    A name that an extract's columns do not have is an error where it may be one of theirs,
    misspelt, and else another column, which is passed over.
    """
    names = layout.convert_names(cells)
    known = [number for number, name in enumerate(names, 1) if name in COLUMNS]
    header = Header(
        names=tuple(names[number - 1] for number in known),
        width=len(known),
        sheet=place.sheet,
        numbers=tuple(known),
    )
    others = {
        number: "" if name in (*CONTEXT, PASSED_OVER) else cell
        for number, (name, cell) in enumerate(zip(names, cells, strict=True), 1)
        if name and name not in COLUMNS
    }
    found = SheetHeader(row=place.line or 0, header=header, others=others)
    return found, tuple(_check_names(found, names, place, quotable, layout))


def _check_names(
    found: SheetHeader,
    names: Sequence[str],
    place: Place,
    quotable: Quotable,
    layout: FileLayout,
) -> Iterator[Issue]:
    present = found.header.names
    for number, name in zip(found.header.numbers, present, strict=True):
        if name in names[: number - 1]:
            message = f"column '{name}' appears twice; keep one of them"
            yield _compose_issue(place, number, message)
    for number, cell in found.others.items():
        near = nearest_word(convert_name(cell), COLUMNS) if cell else ""
        if near and near not in present:
            unquoted = f"column {format_column(number)} is not known; did you mean '{near}'?"
            message = (
                explain_misspelt(cell, near, layout)
                if quotable.can_quote_heading(cell)
                else unquoted
            )
            yield _compose_issue(place, number, message)


def _compose_issue(place: Place, number: int, message: str) -> Issue:
    where = Place(file=place.file, line=place.line, column=number, sheet=place.sheet)
    return Issue(code="header", place=where, message=message)


def check_others(
    found: SheetHeader, filled: set[int], place: Place, quotable: Quotable, layout: FileLayout
) -> tuple[Mapping[str, str], tuple[Issue, ...]]:
    """A warning of the columns that are passed over, and these as FileLayout.named has them.

    Those that were named already are left out.

    Args:
        found: The header.
        filled: The columns, known or not, that have something in a row below it.
        place: The header's row.
        quotable: Whether the warning may quote the header.
        layout: The file's layout, in which it can be said that they are to be passed over.
    """
    unnamed = filled.difference(found.header.numbers, found.others)
    columns = {number: cell for number, cell in found.others.items() if cell}
    columns |= {number: "" for number in unnamed if not layout.is_passed_over(number)}
    in_order = [
        (number, cell)
        for number, cell in sorted(columns.items())
        if convert_name(cell or format_unnamed(number)) not in layout.named
    ]
    if not in_order:
        return {}, ()
    shown = [
        f"{format_column(number)} ('{shorten(cell)}')"
        if cell and quotable.can_quote_heading(cell)
        else format_column(number)
        for number, cell in in_order
    ]
    named = {
        convert_name(cell or format_unnamed(number)): format_unnamed(number)
        if not cell
        else (cell if quotable.can_quote_heading(cell) else HEADING)
        for number, cell in in_order
    }
    rest = len(shown) - _MOST_NAMED
    listed = join_labels(shown[:_MOST_NAMED] + ([f"{rest} more"] if rest > 0 else []))
    one, several = ("column", "is", "it"), ("columns", "are", "them")
    noun, verb, pronoun = one if len(shown) == 1 else several
    advice = layout.format_pass_over_advice(named.values())
    message = f"{noun} {listed} {verb} passed over: kpi has no use for {pronoun}; to pass over"
    message += f" {pronoun} without a warning, {advice}"
    issue = Issue(severity=Severity.WARNING, code="passed_over", place=place, message=message)
    return named, (issue,)
