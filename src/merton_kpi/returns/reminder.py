"""The list of what is due, written to be sent to those who owe it: text, Markdown or CSV."""

from __future__ import annotations

import csv
import io
import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from merton_kpi.cli.options import ReminderFormat
from merton_kpi.core.periods import format_count, join_labels
from merton_kpi.core.text import escape_markdown, quote_formula
from merton_kpi.core.vocabulary import ReturnState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from merton_kpi.returns.due import DueItem, DueList

WIDTH = 80
COLUMNS = (
    "owner",
    "indicator",
    "title",
    "period",
    "state",
    "figure_or_reason",
    "source",
)


def format_reminder(dues: DueList, style: ReminderFormat) -> str:
    """Write the list in a format; every line of it ends in a newline."""
    match style:
        case ReminderFormat.TEXT:
            return _write_text(dues)
        case ReminderFormat.MARKDOWN:
            return _write_markdown(dues)
        case ReminderFormat.CSV:
            return _write_csv(dues)
        case _:
            assert_never(style)


def _write_csv(dues: DueList) -> str:
    """A row for each indicator and period; `period` is the month, as in an extract.

    Words are quoted as in the papers' CSV; a figure is left as it is, as a negative one is one.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for _, items in dues.by_owner:
        for each in items:
            names = map(quote_formula, (each.owner, each.indicator, each.title))
            words = each.words if each.cell.value is not None else quote_formula(each.words)
            source = quote_formula(each.source)
            writer.writerow((*names, str(each.month), each.state.value, words, source))
    return buffer.getvalue()


def _write_text(dues: DueList) -> str:
    """Plain text of no more than 80 columns."""
    lines = [*_wrap(dues.panel), *_wrap(_entitle(dues)), ""]
    for sentence in _tell_all(dues):
        lines += _wrap(sentence)
    for owner, items in dues.by_owner:
        wanted, received = _divide(items)
        lines += ["", *_wrap(owner)]
        lines += _list_text("Wanted", wanted)
        lines += _list_text("Received", received)
    return "".join(f"{line}\n" for line in lines)


def _list_text(heading: str, rows: Iterable[tuple[DueItem, str]]) -> Iterator[str]:
    for place, (item, words) in enumerate(rows):
        if not place:
            yield f"  {heading}"
        indent = " " * 10
        yield from _wrap(item.title, f"{item.indicator:>8}  ", indent)
        yield from _wrap(words, indent, indent)


def _wrap(words: str, first: str = "", others: str = "") -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent=first, subsequent_indent=others)


def _write_markdown(dues: DueList) -> str:
    """Markdown with a heading and a table or two for each owner."""
    parts = [f"# {escape_markdown(_entitle(dues))}", escape_markdown(dues.panel)]
    parts.append(" ".join(map(escape_markdown, _tell_all(dues))))
    for owner, items in dues.by_owner:
        wanted, received = _divide(items)
        parts.append(f"## {escape_markdown(owner)}")
        if wanted:
            parts.append(_draw_table("Wanted", wanted))
        if received:
            parts.append(_draw_table("Received", received))
    return "\n\n".join(parts) + "\n"


def _draw_table(heading: str, rows: Iterable[tuple[DueItem, str]]) -> str:
    lines = [f"| No. | Indicator | {heading} |", "| --- | --- | --- |"]
    for item, words in rows:
        cells = map(escape_markdown, (item.indicator, item.title, words))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _entitle(dues: DueList) -> str:
    return f"Due for the papers of {dues.month.name}"


def _tell_all(dues: DueList) -> Iterator[str]:
    """When it is wanted, how much of it has come, and who to send the rest to."""
    if dues.meeting:
        yield f"The panel meets on {dues.meeting}."
    if dues.papers_due:
        yield f"The papers are due on {dues.papers_due}."
    states = [each.state for each in dues.items]
    figures = sum(state is not ReturnState.COMMENTARY for state in states)
    missing = sum(state.is_missing_figure for state in states)
    commentary = states.count(ReturnState.COMMENTARY)
    if not states:
        yield "Nothing is due."
        return
    if figures:
        yield f"Figures: {figures - missing} of {figures} received, {missing} missing."
    if commentary:
        yield f"Commentary wanted: {format_count(commentary, 'indicator')}."
    if missing or commentary:
        yield f"Please send what is wanted, or the reason for its absence, to: {dues.contact}."


def _divide(
    items: Iterable[DueItem],
) -> tuple[list[tuple[DueItem, str]], list[tuple[DueItem, str]]]:
    """What is wanted of each indicator, and what was received, each with its words."""
    wanted, received = [], []
    for _, group in groupby(items, key=lambda each: each.indicator):
        mine = list(group)
        open_ones = [each for each in mine if each.state is not ReturnState.RECEIVED]
        if open_ones:
            wanted.append((open_ones[0], _tell_wanted(open_ones)))
        received += [(e, f"{e.period}: {e.words}") for e in mine if e.state is ReturnState.RECEIVED]
    return wanted, received


def _tell_wanted(items: Sequence[DueItem]) -> str:
    """`Figures for Oct 2020 (TBC, overdue) and Nov 2020, from Mosaic`, and commentary."""
    periods = [_name_wanted(each) for each in items if each.state.is_missing_figure]
    told = []
    if periods:
        noun = "Figures" if len(periods) > 1 else "Figure"
        source = f", from {items[0].source}" if items[0].source else ""
        told.append(f"{noun} for {join_labels(periods)}{source}")
    told += [f"Commentary, as it is {e.words}" for e in items if e.state is ReturnState.COMMENTARY]
    return ". ".join(told)


def _name_wanted(item: DueItem) -> str:
    overdue = item.state.value if item.state is ReturnState.OVERDUE else ""
    remarks = ", ".join(filter(None, (item.words, overdue)))
    return f"{item.period} ({remarks})" if remarks else item.period
