"""Which rows of extracts a message may quote: none that may have a count that is suppressed.

A message may be printed where anyone can read it, such as in the log of a public repository's
checks. Cells that could not be read may have a small count in any form: `3 pupils`, `3/120`, or a
whole row in one cell. So it does not matter what is in a cell, only whose row it is; and the word
most like it is not given either, since that of `one` is another than that of `two`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.catalogue.relations.groups import list_groups

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue


_COUNT_WORD = re.compile(
    r"\b(one|two|three|four|both|once|twice|single|sole|couple|pair|few)\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quotable:
    """The rows that a message may quote.

    `known` are the numbers of all indicators, which a message may always name; `shown` are those
    of the indicators whose rows it may quote. With `is_all`, it may quote any row, of no known
    indicator too, and the header.
    """

    known: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    is_all: bool = False

    def can_quote(self, number: str) -> bool:
        """Whether a message may quote a row whose cell `indicator` has this text."""
        return self.is_all or number in self.shown

    def can_name(self, number: str) -> bool:
        """Whether a message may quote that cell itself."""
        return self.is_all or number in self.known

    def can_quote_heading(self, heading: str) -> bool:
        """Whether a message may quote a heading of a row that has the required columns' names.

        No row of figures has these. But a remark may stand beside them, like `3 pupils left out`;
        so one with a digit, or with a word for a small number, is not quoted.
        """
        return self.is_all or not (any(map(str.isnumeric, heading)) or _COUNT_WORD.search(heading))


NOTHING = Quotable()


def list_quotable_rows(*catalogues: Catalogue | None) -> Quotable:
    """The rows that a message may quote, by all of the catalogues that are read with the extracts.

    They are none where a catalogue cannot be read (None), and all where nothing is suppressed.
    """
    indicators: list[Indicator] = []
    for catalogue in catalogues:
        if catalogue is None:
            return NOTHING
        indicators += catalogue.indicators
    known, hidden = {each.number for each in indicators}, list_suppressed(indicators)
    # Rows of last year, with figures in arrears, have the numbers of that year.
    hidden |= {
        former for each in indicators if each.number in hidden for former in each.formerly.values()
    }
    return Quotable(known=frozenset(known), shown=frozenset(known - hidden), is_all=not hidden)


def list_suppressed(indicators: Iterable[Indicator]) -> set[str]:
    """The numbers of the indicators whose figures are suppressed, or give such a figure away."""
    by_number = {each.number: each for each in indicators}
    hidden: set[str] = set()
    for group in list_groups(by_number):
        if any(is_suppressed(by_number[number]) for number in group):
            hidden.update(group)
    return hidden


def is_suppressed(indicator: Indicator) -> bool:
    """Whether small counts of an indicator are suppressed."""
    return indicator.suppression is not None
