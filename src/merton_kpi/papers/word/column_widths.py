"""How wide a table's columns are in a document, so that no word breaks inside a cell."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from merton_kpi.papers.typeface.word_widths import measure_bold_word

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARGIN = 3  # digits that a cell keeps free on both sides
_LONGEST = 60  # digits: a column that has more to say than this gets no more room for it


def choose_widths(rows: Sequence[Sequence[str]], room: int, size: int) -> tuple[int, ...]:
    """The widths of a table's columns, which fill the room together.

    Each column has room for its longest word, and what is left goes to the columns by how long
    their longest text is. Where the longest words have no room beside each other, only the columns
    with the longest of them are narrower, all to one width.

    Args:
        rows: the cells' words, the header's first.
        room: how wide the table is, in Word's units (914,400 an inch).
        size: how large the type is, in the same units.
    """
    digit = size * 58 // 100  # Arial's takes 0.556 of its size, rounded up
    columns = list(zip(*rows, strict=True))
    least = [
        ceil((max(map(measure_bold_word, " ".join(column).split()), default=0) + _MARGIN) * digit)
        for column in columns
    ]
    wanted = [
        max(0, min(max(map(len, column)), _LONGEST) * digit - width)
        for column, width in zip(columns, least, strict=True)
    ]
    rest = room - sum(least)
    if rest < 0:
        most = _choose_most(least, room)
        return tuple(min(width, most) for width in least)
    share = rest / (sum(wanted) or len(columns))
    return tuple(
        int(width + share * (more if sum(wanted) else 1))
        for width, more in zip(least, wanted, strict=True)
    )


def _choose_most(widths: Sequence[int], room: int) -> int:
    """How wide a column may be at most for all to have room, where not all have what they need."""
    columns = len(widths)
    for width in sorted(widths):
        if width * columns >= room:
            break
        room, columns = room - width, columns - 1
    return room // columns
