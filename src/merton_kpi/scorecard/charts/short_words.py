"""Words shortened to what a chart has room for."""

from __future__ import annotations

LONGEST_WORDS, LONGEST_NAME, LONGEST_LABEL = 120, 60, 40  # characters, in a chart


def shorten_words(words: str, longest: int = LONGEST_WORDS) -> str:
    """Words shortened for a chart and one row of its table; the index has them in full."""
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[:longest].rstrip()} …"
