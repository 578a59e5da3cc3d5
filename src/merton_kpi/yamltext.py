"""YAML text to plain values with the place of each, and every fault of its writing.

A smaller YAML than PyYAML's: numbers become `int` and `Decimal`, never `float`; only `true` and
`false` are booleans; `010`, `no` and `1:30` stay the text that they are. Aliases and tags are
refused, and so is a key that stands twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from merton_kpi.issues import Issue, Place
from merton_kpi.texts import find_text_fault

try:  # libyaml's parser where PyYAML was built with it: several times as fast
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

# Where a value stands: the keys and positions that lead to it, as in pydantic's `loc`.
Path = tuple[str | int, ...]

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_DEEPEST = 20  # a catalogue nests to 7
_MOST_VALUES = 400_000  # 10,000 indicators have some 310,000
_MOST_FAULTS = 1_000


@dataclass(kw_only=True)
class Document:
    """What was read: the value, the line of each path in it, and the issues."""

    file: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """The line of a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(file=self.file, line=self.lines.get(path))


def read_yaml(text: str, file: str) -> Document:
    """Read one YAML document. Where the writing itself is broken, `value` is None."""
    document = Document(file=file)
    try:
        _Reader(text, document).read_document()
    except yaml.MarkedYAMLError as error:
        # A key without its colon is noticed only on the next line.
        missed = error.context == "while scanning a simple key"
        mark = error.context_mark if missed else error.problem_mark
        _fault(document, mark.line + 1 if mark else None, f"this is not YAML: {error.problem}")
    except yaml.YAMLError as error:
        _fault(document, None, f"this is not YAML: {error}".splitlines()[0])
    return document


def _fault(document: Document, line: int | None, message: str) -> None:
    place = Place(file=document.file, line=line)
    document.issues.append(Issue(code="yaml", place=place, message=message))


class _Reader:
    """A walk over the parser's events, from the first to the last."""

    def __init__(self, text: str, document: Document) -> None:
        self._events = _Loader(text)
        self._document = document

    def _next(self) -> Any:
        return self._events.get_event()

    def _is_next(self, kind: type[yaml.Event]) -> bool:
        return bool(self._events.check_event(kind))

    def read_document(self) -> None:
        self._next()  # the stream begins
        if self._is_next(yaml.StreamEndEvent):
            _fault(self._document, None, "the file is empty")
            return
        self._next()  # the document begins
        value = self._read_value(())
        self._next()  # the document ends
        if not self._is_next(yaml.StreamEndEvent):
            line = self._next().start_mark.line + 1
            _fault(self._document, line, "a second document begins here; keep one in a file")
        self._document.value = value

    def _read_value(self, path: Path) -> Any:
        event = self._next()
        line = event.start_mark.line + 1
        self._document.lines.setdefault(path, line)
        if len(path) > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="it nests too deep", problem_mark=event.start_mark)
        if len(self._document.lines) > _MOST_VALUES:
            raise yaml.MarkedYAMLError(
                problem=f"it has more than {_MOST_VALUES:,} values", problem_mark=event.start_mark
            )
        if len(self._document.issues) >= _MOST_FAULTS:
            raise yaml.MarkedYAMLError(
                problem="it has too many faults to read on", problem_mark=event.start_mark
            )
        if isinstance(event, yaml.AliasEvent):
            _fault(self._document, line, "aliases (*name) are not used here; write the value out")
            return None
        if event.tag is not None:
            _fault(self._document, line, f"tags ({event.tag}) are not used here; leave it out")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._read_sequence(path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._read_mapping(path)
        return self._read_scalar(event, line)

    def _read_sequence(self, path: Path) -> tuple[Any, ...]:
        values: list[Any] = []
        while not self._is_next(yaml.SequenceEndEvent):
            values.append(self._read_value((*path, len(values))))
        self._next()
        return tuple(values)

    def _read_mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not self._is_next(yaml.MappingEndEvent):
            event = self._next()
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise yaml.MarkedYAMLError(
                    problem="a key must be a word", problem_mark=event.start_mark
                )
            key = event.value
            if key in values:
                _fault(self._document, line, f"the key '{key}' stands twice; keep one of them")
            self._document.lines.setdefault((*path, key), line)
            values[key] = self._read_value((*path, key))
        self._next()
        return values

    def _read_scalar(self, event: yaml.ScalarEvent, line: int) -> Any:
        text = event.value
        fault = find_text_fault(text)
        if fault:
            _fault(self._document, line, f"this text cannot be used: {fault}")
        if event.style:  # quoted, or a block of text
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        return text
