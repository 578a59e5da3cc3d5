"""How much room words take in a cell: the lines they wrap to, and parts short enough for a row.

A row's height is written down beforehand, since not every program fits rows by itself. So the
estimate errs on the long side: a little white space is better than words cut off.
"""

from __future__ import annotations

from bisect import bisect_left

LINE_HEIGHT = 15.75  # points that a line of 12 point type takes
MAX_LINES = 24  # a row is 409 points high at most

# How wide Arial's characters are, in fifths of a digit's width, rounded up.
_DIGIT, _ACCENTED, _OTHER = 5, 7, 10
_WIDTHS = {chr(code): _DIGIT for code in range(32, 127)} | {
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


def _measure_word(word: str) -> int:
    """A word's width in fifths of a digit's."""
    return sum(map(_measure_character, word))


def _measure_character(character: str) -> int:
    known = _WIDTHS.get(character)
    return known or (_ACCENTED if character < "\u0250" else _OTHER)


def count_lines(words: str, width: float) -> int:
    """The lines that words take, wrapped at spaces, in a column as wide as so many digits."""
    room = _measure_room(width)
    # Saves a sixth of a build of 10,000 indicators (4.6 of 28 s): most words are short.
    if len(words) * _OTHER <= room and "\n" not in words:
        return 1
    lines = 0
    for line in words.split("\n"):
        lines, filled = lines + 1, 0
        for word in line.split(" "):
            long = _measure_word(word)
            if filled and filled + 3 + long > room:
                lines, filled = lines + 1, long
            else:
                filled += long + 3 * bool(filled)
            if filled > room:
                lines, filled = lines + (filled - 1) // room, (filled - 1) % room + 1
    return lines


def _measure_room(width: float) -> int:
    """What a column holds, in fifths of a digit: a cell keeps a digit's width free."""
    return int((width - 1) * _DIGIT)


def split_words(words: str, width: float) -> list[str]:
    """Words in parts that each fit a row of this width, cut at spaces where there are any."""
    # Any two neighbouring lines are longer together than one line, so that this many always fit.
    if 2 * len(words) * _OTHER // _measure_room(width) + words.count("\n") < MAX_LINES:
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
