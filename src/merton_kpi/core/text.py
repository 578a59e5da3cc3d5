"""Text: what is accepted from a file, and how it is escaped and put in columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 30_000  # characters; an Excel cell holds 32,767, and the papers may add some words
# Control characters except tab and the line ends \n and \r, surrogates, line ends that editors do
# not count, and characters that XML cannot hold.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

_MARKDOWN_SIGN = re.compile(r"[\\`*_\[\]<>|~&]|(?<=\bwww)\.|:(?=//)")
# What begins a heading, a list or a line under a heading.
_MARKDOWN_BLOCK = re.compile(r"^(\s*)([#+=-]|[0-9]+[.)])", re.MULTILINE)


def check_text(text: str) -> str:
    """What is wrong with a text from a file, to follow the text's name; empty where nothing is."""
    if unsafe := _UNSAFE.search(text):
        return f"it contains the control character U+{ord(unsafe[0]):04X}; type the text again"
    if len(text) > LONGEST:
        return f"it has {len(text):,} characters; shorten it to {LONGEST:,} or fewer"
    return ""


def format_sentence(words: str) -> str:
    """Words from a file as a sentence: with a full stop, unless they end one already."""
    return words if words.endswith((".", "!", "?")) else f"{words}."


def format_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Format rows as lines, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def quote_formula(words: str) -> str:
    """Put an apostrophe before words in a CSV that a spreadsheet would run as a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def unquote_formula(words: str) -> str:
    """Remove the apostrophe that quote_formula put before words."""
    return words[1:] if words[:1] == "'" and words[1:].startswith(_FORMULA) else words


def escape_markdown(value: object) -> str:
    """Escape a value so that Markdown shows it unchanged, on one line of the source."""
    text = _MARKDOWN_SIGN.sub(r"\\\g<0>", str(value).strip())
    text = _MARKDOWN_BLOCK.sub(_escape_block, text)
    return "<br>".join(text.splitlines())


def _escape_block(found: re.Match[str]) -> str:
    """Put a backslash before the sign that begins a block, the last of the text found."""
    return f"{found[1]}{found[2][:-1]}\\{found[2][-1]}"
