"""YAML text to plain values with the place of each, and every fault of its writing.

A smaller YAML than PyYAML's: numbers become `int` and `Decimal`, never `float`; only `true` and
`false` are booleans. Refused are aliases and tags, a key that stands twice, and what stands without
quotes and is not to other programs what it looks like: `010`, `no`, `1:30`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

import yaml

from merton_kpi.catalogue.yaml_traps import check_plain_scalar
from merton_kpi.core.issues import Issue, Place, shorten
from merton_kpi.core.text import check_text

try:  # libyaml's parser where PyYAML was built with it: several times as fast
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Callable

# Where a value stands: the keys and positions that lead to it, as in pydantic's `loc`.
Path = tuple[str | int, ...]

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
# What ends a line to YAML, but in no editor: the lines after it would be counted wrongly.
_BREAKS = "\x85\u2028\u2029"
_DEEPEST = 20  # a catalogue nests to 7
_MOST_VALUES = 400_000  # 10,000 indicators have some 310,000
_MOST_FAULTS = 1_000


# What is not closed, or has no colon, is noticed only further on; the context is where it began.
_NOTICED_LATER = (
    *("a simple key", "a quoted scalar", "a flow sequence", "a flow mapping"),
    *("an alias", "an anchor", "a tag", "a block scalar", "a directive"),
)
_UNFIT = (
    "the line begins in another column than those it belongs to; "
    "put an entry's keys in one column, and a dash before each list item"
)
_SIGN = "put text that begins with a sign in quotes"
_BACKSLASH = "put text with a backslash in it in single quotes"
_FOLLOWS = "text follows a closing quote or bracket; put the whole text in quotes"
# What to do about what the parser finds. Its own words would mislead: it calls a sign an indicator.
_ADVICE = {
    "tab character": "a line is indented with a tab; use spaces",
    "cannot start any token": _SIGN,
    "mapping values are not allowed": "put text with a colon in it in straight quotes",
    "sequence entries are not allowed": "put text that begins with a dash in quotes, "
    "and begin a list on a line of its own",
    "expected ':'": "put a colon and a space behind the key",
    "expected ',' or": "close the bracket that opens here, with commas between what is in it",
    "unexpected end of stream": "close the quote that opens here",
    "unexpected document": "close the quote that opens here",
    "expected key": _FOLLOWS,
    "expected <block end>": _FOLLOWS,
    "expected '-'": _UNFIT,
    "<document start>": _UNFIT,
    "escape": _BACKSLASH,
    "hexdecimal": _BACKSLASH,
}
_AT_LINE_START = {
    "mapping values are not allowed": "the line is indented further than the one above, or that "
    "one has no colon; put an entry's keys in one column, each with a colon and a space behind it",
    "expected key": _UNFIT,
    "expected <block end>": _UNFIT,
}
# What is left of a number with commas inside braces: {a: 1,234} is {a: 1, 234: null} to YAML.
_REST = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")
# Compiled when there may be such a fault.
_BEFORE = r"[£$€]?-?[0-9]{1,15}(,[0-9]{1,15}){0,5}"
_DECIMALS = r"-?(0,[0-9]+|[0-9]+,[0-9]{1,2})"
_CURLY = "[“”„]([^“”„]*)[“”]|‘([^‘’]*)’"  # noqa: RUF001 - they are what is looked for


@dataclass(kw_only=True)
class Document:
    """What was read: the value, the mark of each path in it, and the issues with their paths.

    A mark is the line of a value, or of its key, with the columns of both, counted from 0.
    """

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
        column = key_column if of_key else value_column
        return Place(file=self.file, line=line + 1, column=column + 1)


def read_yaml(text: str, file: str) -> Document:
    """Read one YAML document. Where the writing itself is broken, `value` is None."""
    document = Document(file=file)
    if any(sign in text for sign in _BREAKS):
        text = _replace_breaks(document, text)
    try:
        _Reader(text, document).read_document()
    except (yaml.scanner.ScannerError, yaml.parser.ParserError) as error:
        _tell(document, error, text)
    except yaml.MarkedYAMLError as error:
        _fault(document, error.problem_mark, f"this is not YAML: {error.problem}")
    except yaml.reader.ReaderError as error:
        sign = chr(error.character)
        mark = _find_mark(text, text.index(sign))
        _fault(document, mark, f"this is not YAML: {check_text(sign)}")
    return document


def _replace_breaks(document: Document, text: str) -> str:
    for found in islice(re.finditer(f"[{_BREAKS}]", text), _MOST_FAULTS):
        sign = check_text(found[0])
        _fault(document, _find_mark(text, found.start()), f"this text cannot be used: {sign}")
    return re.sub(f"[{_BREAKS}]", " ", text)


def _tell(document: Document, error: yaml.MarkedYAMLError, text: str) -> None:
    """Add the fault that stopped the parser, at the place where it began."""
    mark, problem = error.problem_mark, error.problem or ""
    assert mark is not None  # the scanner and the parser always say where
    before = text[text.rfind("\n", 0, mark.index) + 1 : mark.index]
    found = text[mark.index : mark.index + 1]
    if found == "\t":
        problem = "tab character"
    elif (error.context or "").endswith(_NOTICED_LATER):
        mark = error.context_mark
    is_first = not re.search(r":\s", before) if found == ":" else not before.strip()
    advice = _ADVICE | _AT_LINE_START if is_first else _ADVICE
    words = next((words for sign, words in advice.items() if sign in problem), _SIGN)
    _fault(document, mark, f"this is not YAML: {words}")


def _find_mark(text: str, index: int) -> yaml.Mark:
    *before, line = text[:index].split("\n")
    return yaml.Mark("", index, len(before), len(line), None, 0)


def _fault(document: Document, mark: Any, message: str, path: Path = ()) -> None:
    line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
    place = Place(file=document.file, line=line, column=column)
    document.issues.append((path, Issue(code="yaml", place=place, message=message)))


class _Reader:
    """A walk over the parser's events, from the first to the last."""

    def __init__(self, text: str, document: Document) -> None:
        self._events = _Loader(text)
        self._next: Callable[[], Any] = self._events.get_event
        self._document = document
        self._text = text
        self._quoted: Any = None  # the last that goes over several lines

    def read_document(self) -> None:
        try:
            self._read_stream()
        except (yaml.scanner.ScannerError, yaml.parser.ParserError):
            if not self._is_quote_open():
                raise
            mark, message = self._quoted.start_mark, "close the quote that opens here"
            _fault(self._document, mark, f"this is not YAML: {message}")

    def _is_quote_open(self) -> bool:
        """Whether the last text of several lines ends with the next text's quote, not its own."""
        if self._quoted is None:
            return False
        end = self._quoted.end_mark
        rest = self._text.split("\n")[end.line][end.column :]
        return bool(re.match(r"\s*[^\s#,:\]}]", rest))

    def _read_stream(self) -> None:
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            return  # else the document begins
        value = self._read_value(self._next(), ())
        self._next()  # the document ends
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._fault(event, (), "a second document begins here; keep one in a file")
        self._document.value = value

    def _read_value(self, event: Any, path: Path, key: Any = None) -> Any:
        """Read the value that begins with an event; `key` is the mark of its key, if it has one."""
        mark = event.start_mark
        key = key or mark
        column = mark.column if mark.line == key.line else key.column
        self._document.marks[path] = (key.line, key.column, column)
        self._keep_limits(path, mark)
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, path, "aliases (*name) are not used here; write the value out")
            return None
        if event.tag is not None:
            self._fault(event, path, f"tags ({event.tag}) are not used here; leave it out")
        if isinstance(event, yaml.ScalarEvent):
            return self._read_scalar(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._read_mapping(path, in_braces=bool(event.flow_style))
        return self._read_sequence(path)

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
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            values.append(self._read_value(event, (*path, len(values))))
        return tuple(values)

    def _read_mapping(self, path: Path, *, in_braces: bool) -> dict[str, Any]:
        values: dict[str, Any] = {}
        split: dict[str, str] = {}  # numbers that commas have split, by their keys
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            mark = event.start_mark
            if not isinstance(event, yaml.ScalarEvent):
                raise yaml.MarkedYAMLError(problem="a key must be a word", problem_mark=mark)
            key = event.value
            if in_braces and values and _REST.fullmatch(key):
                last = next(reversed(values))
                before = str(split.get(last, values[last]))
                if re.fullmatch(_BEFORE, before) and self._is_bare(event):
                    split[last] = f"{before},{key}"
                    self._next()
                    continue
            inner = (*path, key)
            if key in values:
                line = self._document.place(inner).line
                first = f"the key '{shorten(key)}' stands on line {line}"
                self._fault(event, inner, f"{first} already; keep one of the two")
            elif not event.style and (trap := check_plain_scalar(key, is_key=True)):
                self._fault(event, inner, trap)
            values[key] = self._read_value(self._next(), inner, mark)
        for key, text in split.items():
            values[key] = self._join(text, (*path, key))
        return values

    def _is_bare(self, event: yaml.ScalarEvent) -> bool:
        """Whether a key stands without quotes and without a value, which comes next."""
        value = self._events.peek_event()
        is_empty = isinstance(value, yaml.ScalarEvent) and not (value.style or value.value)
        return is_empty and not event.style

    def _join(self, text: str, path: Path) -> Any:
        """The number that commas have split, with its fault."""
        text = text.lstrip("£$€")
        plain, words = text.replace(",", ""), "write numbers without commas"
        if re.fullmatch(_DECIMALS, text):
            plain, words = text.replace(",", "."), "write the decimals after a point"
        place, message = self._document.place(path), f"{words}: {shorten(plain)}"
        self._document.issues.append((path, Issue(code="yaml", place=place, message=message)))
        return Decimal(plain)

    def _read_scalar(self, event: yaml.ScalarEvent, path: Path) -> Any:
        text = event.value
        fault = check_text(text)
        if fault:
            self._fault(event, path, f"this text cannot be used: {fault}")
        if event.style:  # quoted, or a block of text
            self._keep_quoted(event)
            return text
        if text in _WORDS:
            return _WORDS[text]
        number = _NUMBER.fullmatch(text)
        if number:
            return Decimal(text) if number[1] else int(text)
        curly = None if text.isascii() else re.fullmatch(_CURLY, text)
        if curly:
            text = curly[1] or curly[2] or ""
            self._fault(event, path, f'use straight quotes: "{shorten(text)}"')
        elif trap := check_plain_scalar(text):
            self._fault(event, path, trap)
        return text

    def _keep_quoted(self, event: Any) -> None:
        if event.style in "'\"" and event.start_mark.line < event.end_mark.line:
            self._quoted = event

    def _fault(self, event: yaml.Event, path: Path, message: str) -> None:
        _fault(self._document, event.start_mark, message, path)
