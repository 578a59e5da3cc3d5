"""The index, what changed in it, and what was built, as lines of text for a terminal.

Nothing is decided here: every figure and word comes from the scorecard or the differences. Words
too long for a line go on in the next; nothing is cut off.
"""

from __future__ import annotations

import textwrap
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_count, join_labels
from merton_kpi.core.vocabulary import Rating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Protocol

    from merton_kpi.rating.rate import Verdict
    from merton_kpi.scorecard.cells import Cell
    from merton_kpi.scorecard.compare import Differences
    from merton_kpi.scorecard.records import Row, Scorecard
    from merton_kpi.storage.files import SourceFile

    class Paint(Protocol):
        """Colours the words of a rating, or a heading's, for which there is none."""

        def __call__(self, words: str, rating: Rating | None) -> str: ...


_HEADS = ("Rating", "Latest figure", "Direction", "Target")
_NUMBER = 4  # the longest number usually: 23a
_BELOW = " "  # in a number's place, for what stands below the title
_INDENT = " " * (_NUMBER + 2)
_GAP = "  "
_FIGURE = 20  # what a latest figure wants before it wraps: `N/A - C19 (Sep 2020)`
_ROOM = 16  # what a target wants, or else it goes below: `at most 26 weeks`


def format_summary(card: Scorecard, paths: Iterable[Path]) -> Iterator[str]:
    """Yield what was built: ratings, exceptions, what is missing, and where the papers are."""
    status = "final" if card.is_final else "draft"
    yield f"{card.month.name}, {status}: {format_count(len(card.rows), 'indicator')}"
    for rating, number in card.counts.items():
        yield f"  {number:3} {rating.label}"
    yield f"Exceptions: {len(card.exceptions)}"
    for row, _ in card.exceptions:
        yield f"  {row.number:>4}  {row.verdict.label}: {row.title}"
    yield f"Due and missing: {len(card.missing)}"
    for each in card.missing:
        yield f"  {each.number:>4}  {each.about}: {each.title} ({each.words})"
    yield format_row_counts(card.sources[1:])
    yield "Written:"
    for path in paths:
        yield f"  {path.as_posix()}"


def format_row_counts(extracts: Sequence[SourceFile]) -> str:
    """How much was read: `7 rows in 2 extracts, all used`, or `6 used, 1 not filled in`."""
    rows, used = sum(each.rows for each in extracts), sum(each.used for each in extracts)
    told = "all used" if used == rows else f"{used} used, {rows - used} not filled in"
    return f"{format_count(rows, 'row')} in {format_count(len(extracts), 'extract')}, {told}"


def format_index(card: Scorecard, rows: Sequence[Row], width: int, paint: Paint) -> Iterator[str]:
    """Yield the lines of these of its rows, each under its section, and the counts."""
    yield from _wrap(f"{card.index_title}, data to {card.data_to}", width, "")
    if rows:
        cells = [_list_cells(card, row) for row in rows]
        widths = _fit(cells, width)
        yield ""
        yield from _wrap("Indicator", width, "No.")
        yield from _place(_HEADS, widths, width)
        section = ""
        for row, values in zip(rows, cells, strict=True):
            if row.section != section:
                section = row.section
                yield from ("", *(paint(line, None) for line in _wrap(section, width, "")))
            yield from _wrap(row.title, width, row.number)
            yield from _place(values, widths, width, partial(paint, rating=row.verdict.rating))
    yield ""
    for symbol in dict.fromkeys(mark for row in rows for mark in _find_latest(card, row)[1].marks):
        yield from _wrap(f"{symbol.symbol} {symbol.meaning}", width, "")
    missing = {each.number for each in card.missing} & {row.number for row in rows}
    if missing:
        labels = join_labels(row.number for row in rows if row.number in missing)
        yield from _wrap(f"Due and missing: {labels}", width, "")
    yield from _wrap(_count(card, rows), width, "")


def _list_cells(card: Scorecard, row: Row) -> tuple[str, ...]:
    label, cell = _find_latest(card, row)
    marks = "".join(f" {mark.symbol}" for mark in cell.marks)
    is_closed = row.verdict.rating is Rating.CLOSED
    figure = f"{cell.printed}{marks} ({label})" if cell.printed else "none due yet"
    target = "" if row.target == row.verdict.label else row.target
    return row.verdict.label, "" if is_closed else figure, row.direction, target


def _find_latest(card: Scorecard, row: Row) -> tuple[str, Cell]:
    """The month and cell of the figure rated; else the last figure, or the last words for none."""
    observation = row.verdict.observation
    months = [*zip(card.year.months, row.months, strict=True)]
    told = [(month, cell) for month, cell in months if cell.printed]
    figures = [(month, cell) for month, cell in told if cell.value is not None]
    rated = [(month, cell) for month, cell in figures if observation and month == observation.month]
    month, cell = (rated or figures or told or months)[-1]
    return month.label, cell


def _fit(cells: Sequence[Sequence[str]], width: int) -> tuple[int, ...]:
    """The columns' widths; 0 for the target's where it has no room beside the others."""
    columns = zip(_HEADS, *cells, strict=True)
    rating, figure, direction, target = (max(map(len, column)) for column in columns)
    left = width - len(_INDENT) - rating - direction - 3 * len(_GAP)
    beside = left - min(target, _ROOM)
    if beside < min(figure, _FIGURE):
        return rating, min(figure, left + len(_GAP)), direction, 0
    figure = min(figure, beside)
    return rating, figure, direction, left - figure


def _place(
    values: Sequence[str], widths: Sequence[int], width: int, paint: Callable[[str], str] = str
) -> Iterator[str]:
    """The values in columns, the first painted, or the last one below the others."""
    columns = [
        textwrap.wrap(value, size) for value, size in zip(values, widths, strict=True) if size
    ]
    for cells in zip_longest(*columns, fillvalue=""):
        rating, *others = (cell.ljust(size) for cell, size in zip(cells, widths, strict=False))
        painted = rating.replace(cells[0], paint(cells[0]), 1) if cells[0] else rating
        yield f"{_INDENT}{_GAP.join((painted, *others))}".rstrip()
    if not widths[-1]:
        yield from _wrap(values[-1], width, _BELOW)


def _count(card: Scorecard, rows: Sequence[Row]) -> str:
    """How many indicators are shown, and how many have each rating."""
    ratings = [row.verdict.rating for row in rows]
    counts = [f"{ratings.count(each)} {each.label}" for each in Rating if each in ratings]
    total = format_count(len(card.rows), "indicator")
    if not rows:
        return f"None of the {total} fits."
    some = "" if len(rows) == len(card.rows) else f"{len(rows)} of "
    return f"{some}{total}: {', '.join(counts)}"


def format_differences(found: Differences, width: int, paint: Paint) -> Iterator[str]:
    """Yield the lines: ratings, new figures, restatements, definitions, each indicator's below."""
    months = f"data to {found.now.name} compared with data to {found.before.name}"
    yield from _wrap(f"{found.title}: {months}", width, "")
    yield from _head("Ratings", len(found.ratings), paint)
    for rerated in found.ratings:
        yield from _wrap(rerated.title, width, rerated.number)
        old, new = (_show_verdict(each, paint) for each in (rerated.before, rerated.now))
        yield f"{_INDENT}{old} -> {new}"
        if rerated.now:
            yield from _wrap(rerated.now.reason, width, _BELOW)
    yield from _head("New figures and reasons for none", len(found.figures), paint)
    for news in found.figures:
        yield from _wrap(news.title, width, news.number)
        yield from _wrap("; ".join(news.figures), width, _BELOW)
    yield from _head("Restatements", len(found.restated), paint)
    for each in found.restated:
        yield from _wrap(each.title, width, each.number)
        yield from _wrap(f"{each.about}: {each.old} -> {each.new}. {each.why}", width, _BELOW)
        if each.rating:
            yield from _wrap(f"Rating: {each.rating}", width, _BELOW)
    yield from _head("Definitions", len(found.definitions), paint)
    for redefined in found.definitions:
        yield from _wrap(redefined.title, width, redefined.number)
        for words in redefined.words:
            yield from _wrap(words, width, _BELOW)
    if not found.compares_catalogues:
        yield from _wrap(
            "Both are made from today's catalogue, so only targets that began in between are "
            "compared; name the catalogue as it was with --before.",
            width,
            "",
        )


def _head(words: str, number: int, paint: Paint) -> tuple[str, str]:
    return "", paint(f"{words}: {number or 'none'}", None)


def _show_verdict(verdict: Verdict | None, paint: Paint) -> str:
    return paint(verdict.label, verdict.rating) if verdict else "not in the index"


def _wrap(words: str, width: int, number: str) -> list[str]:
    """Words as lines, those of an indicator to the right of its number."""
    begin = f"{number:>{_NUMBER}}  " if number else ""
    return textwrap.wrap(
        words,
        width,
        initial_indent=begin,
        subsequent_indent=" " * len(begin),
        break_on_hyphens=False,
    )
