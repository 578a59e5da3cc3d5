"""The mappings of a YAML text while they are read, and keys that are given again in one.

In a list such a key most often begins a new item whose dash is missing. To keep one of the two
would then remove the item, so the advice is to put the dash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from merton_kpi.core.issues import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Path = tuple[str | int, ...]

# In braces a comma splits a number: {a: 1,234} is {a: 1, 234: null} to YAML.
_BEFORE_COMMA = re.compile(r"[£$€]?-?[0-9]{1,15}(,[0-9]{1,15}){0,5}")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A key that is given again: its mark, and the line where it was given first."""

    key: str
    mark: Any
    line: int


@dataclass(slots=True)
class Item:
    """One mapping while its keys are read.

    `start` is the first key where the dash before it is missing. `split` has the numbers that
    commas split, as they were written. `merged` is what a merge key (`<<`) adds.
    """

    path: Path
    start: Repeat | None = None
    values: dict[str, Any] = field(default_factory=dict)
    split: dict[str, str] = field(default_factory=dict)
    merged: dict[str, Any] = field(default_factory=dict)
    repeats: list[Repeat] = field(default_factory=list)

    def add_digits(self, digits: str) -> bool:
        """Add digits to the number before the comma; False where no number is before it."""
        last = next(reversed(self.values), "")
        before = self.split.get(last, str(self.values.get(last)))
        if not _BEFORE_COMMA.fullmatch(before):
            return False
        self.split[last] = f"{before},{digits}"
        return True

    def add_repeat(self, repeat: Repeat) -> Item:
        """The item that a key given again belongs to: this one, or a new one of the same list.

        It is a new one where its first key is given again, after others.
        """
        first, *others = self.values
        last = self.path[-1] if self.path else ""
        if repeat.key == first and others and isinstance(last, int):
            return Item((*self.path[:-1], last + 1), start=repeat)
        self.repeats.append(repeat)
        return self


def select_items(items: Iterable[Item]) -> list[Item]:
    """The items, without each that has but a single key: that is one of the item before it."""
    kept: list[Item] = []
    for item in items:
        if item.start and len(item.values) == 1:
            kept[-1].repeats.append(item.start)
        else:
            kept.append(item)
    return kept


def list_item_faults(item: Item) -> Iterator[tuple[Any, Path, str]]:
    """What is wrong with an item's keys: the mark, the path and the sentence of each fault.

    Without a mark, the fault is at the path.
    """
    if item.start:
        message = f"'{shorten(item.start.key)}' is already given on line {item.start.line}; "
        message += "if a new item of the list begins here, put a dash before it"
        yield item.start.mark, item.path, message
    if not item.repeats:
        return
    first, *others = item.repeats
    path = (*item.path, first.key)
    if not others:
        message = f"the key '{shorten(first.key)}' is already given on line {first.line}"
        yield first.mark, path, f"{message}; keep one of the two"
    elif item.path and not isinstance(item.path[-1], int):
        line = first.mark.line + 1
        message = f"from line {line} its keys are given again; begin each item with a dash"
        yield None, item.path, message
    else:
        message = f"{len(item.repeats)} keys from here on are already given, the first on line "
        message += f"{first.line}; put a dash before each new item of a list, and give no key twice"
        yield first.mark, path, message
