"""A new year's plan in words: the outturns as a table, and what else changes, to be read first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.newyear import reviews_target
from merton_kpi.outturns import STILL_OPEN
from merton_kpi.periods import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.newyear import Change, NewYear
    from merton_kpi.outturns import Shift

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
    each = change.was
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
        end = f"replaced by {each.replaced_by}" if each.replaced_by else "removed"
        yield f"Dropped: {each.number}, {end}"
    for change in plan.changes:
        yield from _tell_links(change)
    going_on = [change.now for change in plan.changes]
    lists = {
        "Marked for review, target": [each for each in going_on if reviews_target(each)],
        "Marked for review, rating withheld": [each for each in going_on if each.rating_withheld],
    }
    for year in (plan.closing.minus(2), plan.closing.minus(1)):
        lists[f"Still without a figure of {year}"] = [
            each
            for each in going_on
            if year in each.outturns and each.outturns[year].status in STILL_OPEN
        ]
    for words, those in lists.items():
        if those:
            yield f"{words}: {', '.join(each.number for each in those)}"
    kept = count(len(plan.meetings), "meeting") if plan.meetings else "none"
    yield f"Meetings kept: {kept}; add those of {plan.year}"


def _tell_links(change: Change) -> Iterator[str]:
    was, now = change.was, change.now
    if now.linked != was.linked:
        old, new = (", ".join(each.linked) or "none" for each in (was, now))
        yield f"Links of {now.number}: {new} (was {old})"
    if was.rate_of and now.rate_of != was.rate_of:
        new = now.rate_of.count if now.rate_of else "no other indicator"
        yield f"{now.number} is the rate of {new} (was {was.rate_of.count})"
