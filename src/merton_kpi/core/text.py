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
_NOT_IN_TITLES = re.compile(r"[\W_]+")

# Characters that XML cannot hold, and so neither a workbook nor a Word document.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Signs that have no width, or that turn the text after them round: `1` with one of them looks like
# `1`. And spaces that look like the plain one.
_UNSEEN = re.compile(
    "[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e001f]"
)
# Those that belong to words too: they join letters of some scripts, and the parts of an emoji.
_JOINER = re.compile("[\u200c\u200d\U000e0020-\U000e007f]")
_OTHER_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_DASHES = str.maketrans("‐‑‒–—−", "------")  # noqa: RUF001 - dashes that people type for a hyphen
_NO_BREAK_SPACES = "\xa0\u202f"

# A spreadsheet takes a cell that begins with one of these for a formula, after spaces too; where
# Chinese or Japanese is typed, also with the wide form of a sign.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")

_MARKDOWN_SIGN = re.compile(r"[\\`*_\[\]<>|~&]|(?<=\bwww)\.|:(?=//)")
# GitHub makes a link of an e-mail address even where its @ is escaped, but not of its halves.
_MARKDOWN_ADDRESS = re.compile(r"(?<=[\w.+-])@(?=[\w-])")
_MARKDOWN_NOTHING = "<!-- -->"
# What begins a heading, a list or a line under a heading.
_MARKDOWN_BLOCK = re.compile(r"^(\s*)([#+=-]|[0-9]+[.)])", re.MULTILINE)


def check_text(text: str) -> str:
    """What is wrong with a text from a file, to follow the text's name; empty where nothing is."""
    if unsafe := _UNSAFE.search(text):
        return f"it contains the control character U+{ord(unsafe[0]):04X}; type the text again"
    if len(text) > LONGEST:
        return f"it has {len(text):,} characters; shorten it to {LONGEST:,} or fewer"
    return ""


def escape_unseen(text: str) -> str:
    """Write each sign that cannot be seen by its code, like `<U+202E>`."""
    return _UNSEEN.sub(lambda found: _format_code(found[0]), text)


def escape_spaces(text: str) -> str:
    """The same for each space that looks like the plain one: `<U+00A0>` for a no-break space."""
    return _OTHER_SPACE.sub(lambda found: _format_code(found[0]), text)


def strip_dashes(text: str) -> str:
    """The text with a hyphen for each kind of dash."""
    return text.translate(_DASHES)


def strip_unseen(text: str) -> str:
    """The text as it looks: without signs that cannot be seen, and with plain spaces only."""
    return _OTHER_SPACE.sub(" ", _JOINER.sub("", _UNSEEN.sub("", text)))


def explain_unseen(text: str) -> str:
    """What is wrong with a text that has a sign or a space that is not what it looks like.

    It follows the text's name; empty where there is none.
    """
    if unseen := _UNSEEN.search(text) or _JOINER.search(text):
        return f"it contains the sign U+{ord(unseen[0]):04X}, which cannot be seen"
    if space := _OTHER_SPACE.search(text):
        kind = "no-break space" if space[0] in _NO_BREAK_SPACES else "special space"
        return f"it contains a {kind} (U+{ord(space[0]):04X}), which looks like a plain one"
    return ""


def has_unseen(text: str) -> bool:
    """Whether a text has a sign that cannot be seen."""
    return bool(_UNSEEN.search(text))


def _format_code(sign: str) -> str:
    return f"<U+{ord(sign):04X}>"


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
    return f"'{words}" if _FORMULA.match(words) else words


def unquote_formula(words: str) -> str:
    """Remove the apostrophe that quote_formula put before words."""
    return words[1:] if words[:1] == "'" and _FORMULA.match(words, 1) else words


def escape_markdown(value: object) -> str:
    """Escape a value so that Markdown shows it unchanged, on one line of the source."""
    text = _MARKDOWN_SIGN.sub(r"\\\g<0>", str(value).strip())
    text = _MARKDOWN_ADDRESS.sub(f"{_MARKDOWN_NOTHING}@", text)
    text = _MARKDOWN_BLOCK.sub(_escape_block, text)
    return "<br>".join(text.splitlines())


def _escape_block(found: re.Match[str]) -> str:
    """Put a backslash before the sign that begins a block, the last of the text found."""
    return f"{found[1]}{found[2][:-1]}\\{found[2][-1]}"


def strip_title(title: str) -> str:
    """A title without what differs from one program to the next: case, spaces and signs."""
    return _NOT_IN_TITLES.sub(" ", title.casefold()).strip()
