"""The list of what is due, ready to send to its owners: text, Markdown or CSV.

In each format every line ends in a newline.
"""

from __future__ import annotations

import csv
import io
import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_count, join_labels
from merton_kpi.core.text import escape_markdown, quote_formula
from merton_kpi.core.vocabulary import ReturnState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from merton_kpi.returns.due import DueItem, DueList

    # One due item, and its text in a list.
    Entry = tuple[DueItem, str]

WIDTH = 80  # columns of the text
_INDENT = " " * 10  # where titles begin, to the right of the numbers
COLUMNS = (
    "owner",
    "indicator",
    "title",
    "period",
    "state",
    "figure_or_reason",
    "source",
    "service",
)


def format_csv(dues: DueList) -> str:
    """Write a row for each indicator and period; `period` is the month, as in an extract.

    A text that a spreadsheet would take for a formula is quoted as in the papers' CSV. A figure is
    not quoted, since a negative one is not a formula.
    """
    rows = [COLUMNS, *_list_csv_rows(dues)]
    return "".join(f"{format_csv_row(row)}\n" for row in rows)


def _list_csv_rows(dues: DueList) -> Iterator[tuple[str, ...]]:
    for _, items in dues.by_owner:
        for each in items:
            names = map(quote_formula, (each.owner, each.indicator, each.title))
            words = each.words if each.cell.value is not None else quote_formula(each.words)
            origin = map(quote_formula, (each.source, each.service))
            yield (*names, str(each.month), each.state.value, words, *origin)


def format_csv_row(cells: tuple[str, ...]) -> str:
    """A row without its line end.

    A cell with a carriage return alone is quoted too, as the writer does only where that ends the
    lines: a spreadsheet begins a new row at it, and may run what follows as a formula.
    """
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n")


def format_text(dues: DueList) -> str:
    """Write plain text of no more than 80 columns."""
    paragraphs = [dues.panel, dues.title, "", *_compose_sentences(dues)]
    lines = [line for words in paragraphs for line in textwrap.wrap(words, WIDTH) or [""]]
    for owner, items in dues.by_owner:
        lines += ["", *textwrap.wrap(owner, WIDTH)]
        lines += _format_list("Still due", list_outstanding(items))
        lines += _format_list("Received", _list_received(items))
    return "".join(f"{line}\n" for line in lines)


def _format_list(heading: str, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the lines of a list; none, not even the heading, where it is empty."""
    for place, entry in enumerate(entries):
        if not place:
            yield f"  {heading}"
        yield from format_entry(entry)


def format_entry(entry: Entry) -> Iterator[str]:
    """Yield the lines of an entry in plain text, of WIDTH columns at most."""
    item, words = entry
    yield from _format_lines(item.title, f"{item.indicator:>8}  ")
    yield from _format_lines(words, _INDENT)


def _format_lines(words: str, lead: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent=lead, subsequent_indent=_INDENT)


def format_markdown(dues: DueList) -> str:
    """Write Markdown: for each owner a heading, a table of what is due and one of what came."""
    parts = [f"# {escape_markdown(dues.title)}", escape_markdown(dues.panel)]
    parts.append(" ".join(map(escape_markdown, _compose_sentences(dues))))
    for owner, items in dues.by_owner:
        parts.append(f"## {escape_markdown(owner)}")
        if outstanding := list_outstanding(items):
            parts.append(format_table("Still due", outstanding))
        if received := _list_received(items):
            parts.append(format_table("Received", received))
    return "\n\n".join(parts) + "\n"


def format_table(heading: str, entries: Iterable[Entry]) -> str:
    """Format entries as a table in Markdown; `heading` is that of its last column."""
    lines = [f"| No. | Indicator | {heading} |", "| --- | --- | --- |"]
    for item, words in entries:
        cells = map(escape_markdown, (item.indicator, item.title, words))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _compose_sentences(dues: DueList) -> Iterator[str]:
    """Yield when the papers are due, how much was received, and where to send the rest."""
    if dues.meeting:
        yield f"The panel meets on {dues.meeting}."
    if dues.papers_due:
        yield f"The papers are due on {dues.papers_due}."
    if not dues.items:
        yield "Nothing is due."
        return
    given = [each for each in dues.items if each.state is not ReturnState.COMMENTARY]
    yield from _count_received("Figures", (each for each in given if not each.needs_judgement))
    yield from _count_received("Judgements", (each for each in given if each.needs_judgement))
    commentary = len(dues.items) - len(given)
    if commentary:
        yield f"Commentary needed: {format_count(commentary, 'indicator')}."
    if commentary or any(each.state.is_missing_figure for each in given):
        yield f"Please send what is still due, or the reason why there is none, to: {dues.contact}."


def _count_received(noun: str, items: Iterable[DueItem]) -> Iterator[str]:
    """`Figures: 3 of 5 received, 2 missing.`, or nothing where none is due."""
    states = [each.state for each in items]
    missing = sum(state.is_missing_figure for state in states)
    if states:
        received = len(states) - missing
        yield f"{noun}: {received} of {len(states)} received, {missing} missing."


def list_outstanding(items: Iterable[DueItem]) -> list[Entry]:
    """What is still due of these items, an entry for each indicator."""
    still_due = (each for each in items if each.state is not ReturnState.RECEIVED)
    groups = (list(group) for _, group in groupby(still_due, key=lambda each: each.indicator))
    return [(group[0], _format_outstanding(group)) for group in groups]


def _list_received(items: Iterable[DueItem]) -> list[Entry]:
    """What was received, an entry for each figure."""
    received = (each for each in items if each.state is ReturnState.RECEIVED)
    return [(each, f"{each.period}: {each.words}") for each in received]


def _format_outstanding(items: Sequence[DueItem]) -> str:
    """`Figures for Oct 2020 (TBC, overdue) and Nov 2020, from Mosaic`, and commentary."""
    periods = [_format_period(each) for each in items if each.state.is_missing_figure]
    sentences = []
    if periods:
        noun = "Judgement" if items[0].needs_judgement else "Figure"
        noun += "s" if len(periods) > 1 else ""
        source = f", from {items[0].source}" if items[0].source else ""
        sentences.append(f"{noun} for {join_labels(periods)}{source}")
    sentences += [
        f"Commentary, as it is {each.words}"
        for each in items
        if each.state is ReturnState.COMMENTARY
    ]
    return ". ".join(sentences)


def _format_period(item: DueItem) -> str:
    overdue = item.state.value if item.state is ReturnState.OVERDUE else ""
    remarks = ", ".join(filter(None, (item.words, overdue)))
    return f"{item.period} ({remarks})" if remarks else item.period
