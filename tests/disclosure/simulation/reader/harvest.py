"""Read everything that a month's papers print, as bounds on the unknown counts.

The figures are read from the scorecard, which holds every figure and sentence that any paper
prints, and from the words of its notes and comparisons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from disclosure.simulation.councils.council import OUTTURN, OWN_YEAR, subtract
from disclosure.simulation.councils.months import APRIL, read_label
from disclosure.simulation.reader.facts import Bound, Reader, bound
from disclosure.simulation.reader.protected import is_running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure.simulation.councils.council import Entry

    from merton_kpi.scorecard.cells import Cell as PrintedCell
    from merton_kpi.scorecard.records import Row, Scorecard

NUMBER = r"([\d,]+(?:\.\d+)?)"
PARTS = re.compile(rf"{NUMBER} of {NUMBER}")
ALONE = re.compile(rf"(numerator|denominator) {NUMBER}")
REVISED = re.compile(rf"revised in (\w+ \d+) from {NUMBER}")
COMPARED = re.compile(rf"(in|the total to) (\w+ \d{{4}}|Q\d), {NUMBER}%?( then)?")
SAME = re.compile(r"the same as in (\w+ \d{4}|Q\d)")
REASON = re.compile(rf"^(?:{NUMBER} since \w+ \()?{NUMBER}%? in (\w{{3}} \d{{4}}|Q[123])\b")
RUNNING = re.compile(rf"^{NUMBER}%? since \w+ \(up to (\w{{3}} \d{{4}}|Q[123])\)")
FEWER = re.compile(r"<(\d+)")


@dataclass(slots=True)
class Harvest:
    """What a reader knows, and which figures of the last papers are printed or hidden.

    `ever_printed` are those of any papers.
    """

    reader: Reader
    do_words_tell: bool = False  # `Suppressed` stands only for a count that is not small itself
    bounds: dict[Bound, int] = field(default_factory=dict)  # with the month first printed
    printed: set[tuple[str, int]] = field(default_factory=set)
    hidden: set[tuple[str, int]] = field(default_factory=set)
    ever_printed: set[tuple[str, int]] = field(default_factory=set)

    def add_papers(self, card: Scorecard, month: int) -> None:
        """Add what the papers of a month print."""
        for each in self.reader.list_unchanged(month):
            self.bounds.setdefault(each, month)
        self.printed.clear()
        self.hidden.clear()
        for row in card.rows:
            entry = self.reader.council.select(row.number)
            for each in self._read_row(entry, row, month):
                self.bounds.setdefault(each, month)
        self.ever_printed |= self.printed

    def _read_row(self, entry: Entry, row: Row, month: int) -> Iterator[Bound]:
        for index, cell in enumerate(row.months):
            yield from self._read_cell(entry, APRIL + index, month, cell)
        if row.year_figure is not None:
            yield from self._read_cell(entry, OWN_YEAR, month, row.year_figure)
        if entry.outturn:
            cells = [each for each in row.outturns if each.printed]
            for cell in cells:
                yield from self._read_cell(entry, OUTTURN, 10**6, cell)
        for index, cell in enumerate(row.totals):
            if cell.value is not None:
                total = self.reader.quantities.list_total(entry, APRIL + index)
                yield from self.reader.bound_count(entry, total, month, Fraction(cell.value))
        for words in (row.period_on_period, row.year_on_year):
            yield from self._read_comparison(entry, month, words)
            yield from self._read_sameness(entry, month, row, words)
        yield from self._read_reason(entry, month, row.verdict.reason)

    def _read_reason(self, entry: Entry, month: int, words: str) -> Iterator[Bound]:
        """The figure that is rated, and the total, in `9 since April (3 in May 2024) is above`.

        A running total is the figure itself: `9 since April (up to May 2024) is above`.
        """
        running = RUNNING.search(words)
        if running and (period := read_label(running[2])):
            yield from self.reader.bound_figure(entry, period, month, *_read_number(running[1]))
            return
        found = REASON.search(words)
        period = read_label(found[3]) if found else None
        if not found or period is None:
            return
        yield from self.reader.bound_figure(entry, period, month, *_read_number(found[2]))
        if found[1]:
            total = self.reader.quantities.list_total(entry, period)
            yield from self.reader.bound_count(entry, total, month, _read_number(found[1])[0])

    def _read_cell(
        self, entry: Entry, period: int, month: int, cell: PrintedCell
    ) -> Iterator[Bound]:
        """What a cell and its note say."""
        if cell.value is not None:
            self.printed.add((entry.number, period))
            decimals = max(0, -int(cell.value.as_tuple().exponent))
            figure = Fraction(cell.value)
            yield from self.reader.bound_figure(entry, period, month, figure, decimals)
        elif cell.shorthand is not None and cell.shorthand.symbol == "[c]":
            self.hidden.add((entry.number, period))
        yield from self._read_words(entry, period, month, cell)
        yield from self._read_details(entry, period, month, cell.details)

    def _read_words(
        self, entry: Entry, period: int, month: int, cell: PrintedCell
    ) -> Iterator[Bound]:
        """What stands in place of a figure: `No cases`, or `<5` for a count from 1 to 4."""
        parts = self.reader.quantities.list_parts(entry.number, period)
        fewer = FEWER.fullmatch(cell.words) if cell.value is None else None
        if fewer and "v" in parts and not is_running(entry):
            yield bound(self.reader.name_unknowns(parts["v"], month), 1, int(fewer[1]) - 1)
        is_other = self.do_words_tell and cell.words == "Suppressed" and cell.value is None
        if is_other and "v" in parts and not is_running(entry):
            terms = self.reader.name_unknowns(parts["v"], month)
            yield Bound(tuple(sorted(terms.items())), None, None, entry.below)
        if cell.words == "No cases" and "d" in parts:
            yield bound(self.reader.name_unknowns(parts["d"], month), 0, 0)

    def _read_details(self, entry: Entry, period: int, month: int, details: str) -> Iterator[Bound]:
        """Parts and earlier figures in a cell's note."""
        parts = self.reader.quantities.list_parts(entry.number, period)
        named = {}
        if found := PARTS.search(details):
            named = {"n": found[1], "d": found[2]}
        elif found := ALONE.search(details):
            named = {found[1][0]: found[2]}
        for name, number in named.items():
            figure = Fraction(number.replace(",", ""))
            yield from self.reader.bound_count(entry, parts[name], month, figure)
        for label, number in REVISED.findall(details):
            known = read_label(label)
            assert known is not None
            figure, decimals = _read_number(number)
            yield from self.reader.bound_figure(entry, period, known - 1, figure, decimals)

    def _read_comparison(self, entry: Entry, month: int, words: str) -> Iterator[Bound]:
        """The earlier figure in `higher than in Apr 2024, 6`: a figure, a total or a step."""
        found = COMPARED.search(words)
        period = read_label(found[2]) if found else None
        if not found or period is None:
            return
        if found[4] and entry.round_to:
            return  # a step between totals that are printed, rounded
        figure, decimals = _read_number(found[3])
        if found[4] and not entry.adds_up:
            # Of rounded totals it is the difference of two that are printed.
            if entry.round_to:
                return
            if before := self._find_period_before(entry, period, month):
                cells = self.reader.quantities.list_parts(entry.number, period)["v"]
                earlier = self.reader.quantities.list_parts(entry.number, before)["v"]
                yield from self.reader.bound_count(entry, subtract(cells, earlier), month, figure)
        elif found[1] != "in":
            total = self.reader.quantities.list_total(entry, period)
            if not entry.adds_up:
                total = self.reader.quantities.list_parts(entry.number, period)["v"]
            yield from self.reader.bound_count(entry, total, month, figure)
        else:
            self.ever_printed.add((entry.number, period))
            yield from self.reader.bound_figure(entry, period, month, figure, decimals)

    def _read_sameness(self, entry: Entry, month: int, row: Row, words: str) -> Iterator[Bound]:
        """The earlier figure in `the same as in Apr 2024`: it is the last one that is printed."""
        found = SAME.search(words)
        period = read_label(found[1]) if found else None
        printed = [cell.value for cell in row.months if cell.value is not None]
        if period is None or not printed or entry.first:
            return
        figure, decimals = _read_number(f"{printed[-1]:f}")
        yield from self.reader.bound_figure(entry, period, month, figure, decimals)

    def _find_period_before(self, entry: Entry, period: int, month: int) -> int | None:
        """The period before one in the same year of a running total, if its figure was sent."""
        before = period - entry.interval
        starts = entry.first and (period % 12 + 1 - entry.first) % 12 < entry.interval
        known = self.reader.council.sent.get((entry.number, before), 10**6)
        is_given = before in self.reader.council.earlier.get(entry.number, ())
        return before if not starts and (known <= month or is_given) else None


def _read_number(text: str) -> tuple[Fraction, int]:
    plain = text.replace(",", "")
    return Fraction(plain), len(plain.partition(".")[2])
