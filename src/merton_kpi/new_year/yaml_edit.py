"""Changes to a YAML text by position: what is not changed stays as it was written.

Knows how pairs and items stand in a text, in lines of their own (block style) or within brackets
(flow style), and which comments belong to them; knows nothing of catalogues. A comment directly
above an entry belongs to it, and so does one below that is indented deeper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Pair = tuple[yaml.Node, yaml.Node]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """The text from `start` up to, not including, `end` becomes `text`."""

    start: int
    end: int
    text: str = ""


def compose(text: str) -> yaml.Node:
    """The document's nodes, whose marks are positions in the text."""
    root = yaml.compose(text, _LOADER)
    assert root is not None
    return root


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; of several at one place, in the order given.

    What is taken out may be taken out twice.
    """
    parts, done = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        parts += [text[done : edit.start], edit.text]
        done = max(done, edit.end)
    return "".join([*parts, text[done:]])


def find_pair(mapping: yaml.Node, key: str) -> Pair | None:
    """The key and its value, if the mapping has it."""
    return next((pair for pair in mapping.value if pair[0].value == key), None)


def is_flow(node: yaml.Node) -> bool:
    """Whether it is a list or a mapping within brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def end_of(text: str, node: yaml.Node) -> int:
    """Where a value's own text ends: a block's node goes on through what follows it."""
    if isinstance(node, yaml.ScalarNode):
        end: int = node.end_mark.index
        return len(text[:end].rstrip()) if node.style in ("|", ">") else end
    if is_flow(node):
        return int(node.end_mark.index)
    last = node.value[-1]
    return end_of(text, last[1] if isinstance(last, tuple) else last)


def replace_value(text: str, pair: Pair, new: str) -> Edit:
    """Put a value that stands on one line in the place of a pair's own."""
    key, value = pair
    end = end_of(text, value)
    if isinstance(value, yaml.ScalarNode) or is_flow(value):
        return Edit(start=value.start_mark.index, end=end, text=new)
    # The key's colon goes too, since a block begins on a line below it.
    return Edit(start=key.end_mark.index, end=end, text=f": {new}")


def add_pair(text: str, mapping: yaml.Node, after: Pair, new: str) -> Edit:
    """Add a `key: value` behind another pair of the mapping."""
    end = end_of(text, after[1])
    if is_flow(mapping):
        return Edit(start=end, end=end, text=f", {new}")
    start = _with_comments_below(text, end, _column(mapping))
    begin = "" if text[:start].endswith("\n") else "\n"
    return Edit(start=start, end=start, text=f"{begin}{' ' * _column(mapping)}{new}\n")


def add_first_pair(text: str, mapping: yaml.Node, new: str) -> Edit:
    """Add a `key: value` in front of the mapping's other pairs."""
    if is_flow(mapping):
        start = mapping.start_mark.index + 1
        return Edit(start=start, end=start, text=new + ", " * bool(mapping.value))
    start = _with_comments_above(text, mapping.value[0][0].start_mark.index)
    return Edit(start=start, end=start, text=f"{' ' * _column(mapping)}{new}\n")


def remove_pair(text: str, mapping: yaml.Node, pair: Pair) -> Edit:
    """Take out one of several pairs, with its comments."""
    if is_flow(mapping):
        return _remove_flow(text, mapping.value, [mapping.value.index(pair)])[0]
    end = _with_comments_below(text, end_of(text, pair[1]), _column(mapping))
    return Edit(start=_with_comments_above(text, pair[0].start_mark.index), end=end)


def remove_items(text: str, sequence: yaml.Node, places: Iterable[int]) -> list[Edit]:
    """Take out some items of a list, not all, with their comments and the blank lines below."""
    places = sorted(places)
    if is_flow(sequence):
        return _remove_flow(text, [(node, node) for node in sequence.value], places)
    return [_remove_block_item(text, sequence, place) for place in places]


def put_comments_above(text: str, position: int, lines: Iterable[str]) -> Edit:
    """Put comments above the line of this position, as far in as that line."""
    start = _line_start(text, position)
    line = text[start : _line_end(text, start)]
    indent = line[: len(line) - len(line.lstrip(" "))]
    return Edit(start=start, end=start, text="".join(f"{indent}# {words}\n" for words in lines))


def _remove_flow(
    text: str, nodes: list[tuple[yaml.Node, yaml.Node]], places: list[int]
) -> list[Edit]:
    """Take out entries, each with its first and last node, and their commas."""
    starts = [first.start_mark.index for first, _ in nodes]
    ends = [end_of(text, last) for _, last in nodes]
    kept = max((at for at in range(len(nodes)) if at not in places), default=len(nodes))
    return [
        Edit(start=ends[at - 1], end=ends[at])
        if at > kept
        else Edit(start=starts[at], end=(*starts, ends[-1])[at + 1])
        for at in places
    ]


def _remove_block_item(text: str, sequence: yaml.Node, place: int) -> Edit:
    column = _column(sequence)
    dash = _line_start(text, sequence.value[place].start_mark.index) + column
    end = _with_comments_below(text, end_of(text, sequence.value[place]), column)
    end = _skip(r"(?: *\n)*", text, end)
    start = _with_comments_above(text, dash)
    if end == len(text):  # no blank line is left at the file's end
        start = len(text[:start].rstrip("\n")) + 1
    return Edit(start=start, end=end)


def _with_comments_above(text: str, position: int) -> int:
    """The start of a position's line, or of the comments directly above it and as far in."""
    start = _line_start(text, position)
    comments = re.search(rf"(?m)(?:^ {{{position - start}}}#.*\n)*\Z", text[:start])
    return comments.start() if comments else start


def _with_comments_below(text: str, end: int, column: int) -> int:
    """The end of a position's line, or of the comments below it that are farther in."""
    return _skip(rf"(?: {{{column + 1},}}#.*\n?)*", text, _line_end(text, end))


def _skip(pattern: str, text: str, start: int) -> int:
    """Where that which matches from here on ends."""
    found = re.compile(pattern).match(text, start)
    return found.end() if found else start


def _column(node: yaml.Node) -> int:
    return int(node.start_mark.column)


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _line_end(text: str, position: int) -> int:
    """Where the next line starts."""
    found = text.find("\n", position)
    return len(text) if found < 0 else found + 1
