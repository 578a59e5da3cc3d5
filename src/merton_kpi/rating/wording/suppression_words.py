"""Which figures of an indicator are suppressed, and why, in words.

The words do not say which of two figures is the small one: whoever knew that could work it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.periods import join_labels, join_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from merton_kpi.core.periods import Month
    from merton_kpi.series.records import Series


def explain_suppression(series: Series) -> Iterator[str]:
    """Explain which of the figures are suppressed, and why; nothing where none is."""
    hidden = [
        month
        for month, each in sorted(series.figures.items())
        if each.value is None and each.status and each.status.is_suppressed
    ]
    totals = [month for month, total in sorted((series.totals or {}).items()) if total.is_hidden]
    if hidden:
        noun, verb = _choose_noun("figure", hidden), _choose_verb(hidden)
        yield f"The {noun} for {join_months(hidden)} {verb}."
    if totals:
        noun, verb = _choose_noun("total", totals), _choose_verb(totals)
        yield f"The {noun} to {join_months(totals)} {verb}."
    if not (hidden or totals):
        return
    level = series.level
    if level.below is None:
        yield "The service sent it as suppressed, or it would let such a figure be worked out."
        return
    small = f"a count from 1 to {level.below - 1}"
    if level.stands_alone:
        yield f"Each one is {small}, is based on such a count, or was sent as suppressed."
        return
    tied = ""
    if series.tied_to:
        noun = "indicator" if len(series.tied_to) == 1 else "indicators"
        tied = f", and {noun} {join_labels(series.tied_to)}"
    yield (
        f"Each one is {small}, is based on such a count, or would let a reader work one out from "
        f"other figures that are printed (other periods{tied}). This does not say which, because "
        "that could reveal the count."
    )


def _choose_noun(noun: str, months: Sequence[Month]) -> str:
    return noun if len(months) == 1 else f"{noun}s"


def _choose_verb(months: Sequence[Month]) -> str:
    return "is suppressed" if len(months) == 1 else "are suppressed"
