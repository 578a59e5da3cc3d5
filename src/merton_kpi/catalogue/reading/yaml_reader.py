"""YAML text to plain values, with the place of each value and every fault in the writing.

The values are dicts, tuples, text, booleans, None, `int` and `Decimal`; never `float`. Less is
accepted than PyYAML accepts. Aliases, tags, a key that is given twice and a second document are
faults. So is text without quotes that other programs read as something else: `010`, `no`, `1:30`.
After a fault the value is read as it was meant, where that is clear, so that no other fault follows
from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import yaml

from merton_kpi.catalogue.reading.advice.yaml_errors import explain_yaml_error
from merton_kpi.catalogue.reading.yaml_parts.anchors import (
    Anchor,
    explain_anchor,
    explain_tag,
    read_alias,
)
from merton_kpi.catalogue.reading.yaml_parts.items import (
    Item,
    Repeat,
    list_item_faults,
    select_items,
)
from merton_kpi.catalogue.reading.yaml_parts.scalars import (
    CUT_OFF,
    convert_plain,
    is_cut_off,
    join_number,
    read_plain_key,
    read_plain_value,
)
from merton_kpi.core.issues import Issue, Place, Severity
from merton_kpi.core.text import (
    check_text,
    escape_unseen,
    explain_unseen,
    has_unseen,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The keys and positions that lead to a value, as in pydantic's `loc`.
Path = tuple[str | int, ...]

# libyaml's parser, which is several times as fast, where PyYAML was built with it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Line ends to YAML but not to editors, so that every line number after one would be wrong.
_BREAKS = re.compile("[\x85\u2028\u2029]")
_DEEPEST = 20  # levels; a catalogue has 7
_MOST_VALUES = 400_000  # 10,000 indicators have about 310,000
_MOST_FAULTS = 1_000
# The digits behind a comma that has split a number, which are a key to YAML.
_AFTER_COMMA = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")


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

    Each issue has the path that it is about. `value` is None where the text is not YAML. `remarks`
    are warnings, which say nothing against the value.
    """

    file: str
    value: Any = None
    marks: Mapping[Path, Mark] = field(default_factory=dict)
    issues: tuple[tuple[Path, Issue], ...] = ()
    remarks: tuple[tuple[Path, Issue], ...] = ()

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
        self._remarks: list[tuple[Path, Issue]] = []
        self._anchors: dict[str, Anchor] = {}
        self._lines: list[str] = []
        self._last_long_quote: Any = None  # the last quoted text of several lines, as an event
        self._parser: Any = None

    def read_document(self) -> Document:
        value = None
        self._replace_breaks()
        try:
            self._parser = _LOADER(self._text)
            self._lines = re.split(r"\r\n?|\n", self._text)
            value = self._read_stream()
            self._check_anchors()
        except (yaml.scanner.ScannerError, yaml.parser.ParserError) as error:
            mark, advice = explain_yaml_error(error, self._text, self._last_long_quote)
            if all(issue.place.line != mark.line + 1 for _, issue in self._issues):
                self._add_fault(mark, f"this is not YAML: {advice}")
        except yaml.MarkedYAMLError as error:
            self._add_fault(error.problem_mark, str(error.problem))
        except yaml.reader.ReaderError as error:
            sign = chr(error.character)
            place = self._place_of(self._text.index(sign))
            self._add_issue(place, f"this is not YAML: {check_text(sign)}")
        return Document(
            file=self._file,
            value=value,
            marks=self._marks,
            issues=tuple(self._list_first_issues()),
            remarks=tuple(self._remarks[:_MOST_FAULTS]),
        )

    def _list_first_issues(self) -> Iterable[tuple[Path, Issue]]:
        """The issues without those at a place that has one already: they follow from it."""
        first: dict[Place, tuple[Path, Issue]] = {}
        for path, issue in self._issues:
            first.setdefault(issue.place, (path, issue))
        return first.values()

    def _replace_breaks(self) -> None:
        """Replace line ends that editors do not count by spaces, each with its fault."""
        for found in islice(_BREAKS.finditer(self._text), _MOST_FAULTS):
            place = self._place_of(found.start())
            self._add_issue(place, f"this text cannot be used: {check_text(found[0])}")
        self._text = _BREAKS.sub(" ", self._text)

    def _read_stream(self) -> Any:
        self._parser.get_event()  # the stream begins
        if isinstance(self._parser.get_event(), yaml.StreamEndEvent):
            return None  # else the document begins
        value = self._read_value(self._parser.get_event(), ())
        self._parser.get_event()  # the document ends
        event = self._parser.get_event()
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
            return self._read_alias(event, path)
        if event.tag is not None:
            line, is_text = self._lines[mark.line], isinstance(event, yaml.ScalarEvent)
            self._add_fault(mark, explain_tag(line, mark.column, is_text=is_text), path)
        value = self._read_inner(event, path)
        if event.anchor is not None:
            self._anchors[event.anchor] = Anchor(mark=mark, path=path, value=value)
        return value

    def _read_inner(self, event: Any, path: Path) -> Any:
        """Read the value of an event, whatever its anchor and tag."""
        if isinstance(event, yaml.ScalarEvent):
            return self._read_scalar(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._read_items(event, path)[0]
        return self._read_sequence(path)

    def _read_alias(self, event: Any, path: Path) -> Any:
        """The value that an alias stands for, with the fault."""
        anchor = self._anchors.get(event.anchor)
        if anchor:
            self._anchors[event.anchor] = replace(anchor, is_used=True)
        value, fault = read_alias(event.anchor, anchor)
        self._add_fault(event.start_mark, fault, path)
        return value

    def _check_anchors(self) -> None:
        """Refuse anchors that no alias uses: each is the beginning of a text, like `&c`."""
        for name, anchor in self._anchors.items():
            if not anchor.is_used:
                self._add_fault(anchor.mark, explain_anchor(name), anchor.path)

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
        while not isinstance(event := self._parser.get_event(), yaml.SequenceEndEvent):
            inner = (*path, len(values))
            if isinstance(event, yaml.MappingStartEvent) and event.tag is event.anchor is None:
                mark: Any = event.start_mark
                self._marks[inner] = Mark(mark.line, mark.column, mark.column)
                self._check_limits(inner, mark)
                values += self._read_items(event, inner)
            else:
                values.append(self._read_value(event, inner))
        return tuple(values)

    def _read_items(self, start: Any, path: Path) -> list[dict[str, Any]]:
        """Read keys and values; in a list they are several items where dashes are missing."""
        items = [Item(path)]
        while not isinstance(event := self._parser.get_event(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                message = "a key must be a word, like title"
                raise yaml.MarkedYAMLError(problem=message, problem_mark=event.start_mark)
            if start.flow_style and self._is_split_off(event) and items[-1].add_digits(event.value):
                self._parser.get_event()  # the value, which is empty
                continue
            key, rest = self._read_key(event, items[-1].path)
            if key in items[-1].values:
                self._add_repeat(items, key, event.start_mark)
            self._read_pair(items[-1], key, rest, event.start_mark)
        return [self._join_item(each) for each in select_items(items)]

    def _add_repeat(self, items: list[Item], key: str, mark: Any) -> None:
        """Add a key that the last item has already, and the item that it begins, if it does."""
        line = self._marks[(*items[-1].path, key)].line + 1
        item = items[-1].add_repeat(Repeat(key, mark, line))
        if item is not items[-1]:
            self._marks[item.path] = Mark(mark.line, mark.column, mark.column)
            items.append(item)

    def _read_key(self, event: Any, path: Path) -> tuple[str, str]:
        """A key as it was meant; and its value, where the key's own text contains it."""
        if event.style:
            return event.value, ""
        key, rest, fault = read_plain_key(event.value)
        if fault:
            self._add_fault(event.start_mark, fault, (*path, key))
        return key, rest

    def _read_pair(self, item: Item, key: str, rest: str, mark: Any) -> None:
        """Read the value of a key; `rest` is the value where the key's own text contains it."""
        is_merge = key == "<<" and isinstance(self._parser.peek_event(), yaml.AliasEvent)
        value = self._read_value(self._parser.get_event(), (*item.path, key), mark)
        if is_merge and isinstance(value, dict):
            item.merged |= value
            return
        item.values[key] = convert_plain(rest) if rest and value is None else value

    def _join_item(self, item: Item) -> dict[str, Any]:
        """The values of an item that was read whole; adds the faults of its keys."""
        for mark, path, message in list_item_faults(item):
            place = self._place_at(path) if mark is None else self._convert_mark(mark)
            self._add_issue(place, message, path)
        for key, text in item.split.items():
            path = (*item.path, key)
            item.values[key], message = join_number(text)
            self._add_issue(self._place_at(path), message, path)
        return item.merged | item.values

    def _is_split_off(self, key: yaml.ScalarEvent) -> bool:
        """Whether a key is digits without quotes and without a value, which comes next."""
        value = self._parser.peek_event()
        is_empty = isinstance(value, yaml.ScalarEvent) and not (value.style or value.value)
        return is_empty and not key.style and bool(_AFTER_COMMA.fullmatch(key.value))

    def _read_scalar(self, event: Any, path: Path) -> Any:
        text, mark = event.value, event.start_mark
        if fault := check_text(text):
            self._add_fault(mark, f"this text cannot be used: {fault}", path)
        if has_unseen(text):
            self._add_remark(path, "unseen_sign", f"{explain_unseen(text)}; type the text again")
            text = escape_unseen(text)
        if event.style:  # quoted, or a block of text
            if event.style in "'\"" and event.start_mark.line < event.end_mark.line:
                self._last_long_quote = event
            return text
        value, fault = read_plain_value(text)
        if fault:
            self._add_fault(mark, fault, path)
        elif isinstance(value, str):
            end = event.end_mark
            if is_cut_off(self._lines[end.line], end.column):
                self._add_remark(path, "cut_text", CUT_OFF)
        return value

    def _add_fault(self, mark: Any, message: str, path: Path = ()) -> None:
        """Add an issue at one of the parser's marks, which count from 0."""
        self._add_issue(self._convert_mark(mark), message, path)

    def _convert_mark(self, mark: Any) -> Place:
        """The place of one of the parser's marks; the file where there is none."""
        if mark is None:
            return Place(file=self._file)
        return Place(file=self._file, line=mark.line + 1, column=mark.column + 1)

    def _add_issue(self, place: Place, message: str, path: Path = ()) -> None:
        self._issues.append((path, Issue(code="yaml", place=place, message=message)))

    def _add_remark(self, path: Path, code: str, message: str) -> None:
        """Add a warning about the value of a path."""
        issue = Issue(code=code, place=self._place_at(path), message=message)
        self._remarks.append((path, replace(issue, severity=Severity.WARNING)))

    def _place_at(self, path: Path) -> Place:
        """The place of a path's value."""
        mark = self._marks[path]
        return Place(file=self._file, line=mark.line + 1, column=mark.value_column + 1)

    def _place_of(self, index: int) -> Place:
        """The place of the character at this index of the text."""
        *before, line = self._text[:index].split("\n")
        return Place(file=self._file, line=len(before) + 1, column=len(line) + 1)
