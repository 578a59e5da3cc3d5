"""YAML text to plain values with the place of each, and every fault of its writing.

A smaller YAML than PyYAML's: numbers become `int` and `Decimal`, never `float`; only `true` and
`false` are booleans. Refused are aliases and tags, a key that stands twice, and what stands without
quotes and is not to other programs what it looks like: `010`, `no`, `1:30`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from merton_kpi.issues import Issue, Place, shorten
from merton_kpi.texts import find_text_fault
from merton_kpi.traps import find_trap

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


# What is not closed, or has no colon, is noticed only further on; the context is where it began.
_NOTICED_LATER = ("a simple key", "a quoted scalar", "a flow sequence", "a flow mapping")
# What the parser says in its own words, and what an analyst can do about it.
_ADVICE = {
    "mapping values are not allowed": "put text with a colon in it in quotes, or mend the indent",
    "cannot start any token": "put text that begins with a sign in quotes; indent with spaces",
    "expected ':'": "put a colon and a space behind the key",
    "expected ',' or": "close the bracket that opens here, with commas between what is in it",
    "unexpected end of stream": "close the quote that opens here",
    "expected key": "begin an entry's keys in one column, and put text with quotes in it in quotes",
    "expected <block end>": "begin an entry's keys in one column, each list item with a dash",
    "expected '-' indicator": "begin each item of the list with a dash, in one column",
}


@dataclass(kw_only=True)
class Document:
    """What was read: the value, the mark of each path in it, and the issues with their paths."""

    file: str
    value: Any = None
    marks: dict[Path, tuple[int, int, int]] = field(default_factory=dict)
    issues: list[tuple[Path, Issue]] = field(default_factory=list)

    def place(self, path: Path, *, of_key: bool = False) -> Place:
        """Where the value of a path begins, or the nearest thing around it; or where its key does.

        A value that begins on another line than its key is placed at the key as well.
        """
        while path and path not in self.marks:
            path, of_key = path[:-1], True
        if path not in self.marks:
            return Place(file=self.file)
        line, key_column, value_column = self.marks[path]
        return Place(file=self.file, line=line, column=key_column if of_key else value_column)


def read_yaml(text: str, file: str) -> Document:
    """Read one YAML document. Where the writing itself is broken, `value` is None."""
    document = Document(file=file)
    try:
        _Reader(text, document).read_document()
    except yaml.MarkedYAMLError as error:
        missed = (error.context or "").endswith(_NOTICED_LATER)
        mark = error.context_mark if missed else error.problem_mark
        _fault(document, mark, _explain(error.problem or "it cannot be read"))
    except yaml.reader.ReaderError as error:
        sign = chr(error.character)
        *before, line = text[: text.index(sign)].split("\n")
        mark = yaml.Mark(file, 0, len(before), len(line), None, 0)
        _fault(document, mark, f"this is not YAML: {find_text_fault(sign)}")
    return document


def _explain(problem: str) -> str:
    advice = (f"; {words}" for sign, words in _ADVICE.items() if sign in problem)
    return f"this is not YAML: {problem}{next(advice, '')}"


def _fault(document: Document, mark: Any, message: str, path: Path = ()) -> None:
    line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
    place = Place(file=document.file, line=line, column=column)
    document.issues.append((path, Issue(code="yaml", place=place, message=message)))


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
            mark = self._next().start_mark
            _fault(self._document, mark, "a second document begins here; keep one in a file")
        self._document.value = value

    def _read_value(self, path: Path, key: tuple[int, int] | None = None) -> Any:
        """Read a value; `key` is the line and column of its key, where it has one."""
        event = self._next()
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if key is None or key[0] == line:
            self._document.marks[path] = (line, key[1] if key else column, column)
        else:
            self._document.marks[path] = (*key, key[1])
        self._keep_limits(path, mark)
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, path, "aliases (*name) are not used here; write the value out")
            return None
        if event.tag is not None:
            self._fault(event, path, f"tags ({event.tag}) are not used here; leave it out")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._read_sequence(path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._read_mapping(path)
        return self._read_scalar(event, path)

    def _keep_limits(self, path: Path, mark: Any) -> None:
        problem = ""
        if len(path) > _DEEPEST:
            problem = "it nests too deep"
        elif len(self._document.marks) > _MOST_VALUES:
            problem = f"it has more than {_MOST_VALUES:,} values"
        elif len(self._document.issues) >= _MOST_FAULTS:
            problem = "it has too many faults to read on"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)

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
            mark = event.start_mark
            if not isinstance(event, yaml.ScalarEvent):
                raise yaml.MarkedYAMLError(problem="a key must be a word", problem_mark=mark)
            key = event.value
            inner = (*path, key)
            if key in values:
                first = f"the key '{shorten(key)}' stands on line {self._document.marks[inner][0]}"
                self._fault(event, inner, f"{first} already; keep one of the two")
            elif not event.style:
                self._check_trap(event, inner, is_key=True)
            values[key] = self._read_value(inner, (mark.line + 1, mark.column + 1))
        self._next()
        return values

    def _read_scalar(self, event: yaml.ScalarEvent, path: Path) -> Any:
        text = event.value
        fault = find_text_fault(text)
        if fault:
            self._fault(event, path, f"this text cannot be used: {fault}")
        if event.style:  # quoted, or a block of text
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        self._check_trap(event, path)
        return text

    def _check_trap(self, event: yaml.ScalarEvent, path: Path, *, is_key: bool = False) -> None:
        trap = find_trap(event.value, is_key=is_key)
        if trap:
            self._fault(event, path, trap)

    def _fault(self, event: yaml.Event, path: Path, message: str) -> None:
        _fault(self._document, event.start_mark, message, path)
