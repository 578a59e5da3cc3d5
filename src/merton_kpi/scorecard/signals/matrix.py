"""The matrix of change against target: which indicators change, and whether targets are in reach.

It is that of the NHS's "Making data count", with indicators' numbers in place of icons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import Word
from merton_kpi.signals.reasons import FEWEST_FIGURES
from merton_kpi.signals.words import Assurance, NoSignalReason, SignalFinding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.records import Row


class MatrixRow(Word):
    """A row of the matrix: its words with their symbol, and the findings that belong to it."""

    IMPROVING = "+ Improving", (SignalFinding.IMPROVEMENT,)
    NO_REAL_CHANGE = "~ No real change", (SignalFinding.COMMON_CAUSE,)
    WORSENING = "! Worsening", (SignalFinding.CONCERN,)
    HIGH_OR_LOW = (
        "\N{UP DOWN ARROW} Higher or lower than usual, where neither is better",
        (SignalFinding.HIGH, SignalFinding.LOW),
    )
    NOT_JUDGED = "? Too short to tell, or not judged", (SignalFinding.NOT_JUDGED,)

    def __init__(self, _word: str, findings: Sequence[SignalFinding]) -> None:
        self.findings = findings


class MatrixColumn(Word):
    """A column of the matrix: its words with their symbol, and the assurance that belongs to it."""

    WILL_BE_MET = "\N{CHECK MARK} Target will be met", Assurance.WILL_BE_MET
    HIT_AND_MISS = "~ Hit and miss", Assurance.HIT_AND_MISS
    WILL_NOT_BE_MET = "\N{BALLOT X} Target will not be met", Assurance.WILL_NOT_BE_MET
    NOT_KNOWN = "? No target, or not known", None

    def __init__(self, _word: str, assurance: Assurance | None) -> None:
        self.assurance = assurance


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeMatrix:
    """The rows of indicators in each cell, by the matrix's own rows and columns.

    `why_none` is a sentence where no indicator is judged; there are no `rows` then.
    """

    rows: tuple[tuple[MatrixRow, tuple[tuple[Row, ...], ...]], ...] = ()
    why_none: str = ""

    @property
    def columns(self) -> tuple[MatrixColumn, ...]:
        """The matrix's columns, in the order of the cells."""
        return tuple(MatrixColumn)


def compose_matrix(rows: Iterable[Row], assessed: Iterable[AssessedIndicator]) -> ChangeMatrix:
    """Put each indicator that the papers say something of in its cell, in the index's order."""
    pairs = [(row, each) for row, each in zip(rows, assessed, strict=True) if row.change]
    if all(each.signal.reason for _, each in pairs):
        return ChangeMatrix(why_none=_explain_none([each for _, each in pairs]))
    return ChangeMatrix(
        rows=tuple(
            (row, tuple(_select_rows(pairs, row, column) for column in MatrixColumn))
            for row in MatrixRow
        )
    )


def _select_rows(
    pairs: Sequence[tuple[Row, AssessedIndicator]], row: MatrixRow, column: MatrixColumn
) -> tuple[Row, ...]:
    """The indicators of one cell."""
    return tuple(
        printed
        for printed, each in pairs
        if each.signal.finding in row.findings and each.signal.assurance is column.assurance
    )


def _explain_none(assessed: Sequence[AssessedIndicator]) -> str:
    """Why no indicator is judged: there are none, all have too few figures, or other reasons."""
    reasons = {each.signal.reason for each in assessed}
    if reasons <= {NoSignalReason.TOO_SHORT}:
        return (
            f"No indicator has the {FEWEST_FIGURES} figures that it takes to tell a real change "
            "from chance."
        )
    return (
        "No indicator can be judged on whether it really changed: each has too few figures, or "
        "another reason that is given beside it."
    )
