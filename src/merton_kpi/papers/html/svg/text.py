"""Words in an SVG, which wraps and measures none, and lengths as text."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from markupsafe import Markup

from merton_kpi.papers.html.svg.plot import LINE_HEIGHT
from merton_kpi.papers.typeface.word_widths import measure_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FIFTH_OF_DIGIT = Fraction(8, 5)  # in Arial of that size, with a tenth to spare for other typefaces


def format_text_lines(
    lines: Iterable[str], across: Fraction, base: Fraction, *, anchor: str = "start"
) -> Iterator[Markup]:
    """Lines of text below each other; `base` is the first one's base line."""
    for number, words in enumerate(lines):
        yield Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(
            format_place(across),
            format_place(base + number * LINE_HEIGHT),
            anchor,
            words,
        )


def split_lines(words: str, room: Fraction) -> list[str]:
    """Words in lines that have room, cut at spaces; a word that has none is cut where it must."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if measure_words(longer) <= room:
            lines[-1:] = [longer]
            continue
        lines.append("")
        for character in word:
            if measure_words(lines[-1] + character) > room:
                lines.append("")
            lines[-1] += character
    return lines


def measure_words(words: str) -> Fraction:
    """How wide words are in the SVG's units."""
    return measure_word(words) * _FIFTH_OF_DIGIT


def format_point(place: tuple[Fraction, Fraction]) -> str:
    """A place in a path: how far across and how far down."""
    across, down = place
    return f"{format_place(across)} {format_place(down)}"


def format_place(length: Fraction) -> str:
    """A length with at most one decimal, half up."""
    # In whole numbers: as sums of fractions, these took a tenth of a page of 1,000 indicators.
    parts = length.denominator
    whole, tenth = divmod((20 * length.numerator + parts) // (2 * parts), 10)
    return f"{whole}.{tenth}" if tenth else str(whole)
