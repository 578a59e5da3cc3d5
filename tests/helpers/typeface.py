"""How wide Arial Bold is: the widths of Helvetica-Bold, in thousandths of its size."""

from __future__ import annotations

_WIDTHS = {
    character: width
    for width, characters in {
        238: "'",
        278: " ,./\\Iijl",
        280: "|",
        333: "!()-:;[]`ft",
        389: "*r{}",
        474: '"',
        500: "z",
        556: "#$0123456789_aceksvxy",
        584: "+<=>^~",
        611: "?FLTZbdghnopqu",
        667: "EPSVXY",
        722: "&ABCDHKNRU",
        778: "GOQw",
        833: "M",
        889: "%m",
        944: "W",
        975: "@",
    }.items()
    for character in characters
}


def measure_bold(word: str) -> float:
    """A word's width as a multiple of the type's size; other characters count as its size."""
    return sum(_WIDTHS.get(character, 1000) for character in word) / 1000
