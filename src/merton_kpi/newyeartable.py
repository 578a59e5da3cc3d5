"""A new year's plan in words: the outturns as a table, and what else changes, to be read first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.newyear import STILL_OPEN
from merton_kpi.periods import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.model import Indicator
    from merton_kpi.newyear import Change, NewYear, Shift
    from merton_kpi.periods import FinancialYear

_HEADS = ("No.", "Indicator", "Outturn", "Of", "Remark")
_TITLE = 24  # characters, so that a line with most words fits a terminal's 80
_MEANINGS = {
    "confirm": "one period's figure alone; confirm that it is the year's, or write the year's",
    "provisional": "the year's last figure was still due; it goes in as provisional",
    "no figure": "a reason stands in place of a figure; write the figure if there is one",
}


def tell_new_year(plan: NewYear) -> str:
    """What `kpi new-year` would write, in the index's order."""
    lines = [f"Outturns of {plan.closing}, from the extracts up to {plan.as_at.name}", ""]
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
    without: dict[FinancialYear, list[str]] = {}
    for change in plan.changes:
        for year in _list_open(change):
            without.setdefault(year, []).append(change.indicator.number)
    for year, numbers in sorted(without.items()):
        yield f"Still without a figure of {year}: {', '.join(numbers)}"
    kept = count(len(plan.meetings), "meeting") if plan.meetings else "none"
    yield f"Meetings kept: {kept}; add those of {plan.year}"


def _list_open(change: Change) -> list[FinancialYear]:
    """The earlier years whose figure was still to come, and has not."""
    shifted = [change.outdated, *(each.year for each in change.shifts)]
    outturns = change.indicator.outturns.items()
    return [y for y, each in outturns if each.status in STILL_OPEN and y not in shifted]


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
