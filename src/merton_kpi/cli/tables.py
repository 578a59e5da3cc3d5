"""The index, what changed in it, and the panel's calendar, as texts and tables of rich.

Decides nothing: every figure and word comes from the scorecard, the differences or the calendar.
Words too long for a line continue on the next; nothing is cut off.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group
from rich.style import Style
from rich.table import Table
from rich.text import Text

from merton_kpi.core.headings import TRAVEL
from merton_kpi.core.periods import format_count, join_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from merton_kpi.rating.rate import Verdict
    from merton_kpi.returns.meeting_list import Calendar
    from merton_kpi.scorecard.changes.compare import ChangedVerdict, Differences, NewFigures
    from merton_kpi.scorecard.changes.compare_catalogues import ChangedDefinition
    from merton_kpi.scorecard.changes.restatements import RestatementRow
    from merton_kpi.scorecard.records import Row, Scorecard

    # An indicator's number and title, and the lines below the title.
    _Item = tuple[str, str, Sequence[RenderableType]]

_HEADS = ("Rating", "Latest figure", "Target")
_NUMBER = 4  # columns; the longest number is usually like 23a
_GAP = 2
_FIGURE = 20  # columns that a latest figure needs before it wraps: `N/A - C19 (Sep 2020)`
_TARGET = 16  # columns that a target needs, or else it goes below: `at most 26 weeks`
_BLACK = "color(16)"  # of the 256 colours, the one that no theme changes


def compose_index(card: Scorecard, rows: Sequence[Row], width: int) -> Iterator[RenderableType]:
    """Yield these rows of a scorecard, each under its section, and the counts.

    `width` is that of the whole, in columns.
    """
    yield Text(f"{card.index_title}, data to {card.data_to}")
    if rows:
        cells = [_list_cells(row) for row in rows]
        number = max(_NUMBER, *(cell_len(row.number) for row in rows))
        widths = _work_out_widths(cells, width - number - _GAP)
        heads = _open_list(number)
        cells_of_heads = _compose_cells(_HEADS, widths)
        heads.add_row("No.", Group("Indicator", *cells_of_heads, TRAVEL))
        yield from ("", heads)
        for section, group in groupby(zip(rows, cells, strict=True), lambda pair: pair[0].section):
            entries = _open_list(number)
            for row, (rating, *others) in group:
                painted = Text.assemble((rating, _choose_style(row.verdict)))
                below = [*_compose_cells((painted, *others), widths)]
                below += [row.travel] if row.travel else []
                own = row.year_figure
                below += [f"Year {card.year}: {own.printed}"] if own else []
                entries.add_row(row.number, Group(row.title, *below))
            yield from ("", Text(section, style="bold"), entries)
    yield ""
    latest = (row.latest for row in rows if row.latest)
    for symbol in dict.fromkeys(mark for figure in latest for mark in figure.marks):
        yield f"{symbol.symbol} {symbol.meaning}"
    missing = {each.number for each in card.missing} & {row.number for row in rows}
    if missing:
        labels = join_labels(row.number for row in rows if row.number in missing)
        yield f"Due and missing: {labels}"
    yield _count_ratings(card, rows)


def _list_cells(row: Row) -> tuple[str, str, str]:
    return row.verdict.label, str(row.latest or ""), row.target_beside_rating


def _work_out_widths(cells: Iterable[Sequence[str]], width: int) -> tuple[int, ...]:
    """The widths of the columns, without the target's where the line has no room for it."""
    columns = zip(_HEADS, *cells, strict=True)
    rating, figure, target = (max(map(cell_len, column)) for column in columns)
    rest = width - rating - 2 * _GAP  # for the figure and the target
    room = rest - min(target, _TARGET)
    if room < min(figure, _FIGURE):
        return rating, min(figure, rest + _GAP)
    figure = min(figure, room)
    return rating, figure, rest - figure


def _compose_cells(
    values: Sequence[RenderableType], widths: Sequence[int]
) -> Iterator[RenderableType]:
    """The values side by side, or the last one below the others where it has no width."""
    row = Table.grid(padding=(0, _GAP, 0, 0))
    for width in widths[:-1]:
        row.add_column(width=width, overflow="fold")
    row.add_column(overflow="fold")  # the rest; its width would mean another in rich before 14.3
    row.add_row(*values[: len(widths)])
    yield row
    yield from (each for each in values[len(widths) :] if each)


def _open_list(number: int) -> Table:
    """An empty table of two columns: numbers, `number` characters wide, and their indicators."""
    entries = Table.grid(padding=(0, _GAP, 0, 0))
    entries.add_column(width=number, justify="right")
    entries.add_column(overflow="fold")
    return entries


def _choose_style(verdict: Verdict) -> Style:
    """Black on the rating's colour, if it has one."""
    shade = verdict.words.select_shown(verdict.rating).shade
    return Style() if shade is None else Style(color=_BLACK, bgcolor=f"color({shade})")


def _count_ratings(card: Scorecard, rows: Sequence[Row]) -> str:
    """How many indicators are shown, and how many have each rating."""
    ratings = [row.verdict.rating for row in rows]
    counts = [
        f"{ratings.count(each.rating)} {each.label}"
        for each in card.words.ratings
        if each.rating in ratings
    ]
    total = format_count(len(card.rows), "indicator")
    if not rows:
        return f"None of the {total} matches."
    some = "" if len(rows) == len(card.rows) else f"{len(rows)} of "
    return f"{some}{total}: {', '.join(counts)}"


def compose_differences(differences: Differences) -> Iterator[RenderableType]:
    """Yield ratings, new figures, restatements and definitions, each under a heading."""
    now, before = differences.now.name, differences.before.name
    yield f"{differences.title}: data to {now} compared with data to {before}"
    for heading, items in (
        ("Ratings", map(_compose_change, differences.ratings)),
        ("New figures and reasons for none", map(_compose_news, differences.figures)),
        ("Restatements", map(_compose_restatement, differences.restated)),
        ("Definitions", map(_compose_definition, differences.definitions)),
    ):
        yield from _compose_list(heading, list(items))
    if not differences.compares_catalogues:
        yield (
            "Both papers use today's catalogue, so this list has only targets that began between "
            "the two months. To compare all definitions, name the earlier catalogue with --before."
        )


def _compose_list(heading: str, items: Sequence[_Item]) -> Iterator[RenderableType]:
    """A heading with the number of indicators, then each indicator with its lines."""
    yield from ("", Text(f"{heading}: {len(items) or 'none'}", style="bold"))
    if items:
        entries = _open_list(max(_NUMBER, *(cell_len(number) for number, _, _ in items)))
        for number, title, below in items:
            entries.add_row(number, Group(title, *below))
        yield entries


def _compose_change(change: ChangedVerdict) -> _Item:
    old, new = (_compose_verdict(each) for each in (change.before, change.now))
    reason = [change.now.reason] if change.now else []
    return change.number, change.title, [Text.assemble(old, " -> ", new), *reason]


def _compose_verdict(verdict: Verdict | None) -> Text:
    if verdict is None:
        return Text("not in the index")
    return Text(verdict.label, _choose_style(verdict))


def _compose_news(each: NewFigures) -> _Item:
    return each.number, each.title, ["; ".join(each.figures)]


def _compose_definition(each: ChangedDefinition) -> _Item:
    return each.number, each.title, each.words


def _compose_restatement(each: RestatementRow) -> _Item:
    rating = [f"Rating: {each.rating}"] if each.rating else []
    figures = f"{each.about}: {each.old} -> {each.new}. {each.why}"
    return each.number, each.title, [figures, *rating]


def compose_meetings(calendar: Calendar) -> Iterator[RenderableType]:
    """Yield the panel's name and a table of its meetings."""
    meetings = Table.grid(padding=(0, _GAP, 0, 0))
    rows = [("Meeting", "Venue", "Agenda item", "Papers due", "Data to", "")]
    rows += [
        (each.date, each.venue, each.agenda_item, each.papers_due, each.data_to, each.remark)
        for each in calendar.meetings
    ]
    columns = [column for column in zip(*rows, strict=True) if any(column[1:])]
    for cells in zip(*columns, strict=True):
        meetings.add_row(*cells)
    yield from (calendar.panel, "", meetings)
