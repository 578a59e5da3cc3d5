"""Text: what may come in, which a workbook can hold and a reader can see; and text in columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 30_000  # characters; an Excel cell holds 32,767, and some words may be added
# Control characters but for tab and newline, halves of a pair, line ends that no editor counts, and
# what XML has no place for.
_UNSAFE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"


def check_text(text: str) -> str:
    """What is wrong with a text from a file, ready to follow its name; empty where nothing is."""
    if not text.isprintable() and (unsafe := re.search(_UNSAFE, text)):  # few texts get this far
        return f"it has the control character U+{ord(unsafe[0]):04X}; type the text anew"
    if len(text) > LONGEST:
        return f"it has {len(text):,} characters; a cell holds {LONGEST:,} at most, so shorten it"
    return ""


def format_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

_SPECIAL = r"[\\`*_\[\]<>|~&]|(?<=\bwww)\.|:(?=//)"
_OPENS_A_BLOCK = r"(?m:^(\s*)([#+=-]|[0-9]+[.)]))"


def quote_formula(words: str) -> str:
    """Words for a CSV as a spreadsheet will show them, never run them."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def unquote_formula(words: str) -> str:
    """The words that quote_words was given."""
    return words[1:] if words[:1] == "'" and words[1:].startswith(_FORMULA) else words


def escape_markdown(value: object) -> str:
    """Write a value so that Markdown shows it as the words it is, on one line of source."""
    text = re.sub(_SPECIAL, r"\\\g<0>", str(value).strip())
    text = re.sub(_OPENS_A_BLOCK, _escape_opening, text)
    return "<br>".join(text.splitlines())


def _escape_opening(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2][:-1]}\\{found[2][-1]}"
