"""What of an earlier version's catalogue means something else today, and what keeps it as it was.

Before `decimals` could be left out, a catalogue without the key meant whole numbers. What only the
council can know, such as whether percentages add up, is listed and not changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.issues import stop_on_errors
from merton_kpi.core.rounding import count_decimals
from merton_kpi.core.vocabulary import Accumulation, Past
from merton_kpi.extracts.quoting import list_quotable_rows
from merton_kpi.quality.arithmetic.rounding_checks import check_rounding
from merton_kpi.scorecard.assess import match_inputs
from merton_kpi.scorecard.compose import check_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.issues import Place
    from merton_kpi.loading.inputs import Inputs

# The issues that only the council can answer, since the catalogue can mean either.
_QUESTIONS = (FindingCode.NOT_A_SUM.value, "closed_indicator")


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change of an indicator's entry, or what the council must decide about it.

    `place` is where the entry begins. `words` say what is changed and why. `decimals` is the value
    that the key gets; it is None where nothing is changed.
    """

    place: Place
    number: str
    words: str
    decimals: int | None = None

    def __str__(self) -> str:
        return f"{self.place.file}:{self.place.line}: indicator {self.number}: {self.words}"


def plan_migration(inputs: Inputs, catalogue: Catalogue) -> tuple[Change, ...]:
    """List what to change and what to decide, in the index's order.

    `catalogue` is as written, without the suppression of its earlier figures. Raises
    BuildStoppedError where the extracts have other errors than those that ask something.
    """
    figures = _list_extract_figures(inputs)
    questions, quotable = _list_questions(inputs), list_quotable_rows(catalogue)
    places = inputs.entry_places
    return tuple(
        change
        for each in catalogue.indicators
        for change in (
            *_list_rounding(
                each,
                figures.get(each.number, ()),
                places[each.number],
                is_quoted=quotable.can_quote(each.number),
            ),
            *_list_outturn_years(each, places[each.number]),
            *questions.get(each.number, ()),
        )
    )


def list_rated_otherwise(inputs: Inputs) -> tuple[str, ...]:
    """The numbers of the indicators without `decimals` that whole numbers would rate otherwise."""
    written = {
        each.indicator for each in inputs.observations if each.value and count_decimals(each.value)
    }
    listed = [
        (section, each)
        for section in inputs.catalogue.sections
        for each in section.indicators
        if each.number in written and each.decimals is None and not each.is_closed
    ]
    series = match_inputs(inputs, inputs.month)[0] if listed else None
    if not series:
        return ()
    return tuple(
        each.number
        for section, each in listed
        if any(
            check_rounding(
                each.model_copy(update={"decimals": 0}),
                inputs.catalogue.scale_for(section, each),
                series[each.number],
            )
        )
    )


def _list_extract_figures(inputs: Inputs) -> Mapping[str, tuple[tuple[Decimal, str], ...]]:
    """Each indicator's figures in the extracts by its number, each with its place."""
    figures: dict[str, tuple[tuple[Decimal, str], ...]] = {}
    for each in inputs.observations:
        if each.value is not None:
            read = figures.get(each.indicator, ())
            figures[each.indicator] = (*read, (each.value, f"in {each.place}"))
    return figures


def _list_rounding(
    indicator: Indicator,
    figures: tuple[tuple[Decimal, str], ...],
    place: Place,
    *,
    is_quoted: bool,
) -> Iterator[Change]:
    """The change for an indicator whose figures were rounded to whole numbers, if any was.

    The figure that it names as an example is quoted only where `is_quoted`: none is suppressed yet.
    """
    if indicator.decimals is not None or indicator.is_closed or indicator.needs_judgement:
        return
    known = chain(figures, _list_catalogue_figures(indicator))
    example = next(((figure, where) for figure, where in known if count_decimals(figure)), None)
    if example:
        figure, where = example
        shown = f"{figure:f}" if is_quoted else "the figure"
        words = f"add 'decimals: 0', since it was printed and rated in whole numbers; {shown}"
        words = f"{words} {where} would now be used as it is written"
        yield Change(place=place, number=indicator.number, words=words, decimals=0)


def _list_catalogue_figures(indicator: Indicator) -> Iterator[tuple[Decimal, str]]:
    """The figures of the entry that were rounded before they were compared, or that limits have."""
    for month, figure in indicator.earlier_months.items():
        yield figure, f"in 'earlier_months', {month},"
    for target in indicator.targets:
        for figure in target.figures:
            yield figure, "in 'target'"
    if any(isinstance(each.no_worse_than, Past) for each in indicator.targets):
        for year, outturn in indicator.outturns.items():
            if outturn.value is not None:
                yield outturn.value, f"in 'outturns', {year},"


def _list_outturn_years(indicator: Indicator, place: Place) -> Iterator[Change]:
    """What to decide where an outturn's period, not its heading, now says which year it covers."""
    is_compared = any(isinstance(each.no_worse_than, Past) for each in indicator.targets)
    if indicator.accumulates is not Accumulation.ACADEMIC_YEAR or not is_compared:
        return
    for heading in indicator.outturns:
        covered = indicator.choose_outturn_year(heading)
        if covered != heading:
            words = f"not changed: the outturn under {heading} is now that of {covered}, which its "
            words += "'period' names; if its heading is right, correct the period"
            yield Change(place=place, number=indicator.number, words=words)


def _list_questions(inputs: Inputs) -> Mapping[str, tuple[Change, ...]]:
    """What only the council can decide, by the indicator's number.

    It is whether percentages add up, and from which month an indicator is no longer reported; of
    several rows about that, the last names the month.
    """
    places = inputs.entry_places
    issues = check_inputs(inputs)
    stop_on_errors(each for each in issues if each.code not in _QUESTIONS)
    asked = {each.subject: each.message for each in issues if each.code in _QUESTIONS}
    return {
        number: (Change(place=place, number=number, words=f"not changed: {words}"),)
        for number, place in places.items()
        if (words := asked.get(f"indicator {number}"))
    }
