"""Who returned what when, as text, Markdown or CSV; every line ends in a newline."""

from __future__ import annotations

import textwrap
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_count
from merton_kpi.core.text import escape_markdown, quote_formula
from merton_kpi.returns.chasing.history import Timing, count_timing
from merton_kpi.returns.reminder import WIDTH, format_csv_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from merton_kpi.core.periods import Month
    from merton_kpi.returns.chasing.history import ReturnHistory, ReturnHistoryItem

COLUMNS = (
    "owner",
    "indicator",
    "title",
    "period",
    "due_in",
    "returned_in",
    "state",
    "months_late",
    "source",
    "service",
)
_ABOUT = (
    "Each figure is named by its indicator's number, in the row of the month in whose extract it "
    "was due. The months in brackets say how late it came, or is so far."
)
_HEADINGS = ("Due in", "On time", "Late", "Missing")
_WIDTHS = (8, 20, 26, 20)  # of the four columns in text, with two spaces between them
_COUNTS = ("Due", "On time", "Late", "Missing")
_ALL = "All"


def format_csv_history(history: ReturnHistory) -> str:
    """Write a row for each figure; months are as in an extract's name.

    A text that a spreadsheet would run as a formula is quoted.
    """
    rows = [COLUMNS, *(_list_cells(each) for _, items in history.by_owner for each in items)]
    return "".join(f"{format_csv_row(row)}\n" for row in rows)


def _list_cells(each: ReturnHistoryItem) -> tuple[str, ...]:
    names = map(quote_formula, (each.owner, each.indicator, each.title))
    months = (str(each.month), str(each.due), str(each.returned or ""))
    late = (each.timing.value, str(each.months_late))
    return (*names, *months, *late, *map(quote_formula, (each.source, each.service)))


def format_text_history(history: ReturnHistory) -> str:
    """Write plain text of no more than 80 columns."""
    lines = [*textwrap.wrap(history.panel, WIDTH), _format_title(history), ""]
    owners = list(history.by_owner)
    if not owners:
        return "".join(f"{line}\n" for line in (*lines, "No figure was due."))
    lines += textwrap.wrap(_ABOUT, WIDTH)
    lines += ["", *_format_counts(_list_counts(owners))]
    for owner, items in owners:
        lines += ["", *textwrap.wrap(owner, WIDTH)]
        for row in (_HEADINGS, *_list_rows(items)):
            lines += _format_row(row)
    return "".join(f"{line}\n" for line in lines)


def _format_counts(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of the table of counts; the counts are in the last line of a long name."""
    room = WIDTH - sum(len(each) + 2 for each in _COUNTS)
    for owner, *counts in (("Owner", *_COUNTS), *rows):
        *above, last = textwrap.wrap(owner, room) or [""]
        yield from above
        numbers = (f"  {number:>{len(word)}}" for number, word in zip(counts, _COUNTS, strict=True))
        yield f"{last:<{room}}{''.join(numbers)}"


def _format_row(cells: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a row, each cell wrapped in its column."""
    wrapped = (
        textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, _WIDTHS, strict=True)
    )
    for line in zip_longest(*wrapped, fillvalue=""):
        parts = (f"{part:<{width}}" for part, width in zip(line, _WIDTHS, strict=True))
        yield "  ".join(parts).rstrip()


def format_markdown_history(history: ReturnHistory) -> str:
    """Write Markdown: a table of all owners' counts, then a heading and a table for each owner."""
    parts = [f"# {escape_markdown(_format_title(history))}", escape_markdown(history.panel)]
    owners = list(history.by_owner)
    if not owners:
        return "\n\n".join([*parts, "No figure was due."]) + "\n"
    parts += [escape_markdown(_ABOUT), _format_table(("Owner", *_COUNTS), _list_counts(owners))]
    for owner, items in owners:
        parts += [f"## {escape_markdown(owner)}", _format_table(_HEADINGS, _list_rows(items))]
    return "\n\n".join(parts) + "\n"


def _format_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *(map(escape_markdown, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _format_title(history: ReturnHistory) -> str:
    return f"Returns of the year so far, for the papers of {history.span}"


def _list_counts(
    owners: Sequence[tuple[str, Sequence[ReturnHistoryItem]]],
) -> Iterator[Sequence[str]]:
    """Yield how many figures of each owner were due and how they came, then those of all."""
    everything = [each for _, items in owners for each in items]
    of_all = [(_ALL, everything)] if len(owners) > 1 else []
    for owner, items in (*owners, *of_all):
        counts = (len(items), *(count_timing(items, timing) for timing in Timing))
        yield (owner, *map(str, counts))


def _list_rows(items: Iterable[ReturnHistoryItem]) -> Iterator[Sequence[str]]:
    """Yield a row for each month that figures were due in: on time, late and missing ones."""
    for due, group in groupby(items, key=lambda each: each.due):
        by_timing: dict[Timing, list[ReturnHistoryItem]] = {timing: [] for timing in Timing}
        for each in group:
            by_timing[each.timing].append(each)
        yield (
            due.label,
            _join_numbers(by_timing[Timing.ON_TIME]),
            "; ".join(_list_late(by_timing[Timing.LATE])),
            _format_missing(by_timing[Timing.MISSING]),
        )


def _list_late(items: Iterable[ReturnHistoryItem]) -> Iterator[str]:
    """Yield `18, 19 in Jun 2020 (2 months)` for each extract that figures came in."""
    by_month: dict[Month, list[ReturnHistoryItem]] = {}
    for each in items:
        if each.returned:
            by_month.setdefault(each.returned, []).append(each)
    for month, those in sorted(by_month.items()):
        late = format_count(those[0].months_late, "month")
        yield f"{_join_numbers(those)} in {month.label} ({late})"


def _format_missing(items: Sequence[ReturnHistoryItem]) -> str:
    """`27, 28 (2 months)`, or `27, 28` in the month that they are due in."""
    if not items or not items[0].months_late:
        return _join_numbers(items)
    return f"{_join_numbers(items)} ({format_count(items[0].months_late, 'month')})"


def _join_numbers(items: Iterable[ReturnHistoryItem]) -> str:
    return ", ".join(each.indicator for each in items)
