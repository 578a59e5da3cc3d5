"""How much room a table takes: the lines that words wrap to in a cell, and the pages of a sheet.

A row's height is written down beforehand, since not every program fits rows by itself. So the
estimate errs on the long side: a little white space is better than words cut off.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from merton_kpi.papers.typeface.word_widths import DIGIT, WIDEST, measure_word

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE_HEIGHT = 15.75  # points that a line of 12 point type takes
INDENT = 1.6  # digits that an indented cell keeps free beside its words
MAX_LINES = 24  # a row is 409 points high at most
_PAGE_WIDTH = 1132  # points of A3 landscape, without its margins
_DIGIT_WIDTH = 6.75  # points, in 12 point Arial on a screen
_TYPE_SIZE, _SMALLEST_TYPE = 12, 8  # points, on the screen and in print


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedPages:
    """How a wide table is printed: the columns that begin a further page, and the scale in percent.

    Columns are counted from 0. The type is 8 points or more.
    """

    starts: tuple[int, ...]
    scale: int


def split_pages(widths: Sequence[float], held: int, page_starts: Sequence[int]) -> PrintedPages:
    """Split a table's columns into pages that hold them in type of 8 points or more.

    A group of columns wider than a page is left to the program that prints it.

    Args:
        widths: the columns' widths, in digits.
        held: how many columns are repeated on each page.
        page_starts: the columns that may begin another page, counted from 0.
    """
    most = _PAGE_WIDTH / _DIGIT_WIDTH * _TYPE_SIZE / _SMALLEST_TYPE
    repeated = sum(widths[:held])
    starts: list[int] = []
    pages = [0.0]
    for first, end in pairwise((0, *page_starts, len(widths))):
        group = sum(widths[first:end])
        if first and pages[-1] + group > most:
            starts.append(first)
            pages.append(repeated)
        pages[-1] += group
    scale = int(100 * _PAGE_WIDTH / _DIGIT_WIDTH / max(pages))
    smallest = -(-100 * _SMALLEST_TYPE // _TYPE_SIZE)
    return PrintedPages(starts=tuple(starts), scale=max(smallest, min(scale, 100)))


def count_lines(words: str, width: float) -> int:
    """The lines that words take, wrapped at spaces, in a column as wide as so many digits."""
    room = _measure_room(width)
    # Saves a sixth of a build of 10,000 indicators (4.6 of 28 s): most words are short.
    if len(words) * WIDEST <= room and "\n" not in words:
        return 1
    lines = 0
    for line in words.split("\n"):
        lines, filled = lines + 1, 0
        for word in line.split(" "):
            long = measure_word(word)
            if filled and filled + 3 + long > room:
                lines, filled = lines + 1, long
            else:
                filled += long + 3 * bool(filled)
            if filled > room:
                lines, filled = lines + (filled - 1) // room, (filled - 1) % room + 1
    return lines


def _measure_room(width: float) -> int:
    """What a column holds, in fifths of a digit: a cell keeps a digit's width free."""
    return int((width - 1) * DIGIT)


def is_too_long(words: str, width: float) -> bool:
    """Whether words take more lines than a row can have, in a column of so many digits."""
    # Any two neighbouring lines are longer together than one line, so that this many always fit.
    if 2 * len(words) * WIDEST // _measure_room(width) + words.count("\n") < MAX_LINES:
        return False
    return count_lines(words, width) > MAX_LINES


def split_words(words: str, width: float) -> list[str]:
    """Words in parts that each fit a row of this width, cut at spaces where there are any."""
    if not is_too_long(words, width):
        return [words]
    parts = []
    rest = words
    while count_lines(rest[: int(width) * MAX_LINES * 3], width) > MAX_LINES:
        end = bisect_left(
            range(int(width) * MAX_LINES * 3),
            MAX_LINES + 1,
            key=lambda length: count_lines(rest[:length], width),
        )
        space = max(rest.rfind(" ", 0, end), rest.rfind("\n", 0, end))
        cut = space if space > 0 else end - 1
        parts.append(rest[:cut])
        rest = rest[cut + 1 :] if space > 0 else rest[cut:]
    return [*parts, rest]
