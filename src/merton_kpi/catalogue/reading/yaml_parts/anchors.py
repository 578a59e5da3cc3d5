"""Anchors (`&name`), aliases (`*name`) and tags (`!name`), none of which a catalogue needs.

Each may also be the beginning of a text, which YAML would then cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from merton_kpi.core.issues import shorten

_MOST_VALUES = 100  # that an alias may stand for, so that a short text does not become a long one
_TEXT = re.compile(r"![^!\s]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an anchor stands before: its mark, and its path and value."""

    mark: Any
    path: tuple[str | int, ...]
    value: Any
    is_used: bool = False


def read_alias(name: str, anchor: Anchor | None) -> tuple[Any, str]:
    """Read an alias: the value that it stands for, or the text that it may be; and its fault."""
    if anchor is None:
        return f"*{name}", "put text that begins with * in quotes"
    value = anchor.value if _count_values(anchor.value) <= _MOST_VALUES else None
    return value, f"aliases (*{shorten(name)}) are not allowed; write the value out"


def explain_anchor(name: str) -> str:
    """What is wrong with an anchor that no alias uses."""
    return f"&{shorten(name)} is passed over; put text that begins with & in quotes"


def explain_tag(line: str, column: int, *, is_text: bool) -> str:
    """What is wrong with a tag that begins at this column of a line, before a text or not."""
    written = line[column : column + 100].split()
    tag = shorten(written[0] if written else "", 30)
    if is_text and _TEXT.match(tag):
        return f"{tag} is passed over; put text that begins with ! in quotes"
    return f"tags are not allowed; leave out {tag}"


def _count_values(value: Any) -> int:
    """How many values there are in a value, itself too."""
    inner = value.values() if isinstance(value, dict) else value
    return 1 + sum(map(_count_values, inner)) if isinstance(value, (dict, tuple)) else 1
