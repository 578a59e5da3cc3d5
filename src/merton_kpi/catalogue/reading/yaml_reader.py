"""YAML text to plain values, with the place of each value and every fault in the writing.

The values are dicts, tuples, text, booleans, None, `int` and `Decimal`; never `float`. Less is
accepted than PyYAML accepts. Aliases, tags, a key that is given twice and a second document are
faults. So is text without quotes that other programs read as something else: `010`, `no`, `1:30`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

import yaml

from merton_kpi.catalogue.reading.advice.yaml_errors import explain_yaml_error
from merton_kpi.catalogue.reading.yaml_traps import check_plain_scalar
from merton_kpi.core.issues import Issue, Place, shorten
from merton_kpi.core.text import check_text

if TYPE_CHECKING:
    from collections.abc import Mapping

# The keys and positions that lead to a value, as in pydantic's `loc`.
Path = tuple[str | int, ...]

# libyaml's parser, which is several times as fast, where PyYAML was built with it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
# Line ends to YAML but not to editors, so that every line number after one would be wrong.
_BREAKS = re.compile("[\x85\u2028\u2029]")
_CURLY_QUOTES = re.compile("[“”„]([^“”„]*)[“”]|‘([^‘’]*)’")  # noqa: RUF001 - looked for on purpose
_DEEPEST = 20  # levels; a catalogue has 7
_MOST_VALUES = 400_000  # 10,000 indicators have about 310,000
_MOST_FAULTS = 1_000

# In braces a comma splits a number: {a: 1,234} is {a: 1, 234: null} to YAML. The first pattern is
# for what comes before such a key, the second for the key, the third for a decimal comma.
_BEFORE_COMMA = re.compile(r"[£$€]?-?[0-9]{1,15}(,[0-9]{1,15}){0,5}")
_AFTER_COMMA = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")
_DECIMAL_COMMA = re.compile(r"-?(0,[0-9]+|[0-9]+,[0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Mark:
    """The line of a value, or of its key where it has one, with both columns, counted from 0.

    `value_column` is the key's where the value begins on a later line.
    """

    line: int
    key_column: int
    value_column: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What was read from a file: its value, the mark of each path in it, and the issues.

    Each issue has the path that it is about. `value` is None where the text is not YAML.
    """

    file: str
    value: Any = None
    marks: Mapping[Path, Mark] = field(default_factory=dict)
    issues: tuple[tuple[Path, Issue], ...] = ()

    def place_of(self, path: Path, *, of_key: bool = False) -> Place:
        """Where the value of a path begins, or its key.

        Where the document has no such path it is the key of the nearest entry around it.
        """
        while path and path not in self.marks:
            path, of_key = path[:-1], True
        if path not in self.marks:
            return Place(file=self.file)
        mark = self.marks[path]
        column = mark.key_column if of_key else mark.value_column
        return Place(file=self.file, line=mark.line + 1, column=column + 1)


def read_yaml(text: str, file: str) -> Document:
    """Read a text that is one YAML document; `file` is the name that its issues give."""
    return _Reader(text, file).read_document()


class _Reader:
    """Reads one text: goes through the parser's events and collects values, marks and issues."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._text = text
        self._marks: dict[Path, Mark] = {}
        self._issues: list[tuple[Path, Issue]] = []
        self._last_long_quote: Any = None  # the last quoted text of several lines, as an event
        self._parser: Any = None

    def read_document(self) -> Document:
        value = None
        self._replace_breaks()
        try:
            self._parser = _LOADER(self._text)
            value = self._read_stream()
        except (yaml.scanner.ScannerError, yaml.parser.ParserError) as error:
            mark, advice = explain_yaml_error(error, self._text, self._last_long_quote)
            self._add_fault(mark, f"this is not YAML: {advice}")
        except yaml.MarkedYAMLError as error:
            self._add_fault(error.problem_mark, str(error.problem))
        except yaml.reader.ReaderError as error:
            sign = chr(error.character)
            place = self._place_of(self._text.index(sign))
            self._add_issue(place, f"this is not YAML: {check_text(sign)}")
        return Document(file=self._file, value=value, marks=self._marks, issues=tuple(self._issues))

    def _replace_breaks(self) -> None:
        """Replace line ends that editors do not count by spaces, each with its fault."""
        for found in islice(_BREAKS.finditer(self._text), _MOST_FAULTS):
            place = self._place_of(found.start())
            self._add_issue(place, f"this text cannot be used: {check_text(found[0])}")
        self._text = _BREAKS.sub(" ", self._text)

    def _read_event(self) -> Any:
        return self._parser.get_event()

    def _read_stream(self) -> Any:
        self._read_event()  # the stream begins
        if isinstance(self._read_event(), yaml.StreamEndEvent):
            return None  # else the document begins
        value = self._read_value(self._read_event(), ())
        self._read_event()  # the document ends
        event = self._read_event()
        if not isinstance(event, yaml.StreamEndEvent):
            message = "a second document begins here; keep only one in the file"
            self._add_fault(event.start_mark, message)
        return value

    def _read_value(self, event: Any, path: Path, key: Any = None) -> Any:
        """Read the value that begins with an event; `key` is the mark of its key, if it has one."""
        mark = event.start_mark
        key = key or mark
        column = mark.column if mark.line == key.line else key.column
        self._marks[path] = Mark(key.line, key.column, column)
        self._check_limits(path, mark)
        if isinstance(event, yaml.AliasEvent):
            message = "aliases (*name) are not allowed; write the value out"
            self._add_fault(mark, message, path)
            return None
        if event.tag is not None:
            message = f"tags are not allowed; leave out {event.tag}"
            self._add_fault(mark, message, path)
        if isinstance(event, yaml.ScalarEvent):
            return self._read_scalar(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._read_mapping(event, path)
        return self._read_sequence(path)

    def _check_limits(self, path: Path, mark: Any) -> None:
        """Stop at a document that is too deep, too large or too faulty to be a catalogue."""
        problem = ""
        if len(path) > _DEEPEST:
            problem = f"values are nested more than {_DEEPEST} levels deep; is this the right file?"
        elif len(self._marks) > _MOST_VALUES:
            problem = f"there are more than {_MOST_VALUES:,} values; is this the right file?"
        elif len(self._issues) >= _MOST_FAULTS:
            problem = f"there are {_MOST_FAULTS:,} errors or more; correct these first"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)

    def _read_sequence(self, path: Path) -> tuple[Any, ...]:
        values: list[Any] = []
        while not isinstance(event := self._read_event(), yaml.SequenceEndEvent):
            values.append(self._read_value(event, (*path, len(values))))
        return tuple(values)

    def _read_mapping(self, start: Any, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        split: dict[str, str] = {}  # by key, the numbers that commas split, as they were written
        while not isinstance(event := self._read_event(), yaml.MappingEndEvent):
            mark = event.start_mark
            if not isinstance(event, yaml.ScalarEvent):
                message = "a key must be a word, like title"
                raise yaml.MarkedYAMLError(problem=message, problem_mark=mark)
            key = event.value
            if start.flow_style and self._is_split_off(event):
                last = next(reversed(values), "")
                before = split.get(last, str(values.get(last)))
                if _BEFORE_COMMA.fullmatch(before):
                    split[last] = f"{before},{key}"
                    self._read_event()  # the value, which is empty
                    continue
            self._check_key(event, path, values)
            values[key] = self._read_value(self._read_event(), (*path, key), mark)
        return values | {key: self._join_number(text, (*path, key)) for key, text in split.items()}

    def _is_split_off(self, key: yaml.ScalarEvent) -> bool:
        """Whether a key is digits without quotes and without a value, which comes next."""
        value = self._parser.peek_event()
        is_empty = isinstance(value, yaml.ScalarEvent) and not (value.style or value.value)
        return is_empty and not key.style and bool(_AFTER_COMMA.fullmatch(key.value))

    def _check_key(self, event: yaml.ScalarEvent, path: Path, values: dict[str, Any]) -> None:
        """Add an issue for a key that is given twice or that other programs misread."""
        key, message = event.value, ""
        inner = (*path, key)
        if key in values:
            line = self._marks[inner].line + 1
            message = (
                f"the key '{shorten(key)}' is already given on line {line}; keep one of the two"
            )
        elif not event.style:
            message = check_plain_scalar(key, is_key=True)
        if message:
            self._add_fault(event.start_mark, message, inner)

    def _join_number(self, text: str, path: Path) -> Decimal:
        """The number that commas have split, with its fault."""
        text = text.lstrip("£$€")
        plain, advice = text.replace(",", ""), "write numbers without commas"
        if _DECIMAL_COMMA.fullmatch(text):
            plain, advice = text.replace(",", "."), "write a decimal point, not a comma"
        mark = self._marks[path]
        place = Place(file=self._file, line=mark.line + 1, column=mark.value_column + 1)
        self._add_issue(place, f"{advice}: {shorten(plain)}", path)
        return Decimal(plain)

    def _read_scalar(self, event: Any, path: Path) -> Any:
        text, mark = event.value, event.start_mark
        if fault := check_text(text):
            self._add_fault(mark, f"this text cannot be used: {fault}", path)
        if event.style:  # quoted, or a block of text
            if event.style in "'\"" and event.start_mark.line < event.end_mark.line:
                self._last_long_quote = event
            return text
        if text in _WORDS:
            return _WORDS[text]
        if number := _NUMBER.fullmatch(text):
            return Decimal(text) if number[1] else int(text)
        if curly := _CURLY_QUOTES.fullmatch(text):
            text = curly[1] or curly[2] or ""
            self._add_fault(mark, f'use straight quotes: "{shorten(text)}"', path)
        elif trap := check_plain_scalar(text):
            self._add_fault(mark, trap, path)
        return text

    def _add_fault(self, mark: Any, message: str, path: Path = ()) -> None:
        """Add an issue at one of the parser's marks, which count from 0."""
        place = Place(file=self._file)
        if mark is not None:
            place = Place(file=self._file, line=mark.line + 1, column=mark.column + 1)
        self._add_issue(place, message, path)

    def _add_issue(self, place: Place, message: str, path: Path = ()) -> None:
        self._issues.append((path, Issue(code="yaml", place=place, message=message)))

    def _place_of(self, index: int) -> Place:
        """The place of the character at this index of the text."""
        *before, line = self._text[:index].split("\n")
        return Place(file=self._file, line=len(before) + 1, column=len(line) + 1)
