"""How a file is laid out: its headings, and what of it is passed over, by the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from merton_kpi.core.issues import shorten
from merton_kpi.extracts.columns import (
    COLUMNS,
    PASSED_OVER,
    REQUIRED,
    RETURN,
    convert_name,
    format_unnamed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from merton_kpi.catalogue.entries import SourceLayout

_MONTH = len("2020-11")  # an extract's name begins with its month
_VERSION = re.compile(r"[ _-]*(?:v?[0-9]+|[(\[][0-9]+[)\]])$", re.IGNORECASE)  # `(1)` of a download
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _()/%.-]*")  # a text that YAML needs no quotes for
_NO_TEXT = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")  # but this is none to YAML


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLayout:
    """How a file is laid out: `source` is the catalogue's entry for it, if there is one.

    It `has_others` where the catalogue has entries for other files. It `is_own` where the file has
    kpi's own headings although the entry fits its name, as a return to kpi of a service that has
    sheets of its own too: its columns and numbers are kpi's. `named` are the columns that a
    warning has named already, in this file or in another of the same pattern: what it has named
    them, by their headings as convert_name has them.
    """

    file: str
    source: SourceLayout | None = None
    has_others: bool = False
    is_own: bool = False
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def pattern(self) -> str:
        """The pattern of names that its entry has, or would have."""
        if self.source:
            return self.source.files
        stem, _, kind = self.file.rpartition("/")[2].rpartition(".")
        stem = _VERSION.sub("", stem[_MONTH:])
        return f"*{stem}*.{kind}" if stem else f"*.{kind}"

    @property
    def sheet(self) -> str:
        """The only sheet of a workbook to read; empty where all are read."""
        if self.source is None or not self.source.sheet:
            return ""
        return RETURN if self.is_own else self.source.sheet

    @property
    def headings(self) -> Mapping[str, str]:
        """The headings that the catalogue gives, by the names of an extract's columns."""
        return self.source.headings if self.source and not self.is_own else {}

    @property
    def own(self) -> FileLayout | None:
        """The layout of a file of kpi's own with this name; None where this is already that."""
        return None if self.source is None or self.is_own else replace(self, is_own=True)

    def is_header(self, cells: Sequence[str]) -> bool:
        """Whether a row has the columns that every extract has.

        A row without any heading that the entry gives, but with kpi's own in place of one, is the
        header of a file of kpi's own.
        """
        names = set(self.convert_names(cells))
        if not names.issuperset(REQUIRED):
            return False
        own = {convert_name(cell) for cell in cells}
        return not names.isdisjoint(self.headings) or own.isdisjoint(self.headings)

    def choose_for(self, cells: Sequence[str]) -> FileLayout:
        """The layout that a file with this first row has: its own where only that has columns."""
        own = None if self.is_header(cells) else self.own
        return own if own and own.is_header(cells) else self

    def convert_number(self, number: str) -> str | None:
        """The catalogue's number of a row's indicator; None for a row to be passed over."""
        if self.source is None or self.is_own:
            return number
        if number in self.source.indicators:
            return self.source.indicators[number]
        is_passed_over = any(_is_of_pattern(number, each) for each in self.source.pass_over_rows)
        return None if is_passed_over else number

    def format_row_advice(self, number: str) -> str:
        """What to write in the catalogue to have a row passed over; empty for kpi's own files."""
        if self.source is None or self.is_own:
            return ""
        listed = ", ".join(map(_quote, (*self.source.pass_over_rows, number)))
        return self._format_advice("pass_over_rows", f"[{listed}]")

    def convert_names(self, cells: Sequence[str]) -> list[str]:
        """The names of the columns that a header's cells stand for.

        Those that the catalogue passes over are PASSED_OVER, and so is one with the name of a
        column that the catalogue gives another heading for. No column of an extract is passed over
        in a file of kpi's own.
        """
        given = self._list_headings()
        texts = map(convert_name, cells)
        return [
            text if self.is_own and text in COLUMNS else _convert_heading(text, number, given)
            for number, text in enumerate(texts, 1)
        ]

    def is_passed_over(self, number: int) -> bool:
        """Whether the catalogue passes over a column without a heading."""
        return _convert_heading("", number, self._list_headings()) == PASSED_OVER

    def _list_headings(self) -> list[tuple[str, str]]:
        """The headings that the catalogue gives, with the names of the columns they stand for."""
        if self.source is None:
            return []
        pairs = [(heading, name) for name, heading in self.headings.items()]
        pairs += [(each, PASSED_OVER) for each in (*self.source.pass_over, *self.headings)]
        return [(convert_name(heading), name) for heading, name in pairs]

    def format_columns_advice(self, headings: Mapping[str, str]) -> str:
        """What to write in the catalogue for columns to be read by these headings."""
        pairs = {**(self.source.headings if self.source else {}), **headings}
        listed = ", ".join(f"{name}: {_quote(heading)}" for name, heading in pairs.items())
        return self._format_advice("columns", f"{{{listed}}}")

    def format_pass_over_advice(self, headings: Iterable[str]) -> str:
        """What to write in the catalogue to have columns passed over without a word.

        Those that were named before are written too: a file has one entry.
        """
        before = self.source.pass_over if self.source else ()
        listed = ", ".join(map(_quote, (*before, *self.named.values(), *headings)))
        return self._format_advice("pass_over", f"[{listed}]")

    def format_sheet_advice(self) -> str:
        """What to write in the catalogue to have only one of a workbook's sheets read."""
        return self._format_advice("sheet", "NAME")

    def _format_advice(self, key: str, value: str) -> str:
        if self.source:
            files = shorten(self.pattern)
            return f"write {key}: {value} in the catalogue's entry of 'sources' for '{files}'"
        entry = f"{{files: {_quote(self.pattern)}, {key}: {value}}}"
        if self.has_others:
            return f"add the entry - {entry} to 'sources' in the catalogue"
        return f"write sources: [{entry}] in the catalogue"


def choose_layout(sources: Sequence[SourceLayout], file: str) -> FileLayout:
    """The layout of a file: that of the first of the catalogue's sources that its name fits."""
    name = file.rpartition("/")[2]
    source = next((each for each in sources if _is_of_pattern(name, each.files)), None)
    return FileLayout(file=file, source=source, has_others=bool(sources))


def _convert_heading(heading: str, number: int, given: Sequence[tuple[str, str]]) -> str:
    """The name of the column that a heading stands for; its own text where none is given.

    A heading that is given as it is counts before one with `*`.
    """
    text = heading or convert_name(format_unnamed(number))
    exact = [name for each, name in given if each == text]
    fitting = exact or [name for each, name in given if _is_of_pattern(text, each)]
    return fitting[0] if fitting else heading


def _is_of_pattern(text: str, pattern: str) -> bool:
    """Whether a text is a pattern's, in which `*` stands for any text, capitals aside."""
    form = re.escape(pattern).replace(r"\*", ".*")
    return bool(re.fullmatch(form, text, re.IGNORECASE | re.DOTALL))


def _quote(heading: str) -> str:
    """A heading as YAML reads it within brackets, on one line."""
    text = " ".join(heading.split())
    if _PLAIN.fullmatch(text) and text.lower() not in _NO_TEXT:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
