"""Checks of extracts' rows against the catalogue and against each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, Severity, shorten, suggest_word
from merton_kpi.core.periods import FinancialYear, join_labels
from merton_kpi.core.text import LONGEST
from merton_kpi.core.vocabulary import Accumulation
from merton_kpi.disclosure.keys import EarlierKey
from merton_kpi.extracts.layouts.file_layout import choose_layout
from merton_kpi.extracts.quoting import list_quotable_rows, list_suppressed
from merton_kpi.series.suppression import is_count_unknown
from merton_kpi.series.written import check_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.core.ratings import RatingWords
    from merton_kpi.disclosure.decisions import Decisions
    from merton_kpi.extracts.layouts.file_layout import FileLayout
    from merton_kpi.extracts.observations import Observation

GIVEN_TWICE = "given_twice"  # the code of the second row of one extract for a period
_SEVERAL = 2  # rows that two files both have
_MOST_NAMED = 5  # indicators in a message


def check_rows(
    catalogue: Catalogue, observations: Iterable[Observation]
) -> Iterator[tuple[Observation, tuple[Issue, ...] | None]]:
    """Check each observation: yield it with the reason why it fits nowhere, or with None.

    Of two rows of one month's extracts for an indicator's period, the second fits nowhere. Where
    two files have several such rows, the first of them has one reason for all, and the others none.
    """
    observations = tuple(observations)
    indicators = {each.number: each for each in catalogue.indicators}
    repeats = _list_repeats(observations)
    first_rows: dict[tuple[str, str, Month], Observation] = {}
    for each in observations:
        fault = check_fit(each, catalogue, indicators)
        if fault:
            yield each, (fault,)
            continue
        first = first_rows.setdefault(_key_of(each), each)
        if first is each:
            yield each, None
            continue
        files = (each.place.file, first.place.file)
        rows = repeats.get(files, ())
        if files[0] == files[1] or len(rows) < _SEVERAL:
            message = f"{each.period} already has a row at {first.place}; keep one of the two rows"
            yield each, (compose_fault(each, GIVEN_TWICE, message),)
        else:
            is_first = rows[0][1] is each
            yield each, (_explain_repeats(rows, observations),) if is_first else ()


def _key_of(each: Observation) -> tuple[str, str, Month]:
    return (each.indicator, each.period, each.known)


def _list_repeats(
    observations: Iterable[Observation],
) -> Mapping[tuple[str, str], Sequence[tuple[Observation, Observation]]]:
    """By two files of one month, the later first: the rows of both for one indicator's period."""
    first_rows: dict[tuple[str, str, Month], Observation] = {}
    repeats: dict[tuple[str, str], list[tuple[Observation, Observation]]] = {}
    for each in observations:
        first = first_rows.setdefault(_key_of(each), each)
        if first is not each:
            repeats.setdefault((each.place.file, first.place.file), []).append((first, each))
    return repeats


def _explain_repeats(
    rows: Sequence[tuple[Observation, Observation]], observations: Iterable[Observation]
) -> Issue:
    """One error for an extract with several rows that another of its month has too.

    A service may have sent a corrected file, so it names the indicators whose rows differ.
    """
    first, each = rows[0]
    sizes = Counter(one.place.file for one in observations)
    size = sizes[each.place.file]
    differ = dict.fromkeys(
        f"indicator {shorten(new.indicator)}"
        for old, new in rows
        if replace(new, place=old.place, is_unended=old.is_unended, is_own=old.is_own) != old
    )
    listed = [*differ][:_MOST_NAMED]
    listed += [f"{len(differ) - _MOST_NAMED} more"] if len(differ) > _MOST_NAMED else []
    message = f"{len(rows)} of its {size} rows are in '{first.place.file}' too, "
    is_whole = len(rows) == size == sizes[first.place.file]
    if not differ:
        message += "with the same contents; "
        message += "remove one of the two files" if is_whole else "remove them from one of the two"
    else:
        message += f"with other contents for {join_labels(listed)}; remove "
        message += "the file" if is_whole else "the rows of the file"
        message += " that is out of date"
    place = Place(file=each.place.file)
    return Issue(code=GIVEN_TWICE, place=place, message=message)


def check_fit(
    each: Observation, catalogue: Catalogue, indicators: Mapping[str, Indicator]
) -> Issue | None:
    """Check one observation against the catalogue, whose `indicators` are by number."""
    indicator = indicators.get(each.indicator)
    if indicator is None:
        layout = choose_layout(catalogue.sources, each.place.file)
        return _compose_unknown(each, indicators, replace(layout, is_own=each.is_own))
    if indicator.closing and indicator.is_closed_in(each.month):
        advice = _suggest_for_closed(indicator, each)
        message = f"this indicator was {indicator.closing.ending}; {advice}"
        return compose_fault(each, "closed_indicator", message)
    if misfit := check_written(each, indicator):
        is_quoted = list_quotable_rows(catalogue).can_quote(each.indicator)
        return compose_fault(each, misfit.code, misfit.message if is_quoted else misfit.unquoted)
    if fault := _check_judgement(each, indicator, catalogue.words):
        return fault
    if FinancialYear.of(each.month) != catalogue.financial_year:
        message = f"{each.period} is outside the catalogue's year, {catalogue.financial_year}"
        advice = "write the figure under 'outturns'" if each.year else "correct it"
        return compose_fault(each, "outside_year", f"{message}; {advice}, or leave the row out")
    return _check_year_row(each, each.year, indicator) if each.year else None


def _compose_unknown(
    each: Observation, indicators: Mapping[str, Indicator], layout: FileLayout
) -> Issue:
    """The error of a row whose indicator the catalogue does not have.

    Where small counts are suppressed, the cell is not quoted, nor is the number most like it given:
    it may be a count, in a row without its first cell.
    """
    code, message = "unknown_indicator", "the catalogue has no such indicator"
    if list_suppressed(indicators.values()):
        message += f"; {suggest_word('', indicators)}"
        return Issue(code=code, place=each.place, message=message)
    message += f"; {suggest_word(each.indicator, indicators)}"
    if advice := layout.format_row_advice(each.indicator):
        message += f"; or, to pass over such rows, {advice}"
    return compose_fault(each, code, message)


def _check_year_row(each: Observation, year: FinancialYear, indicator: Indicator) -> Issue | None:
    """Check a year's own figure: it is only for an indicator that has others in that year."""
    if indicator.accumulates is Accumulation.ACADEMIC_YEAR:
        message = f"this indicator adds up over academic years, so it has no figure of {year}"
        return compose_fault(each, "no_year_figure", f"{message}; leave the row out")
    due = [*filter(indicator.is_due, year.months)]
    if len(due) == 1:
        message = f"this indicator has one figure a year; write its month, {due[0]}, as the period"
        return compose_fault(each, "no_year_figure", message)
    return None


def _suggest_for_closed(indicator: Indicator, each: Observation) -> str:
    """What to do with a row of an indicator that is no longer reported."""
    if not indicator.is_closed:
        return "leave the row out"
    month = f"from: {each.month.add_months(1)}"
    form = f"removed: {{{month}, reason: …}}"
    if indicator.replaced_by:
        form = f'replaced_by: {{{month}, indicator: "{indicator.replaced_by.indicator}"}}'
    return f"leave the row out, or write '{form}' if it was reported until then"


def _check_judgement(each: Observation, indicator: Indicator, words: RatingWords) -> Issue | None:
    """Check whether a row may have a judgement, or needs one."""
    if each.judgement and not indicator.is_rated_in(each.month):
        then = f" for {each.month.name}" if indicator.is_rated else ""
        message = f"this indicator is not rated{then}, so it cannot have a judgement"
        message += "; leave the judgement out"
        if isinstance(indicator.target, str) and not indicator.rating_withheld:
            message += ", or write 'target: judged' in the catalogue"
        return compose_fault(each, "judgement_without_target", message)
    if indicator.needs_judgement and each.value is not None and not each.judgement:
        message = "an officer judges this indicator, but this row has a figure and no judgement"
        return compose_fault(each, "no_judgement", f"{message}; give the judgement too")
    if each.judgement and each.judgement.rating not in {
        printed.rating for printed in words.ratings
    }:
        message = f"judgement: blue is no rating here, but means '{words.blue}'"
        return compose_fault(each, "judgement_blue", f"{message}; use green, amber or red")
    return None


def check_length(rows: Iterable[Observation], as_at: Month) -> Iterator[Issue]:
    """Refuse words that are too long for a cell once a month's rows are joined."""
    length = 0
    for each in rows:
        if each.known == as_at:
            longest = max(len(each.commentary), len(each.of_note))
            length += longest
            if LONGEST < length > longest:
                message = f"the month's commentary has more than {LONGEST:,} characters in all"
                yield compose_fault(each, "text", f"{message}; shorten it")


def check_small_figures(
    indicators: Mapping[str, Indicator],
    rows: Mapping[str, Sequence[Observation]],
    decisions: Decisions,
) -> Iterator[Issue]:
    """Refuse figures whose count is not known, and words that could disclose a hidden figure."""
    for number, indicator in indicators.items():
        for each in rows[number]:
            if is_count_unknown(indicator, each):
                message = "the numerator is missing, so kpi cannot check whether this is a small"
                message += " number; give the numerator, or the status 'suppressed'"
                yield compose_fault(each, "count_unknown", message)
    if not decisions.hidden:
        return
    # Imported here: it is not needed where nothing is hidden.
    from merton_kpi.series.word_checks import list_rows_with_hidden_figures  # noqa: PLC0415

    for each, is_own in list_rows_with_hidden_figures(indicators, rows, decisions):
        message = (
            "the text of this row has a number that a reader could take for a suppressed figure"
        )
        advice = "remove the number, or say in the column 'confirmed' what it counts"
        if is_own:
            message = "the text of this row repeats its own suppressed figure"
            advice = "remove it, since 'confirmed' does not allow it"
        yield compose_fault(each, "gives_away", f"{message}; {advice}")


def check_exposed(
    rows: Mapping[str, Sequence[Observation]], decisions: Decisions
) -> Iterator[Issue]:
    """Warn of small counts that an earlier month's papers gave away, unless it is confirmed."""
    for key in decisions.exposed:
        given = rows.get(key.number, ())
        month = key.period if isinstance(key, EarlierKey) else key.month
        found = [each for each in given if each.month == month] or given[-1:]
        if found and not any(each.confirmed for each in given if each.month == month):
            row = found[-1]
            message = f"readers can work out a small number for {row.period} or earlier from papers"
            message += " of earlier months; inform your data protection officer, then write in this"
            message += " row's 'confirmed' that you did"
            fault = compose_fault(row, "given_away_before", message)
            yield replace(fault, severity=Severity.WARNING)


def compose_fault(each: Observation, code: str, message: str) -> Issue:
    """An error of one observation, at its place in the extract."""
    subject = f"indicator {shorten(each.indicator)}"
    return Issue(code=code, place=each.place, subject=subject, message=message)
