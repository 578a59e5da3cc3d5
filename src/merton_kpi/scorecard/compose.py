"""Turn a month's inputs into its scorecard: assess, compare, and put all in words, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.catalogue.meetings import format_meeting
from merton_kpi.core.findings import FindingCode
from merton_kpi.core.periods import format_date, join_labels, join_months
from merton_kpi.core.ratings import Rating
from merton_kpi.extracts.rows import EMPTY_ROW
from merton_kpi.quality.warnings import check_data
from merton_kpi.rating.wording.comparison_words import format_break
from merton_kpi.rating.wording.verdict_words import explain_closing
from merton_kpi.scorecard.assess import assess_indicators, match_inputs, rate_indicators
from merton_kpi.scorecard.changes.compare import list_changed_ratings
from merton_kpi.scorecard.changes.restatements import list_restatements
from merton_kpi.scorecard.charts.compose import compose_charts
from merton_kpi.scorecard.records import Remark, Scorecard
from merton_kpi.scorecard.rows import compose_rows
from merton_kpi.scorecard.signals.matrix import compose_matrix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from merton_kpi.catalogue.meetings import Meeting
    from merton_kpi.core.issues import Issue
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.loading.inputs import Inputs
    from merton_kpi.quality.warnings import DataWarning
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.records import Row

_NO_COMMENTARY = "No commentary has been received."
_NOT_NEEDED = "The figure shows no real change, so no new commentary is needed."


@dataclass(frozen=True, kw_only=True, slots=True)
class _Earlier:
    """What an earlier meeting of the year saw: each indicator's verdict by its number."""

    meeting: Meeting
    verdicts: Mapping[str, Verdict]


def compose_scorecard(inputs: Inputs) -> tuple[Scorecard | None, tuple[Issue, ...]]:
    """The scorecard of the inputs' month, as at that month.

    Where the panel met before in the year, it says what has changed since those papers, and its
    restatements are those since then. None, with the issues, where an observation has no match.
    """
    meeting = inputs.catalogue.meeting_before(inputs.month)
    if meeting is None:
        return _compose(inputs, since=None)
    verdicts, issues = rate_indicators(inputs, meeting.data_to)
    if verdicts is None:
        return None, issues
    return _compose(
        inputs, since=meeting.data_to, earlier=_Earlier(meeting=meeting, verdicts=verdicts)
    )


def compose_to_compare(
    inputs: Inputs, since: Month | None
) -> tuple[Scorecard | None, tuple[Issue, ...]]:
    """The scorecard of the inputs' month, with the restatements since another month.

    Where `since` is None, all of the year's. It is not compared with a meeting's papers.
    """
    return _compose(inputs, since=since)


def check_inputs(inputs: Inputs) -> tuple[Issue, ...]:
    """Every issue of the inputs: the reading's, observations without a match, open warnings."""
    series, issues = match_inputs(inputs, inputs.month)
    if series is None:
        return issues
    warnings = check_data(inputs.catalogue, series, inputs.entry_places)
    return _join_warnings(issues, warnings)


def _compose(
    inputs: Inputs, *, since: Month | None, earlier: _Earlier | None = None
) -> tuple[Scorecard | None, tuple[Issue, ...]]:
    catalogue, month = inputs.catalogue, inputs.month
    assessed, issues = assess_indicators(inputs, month)
    if assessed is None:
        return None, issues
    every = tuple(assessed.values())
    rows, notes = compose_rows(catalogue, every)
    exceptions = _select_exceptions(rows, every)
    series = {number: each.series for number, each in assessed.items()}
    warnings = check_data(catalogue, series, inputs.entry_places)
    meeting = catalogue.meeting_for(month)
    card = Scorecard(
        authority=catalogue.authority,
        short_name=catalogue.short_name,
        panel=catalogue.panel,
        wards=catalogue.wards,
        lead_officer=catalogue.lead_officer,
        lead_member=catalogue.lead_member,
        contact_officer=catalogue.contact_officer,
        meeting=format_meeting(meeting) if meeting else "To be confirmed",
        venue=(meeting and meeting.venue) or "",
        agenda_item=(meeting and meeting.agenda_item) or "",
        sections=catalogue.report_sections,
        words=catalogue.words,
        colours=catalogue.page_colours,
        areas=catalogue.benchmark_areas,
        year=catalogue.financial_year,
        month=month,
        service_heading=catalogue.service_heading if catalogue.services else "",
        assessed=every,
        rows=rows,
        matrix=compose_matrix(rows, every),
        exceptions=tuple((row, _choose_commentary(each)) for row, each in exceptions),
        uncommented=tuple(row for row, each in exceptions if each.owes_commentary),
        of_note=tuple(_list_of_note(every)),
        index_note=catalogue.index_note or "",
        data_statement=catalogue.data_statement or "",
        licence=catalogue.licence,
        caveats=(*_list_caveats(every, catalogue.financial_year), *_list_confirmed(warnings)),
        missing=tuple(_list_missing(every)),
        notes=notes,
        last_month=earlier.meeting.data_to if earlier else None,
        last_meeting=format_date(earlier.meeting.date) if earlier else "",
        changes=list_changed_ratings(rows, earlier.verdicts) if earlier else (),
        charts=compose_charts(catalogue, every, rows),
        restated=list_restatements(every, since),
        warnings=_join_warnings(issues, warnings),
        sources=inputs.every_source,
    )
    return card, card.warnings


def _select_exceptions(
    rows: Iterable[Row], assessed: Iterable[AssessedIndicator]
) -> list[tuple[Row, AssessedIndicator]]:
    """The indicators rated red, then amber, then those that are listed for a change alone."""
    pairs = zip(rows, assessed, strict=True)
    exceptions = [(row, each) for row, each in pairs if each.is_exception]
    order = (Rating.RED, Rating.AMBER)
    return [
        *(pair for rating in order for pair in exceptions if pair[0].verdict.rating is rating),
        *(pair for pair in exceptions if pair[1].is_worsening_exception),
    ]


def _choose_commentary(assessed: AssessedIndicator) -> str:
    """The service's commentary, or a sentence that there is none, or that none is needed."""
    none = _NOT_NEEDED if assessed.needs_no_commentary else _NO_COMMENTARY
    return assessed.commentary or none


def _join_warnings(issues: Iterable[Issue], warnings: Iterable[DataWarning]) -> tuple[Issue, ...]:
    """The reading's issues, and the warnings without an answer.

    A row with nothing filled in is left out where the indicator's figure is due and missing, so
    that each gap is one warning.
    """
    found = tuple(_list_open(warnings))
    missing = {each.subject for each in found if each.code == FindingCode.MISSING.value}
    read = (each for each in issues if each.code != EMPTY_ROW or each.subject not in missing)
    return (*read, *found)


def _list_open(warnings: Iterable[DataWarning]) -> Iterator[Issue]:
    """The warnings without an answer."""
    return (each.issue for each in warnings if not each.answer)


def _list_of_note(assessed: Iterable[AssessedIndicator]) -> Iterator[Remark]:
    for each in assessed:
        if words := each.series.of_note:
            yield _compose_remark(each, "", words)


def _list_caveats(assessed: Iterable[AssessedIndicator], year: FinancialYear) -> Iterator[Remark]:
    for each in assessed:
        for words, months in each.series.caveats.items():
            yield _compose_remark(each, join_months(months), words)
        for begun in each.indicator.list_breaks(each.series.as_at):
            is_in_history = any(month < begun.start for month in each.series.earlier)
            if begun.start in year.months or is_in_history:
                words = format_break(begun)
                yield _compose_remark(
                    each, f"from {begun.start.label}", f"{words[0].upper()}{words[1:]}."
                )
        closing = each.indicator.closing
        if closing and closing.start in year.months and closing.start <= each.series.as_at:
            yield _compose_remark(
                each, f"from {closing.start.label}", explain_closing(each.indicator)
            )


def _list_confirmed(warnings: Iterable[DataWarning]) -> Iterator[Remark]:
    """The warnings with an answer, which says why the figure is right, for the panel to read.

    Several that an indicator's own `confirmed` answers with one reason are one caveat.
    """
    groups: dict[tuple[str, str, int], list[DataWarning]] = {}
    for place, each in enumerate(warnings, 1):
        if each.answer:
            key = (each.indicator.number, each.answer, 0 if each.is_standing else place)
            groups.setdefault(key, []).append(each)
    for first, *others in groups.values():
        yield Remark(
            number=first.indicator.number,
            title=first.indicator.title,
            about=join_labels(dict.fromkeys(each.about for each in (first, *others))),
            words=first.answer if others else first.caveat,
        )


def _list_missing(assessed: Iterable[AssessedIndicator]) -> Iterator[Remark]:
    for each in assessed:
        if months := join_months(each.series.missing):
            yield _compose_remark(each, months, each.indicator.owner or "no owner is named")


def _compose_remark(assessed: AssessedIndicator, about: str, words: str) -> Remark:
    indicator = assessed.indicator
    return Remark(number=indicator.number, title=indicator.title, about=about, words=words)
