"""Words from a file as words in another kind of file: shown there as they are, never acted on."""

from __future__ import annotations

import re

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

_SPECIAL = r"[\\`*_\[\]<>|~&]|(?<=\bwww)\.|:(?=//)"
_OPENS_A_BLOCK = r"(?m:^(\s*)([#+=-]|[0-9]+[.)]))"


def quote_words(words: str) -> str:
    """Words for a CSV as a spreadsheet will show them, never run them."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def unquote_words(words: str) -> str:
    """The words that quote_words was given."""
    return words[1:] if words[:1] == "'" and words[1:].startswith(_FORMULA) else words


def escape_markdown(value: object) -> str:
    """Write a value so that Markdown shows it as the words it is, on one line of source."""
    text = re.sub(_SPECIAL, r"\\\g<0>", str(value).strip())
    text = re.sub(_OPENS_A_BLOCK, _escape_opening, text)
    return "<br>".join(text.splitlines())


def _escape_opening(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2][:-1]}\\{found[2][-1]}"
