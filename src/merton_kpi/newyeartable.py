"""A new year's plan in words: the outturns as a table, and what else changes, to be read first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.periods import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.model import Indicator
    from merton_kpi.newyear import Change, NewYear, Shift

_HEADS = ("No.", "Indicator", "Outturn", "Of", "")
_TITLE = 30  # characters; with the other columns that is a terminal's 80
_MEANINGS = {
    "confirm": "one period's figure alone; confirm that it is the year's, or write the year's",
    "provisional": "the year's last figure was still due; it goes in as provisional",
    "no figure": "a reason stands in place of a figure; write the figure if there is one",
}


def tell_new_year(plan: NewYear) -> str:
    """What `kpi new-year` would write, in the index's order."""
    lines = [f"Outturns of {plan.closing}, as {plan.year} will show them", ""]
    lines += _tell_shifts(plan)
    remarks = {shift.remark for change in plan.changes for shift in change.shifts}
    meanings = [f"{word}: {words}" for word, words in _MEANINGS.items() if word in remarks]
    lines += ["", *meanings] if meanings else []
    return "\n".join([*lines, "", *_tell_rest(plan)])


def _tell_shifts(plan: NewYear) -> Iterator[str]:
    rows = [_tell_shift(change, shift) for change in plan.changes for shift in change.shifts]
    widths = [max(map(len, column)) for column in zip(_HEADS, *rows, strict=True)]
    for row in (_HEADS, *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _tell_shift(change: Change, shift: Shift) -> tuple[str, ...]:
    each = change.indicator
    status = shift.outturn.status
    figure = status.printed if status else ""
    if shift.outturn.value is not None:
        figure = (shift.outturn.unit or each.unit).show(shift.outturn.value)
    title = each.title
    if len(title) > _TITLE:
        title = f"{title[: _TITLE - 1].rstrip()}…"
    return each.number, title, figure, shift.period, shift.remark


def _tell_rest(plan: NewYear) -> Iterator[str]:
    for each in plan.closed:
        yield f"Dropped: {each.number}, {_tell_end(each)}"
    for change in plan.changes:
        yield from _tell_links(change)
    for key, what in (("target", "target"), ("rating_withheld", "rating withheld")):
        numbers = [each.indicator.number for each in plan.changes if key in each.reviews]
        if numbers:
            yield f"Marked for review, {what}: {', '.join(numbers)}"
    yield f"Meetings of {plan.year} known: {count(len(plan.meetings), 'meeting')}"


def _tell_end(indicator: Indicator) -> str:
    if indicator.replaced_by:
        return f"replaced by {indicator.replaced_by}"
    return "removed"


def _tell_links(change: Change) -> Iterator[str]:
    number = change.indicator.number
    if change.linked is not None:
        was, now = (", ".join(each) or "none" for each in (change.indicator.linked, change.linked))
        yield f"Links of {number}: {now} (was {was})"
    if change.rate_of is not None and change.indicator.rate_of:
        now = change.rate_of or "no other indicator"
        yield f"{number} is the rate of {now} (was {change.indicator.rate_of.count})"
