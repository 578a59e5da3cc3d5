"""Turn a draft into final papers, where no issue is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, Severity
from merton_kpi.core.periods import format_count, join_labels

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from merton_kpi.core.vocabulary import ReportSection
    from merton_kpi.scorecard.records import Row, Scorecard


def sign_off(
    card: Scorecard, printed: Collection[ReportSection] | None
) -> tuple[Scorecard | None, tuple[Issue, ...]]:
    """The scorecard as final, or None with the issues that are open.

    Open are an exception without commentary that it needs, a figure that is due and has neither
    value nor reason, a warning without an answer, and a section that the catalogue requires and
    that has no words, or is not among those `printed` by the report. The other sections without
    words are a warning of the final scorecard. Where no report is written, `printed` is None.
    """
    needed = () if printed is None else _check_required_sections(card, printed)
    found = (*_list_open(card), *needed)
    if not found:
        silent = [each for each in printed or () if not each.has_default]
        empty = card.sections.list_empty(silent)
        warnings = tuple(_check_sections(empty, Severity.WARNING))
        return replace(card, is_final=True, warnings=warnings), warnings
    message = f"not final: {format_count(len(found), 'open issue')}"
    place = Place(file=f"the papers of {card.span}")
    return None, (*found, Issue(code="not_final", place=place, message=message))


def _list_open(card: Scorecard) -> Iterator[Issue]:
    for row in card.uncommented:
        owner = row.owner or "its owner"
        state = row.change
        if row.verdict.rating.is_exception:
            state = f"rated {row.verdict.label}"
        yield Issue(
            code="no_commentary",
            place=_choose_place(card, row),
            subject=f"indicator {row.number}",
            message=f"it is {state} and has no commentary; ask {owner} for it",
        )
    for each in card.warnings:
        yield replace(each, severity=Severity.ERROR)  # what stops the run is an error


def _check_required_sections(
    card: Scorecard, printed: Collection[ReportSection]
) -> Iterator[Issue]:
    required = card.sections.required
    yield from _check_sections(card.sections.list_empty(required), Severity.ERROR)
    if unprinted := [each for each in required if each not in printed]:
        keys = join_labels(f"'{each.value}'" for each in unprinted)
        yield Issue(
            code="unprinted_section",
            place=Place(file="the exception report"),
            message=f"final papers need the words for {keys}, which the report's template does "
            f"not print; add {{{{ card.sections.{unprinted[0].value} }}}} to it",
        )


def _check_sections(empty: Sequence[ReportSection], severity: Severity) -> Iterator[Issue]:
    """The issue of the report's sections without words, where there are some."""
    if empty:
        keys = join_labels(f"'{each.value}'" for each in empty)
        needed = ", and final papers need them" if severity is Severity.ERROR else ""
        yield Issue(
            severity=severity,
            code="empty_section",
            place=Place(file="the exception report"),
            message=f"the catalogue has no words for {keys}{needed}; write them under "
            "'report_sections'",
        )


def _choose_place(card: Scorecard, row: Row) -> Place:
    """The row of the figure that was rated; the last extract, where a judgement has no figure."""
    observation = row.verdict.observation
    own = [each for each in card.sources if not each.is_earlier]
    return observation.place if observation else Place(file=own[-1].path)
