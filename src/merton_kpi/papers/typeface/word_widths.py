"""How wide words are in Arial, for every paper that has to make room for them."""

from __future__ import annotations

# How wide Arial's characters are, in fifths of a digit's width, rounded up.
DIGIT, WIDEST = 5, 10
_ACCENTED = 7
BOLD = 0.9  # of a width: bold type needs the rest
_WIDTHS = {chr(code): DIGIT for code in range(32, 127)} | {
    character: width
    for width, characters in {
        2: "'ijl",
        3: " !(),-./:;I[\\]`frt|",
        4: '"*{}',
        6: "&+<=>ABEFKPSTVXYZ~",
        7: "CDGHNOQRUw",
        8: "%Mm",
        9: "W",
        10: "@",
    }.items()
    for character in characters
}


def measure_bold_word(word: str) -> float:
    """A word's width in digits, in bold type."""
    return measure_word(word) / DIGIT / BOLD


def measure_word(word: str) -> int:
    """A word's width in fifths of a digit's."""
    return sum(map(_measure_character, word))


def _measure_character(character: str) -> int:
    known = _WIDTHS.get(character)
    return known or (_ACCENTED if character < "\u0250" else WIDEST)
