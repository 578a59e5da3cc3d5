"""Edits to a YAML text by position, so that everything else stays as it was written.

Handles pairs and items on lines of their own (block style) and in brackets (flow style), with their
comments. A comment directly above an entry belongs to it, and so does one below it that is indented
further. Contains nothing about catalogues.

Why not ruamel.yaml: in a trial, its round trip left the comment above a removed outturn in
the text, where it seemed to be about another figure, and put a new first outturn below
the comment on the one after it. It also changed text that no edit concerned: indents, spaces
and quoted text of two lines.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be built without libyaml
_BLANK_LINES = re.compile(r"(?: *\n)*")

Pair = tuple[yaml.Node, yaml.Node]  # a key and its value


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """A replacement: the text from `start` up to, not including, `end` becomes `text`."""

    start: int
    end: int
    text: str = ""


def read_nodes(text: str) -> yaml.Node:
    """Read a text as a node with its children; a node's marks are positions in the text."""
    root = yaml.compose(text, _LOADER)
    assert root is not None
    return root


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; those at one place are made in the order given.

    Parts that are removed may overlap.
    """
    parts, done = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        parts += [text[done : edit.start], edit.text]
        done = max(done, edit.end)
    return "".join([*parts, text[done:]])


def encode_like(text: str, content: bytes) -> bytes:
    """Encode a text in UTF-8, with the line ends and the byte order mark of another file."""
    if b"\r\n" in content:
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8")


def pair_of(mapping: yaml.Node, key: str) -> Pair | None:
    """The key and its value, or None where the mapping does not have the key."""
    return next((pair for pair in mapping.value if pair[0].value == key), None)


def end_of(text: str, node: yaml.Node) -> int:
    """The position behind a value's last character.

    The end mark of a block is further on: behind the comments and blank lines that follow it.
    """
    if isinstance(node, yaml.ScalarNode):
        end: int = node.end_mark.index
        return len(text[:end].rstrip()) if node.style in ("|", ">") else end
    if _is_flow(node):
        return int(node.end_mark.index)
    last = node.value[-1]
    return end_of(text, last[1] if isinstance(last, tuple) else last)


def replace_value(text: str, pair: Pair, new: str) -> Edit:
    """Replace a pair's value by one that fits on the key's line."""
    key, value = pair
    end = end_of(text, value)
    if isinstance(value, yaml.ScalarNode) or _is_flow(value):
        return Edit(start=value.start_mark.index, end=end, text=new)
    # A block begins below its key's line, so the key's colon is replaced too.
    return Edit(start=key.end_mark.index, end=end, text=f": {new}")


def add_pair(text: str, mapping: yaml.Node, after: Pair, new: str) -> Edit:
    """Add a `key: value` behind another pair of the mapping and that pair's comments."""
    end = end_of(text, after[1])
    if _is_flow(mapping):
        return Edit(start=end, end=end, text=f", {new}")
    start = _commented_end_of(text, end, _column_of(mapping))
    line_break = "" if text[:start].endswith("\n") else "\n"
    return Edit(start=start, end=start, text=f"{line_break}{' ' * _column_of(mapping)}{new}\n")


def add_first_pair(text: str, mapping: yaml.Node, new: str) -> Edit:
    """Add a `key: value` in front of the mapping's other pairs and their comments."""
    if _is_flow(mapping):
        start = mapping.start_mark.index + 1
        return Edit(start=start, end=start, text=f"{new}, " if mapping.value else new)
    start = _commented_start_of(text, mapping.value[0][0].start_mark.index)
    return Edit(start=start, end=start, text=f"{' ' * _column_of(mapping)}{new}\n")


def remove_pair(text: str, mapping: yaml.Node, pair: Pair) -> Edit:
    """Remove a pair with its comments; in block style it must not be the only one."""
    if _is_flow(mapping):
        return _remove_from_brackets(text, mapping.value, [mapping.value.index(pair)])[0]
    start = _commented_start_of(text, pair[0].start_mark.index)
    return Edit(
        start=start, end=_commented_end_of(text, end_of(text, pair[1]), _column_of(mapping))
    )


def remove_items(text: str, sequence: yaml.Node, places: Iterable[int]) -> list[Edit]:
    """Remove items of a list, with their comments and the blank lines below.

    `places` count from 0. In block style one item must be left.
    """
    places = sorted(places)
    if _is_flow(sequence):
        return _remove_from_brackets(text, [(node, node) for node in sequence.value], places)
    return [_remove_block_item(text, sequence, place) for place in places]


def add_comments_above(text: str, position: int, lines: Iterable[str]) -> Edit:
    """Add comments above the line of a position, with the indent of that line."""
    start = _line_start_of(text, position)
    line = text[start : _line_after(text, start)]
    indent = line[: len(line) - len(line.lstrip(" "))]
    return Edit(start=start, end=start, text="".join(f"{indent}# {words}\n" for words in lines))


def _is_flow(node: yaml.Node) -> bool:
    """Whether it is a list or a mapping in brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _remove_from_brackets(
    text: str, entries: list[tuple[yaml.Node, yaml.Node]], places: list[int]
) -> list[Edit]:
    """Remove entries and a comma each; an entry is given by its first and its last node.

    Entries behind the last one that is kept go with the comma before them, others with the comma
    after them.
    """
    starts = [first.start_mark.index for first, _ in entries]
    ends = [end_of(text, last) for _, last in entries]
    last_kept = max((at for at in range(len(entries)) if at not in places), default=len(entries))
    return [
        Edit(start=ends[place - 1], end=ends[place])
        if place > last_kept
        else Edit(start=starts[place], end=(*starts, ends[-1])[place + 1])
        for place in places
    ]


def _remove_block_item(text: str, sequence: yaml.Node, place: int) -> Edit:
    column = _column_of(sequence)
    item = sequence.value[place]
    dash = _line_start_of(text, item.start_mark.index) + column
    end = _commented_end_of(text, end_of(text, item), column)
    end = _match_end_after(_BLANK_LINES, text, end)
    start = _commented_start_of(text, dash)
    if end == len(text):  # the item before it becomes the last: no blank line may follow it
        start = len(text[:start].rstrip("\n")) + 1
    return Edit(start=start, end=end)


def _commented_start_of(text: str, position: int) -> int:
    """The start of a position's line, or of the comments directly above with the same indent."""
    start = _line_start_of(text, position)
    comments = re.search(rf"(?m)(?:^ {{{position - start}}}#.*\n)*\Z", text[:start])
    return comments.start() if comments else start


def _commented_end_of(text: str, end: int, column: int) -> int:
    """The end of a position's line, or of the comments below that are indented beyond `column`."""
    comments = re.compile(rf"(?: {{{column + 1},}}#.*\n?)*")
    return _match_end_after(comments, text, _line_after(text, end))


def _match_end_after(pattern: re.Pattern[str], text: str, start: int) -> int:
    """The end of what a pattern matches at a position; the position itself for no match."""
    found = pattern.match(text, start)
    return found.end() if found else start


def _column_of(node: yaml.Node) -> int:
    return int(node.start_mark.column)


def _line_start_of(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _line_after(text: str, position: int) -> int:
    """The start of the next line, or the end of the text."""
    found = text.find("\n", position)
    return len(text) if found < 0 else found + 1
