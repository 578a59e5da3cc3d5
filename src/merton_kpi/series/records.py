"""One indicator's figures as at a month, and what was corrected in them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from operator import attrgetter
from typing import TYPE_CHECKING

from merton_kpi.disclosure.keys import SuppressionLevel
from merton_kpi.series.totals import Total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation


@dataclass(frozen=True, kw_only=True, slots=True)
class Restatement:
    """A correction: `new`, of a later extract, took the place of the figure `old`.

    The first figure for a month is no correction, even where an earlier extract gave a reason why
    there was none.
    """

    old: Observation
    new: Observation


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One indicator's year as at a month.

    `figures` holds the observation in force for each month that has one, `totals` the total of each
    month that has one of these or that one is due for (None: the figures are not added up), `due`
    the months whose figure should be known by now, `next_due` the first month after those (None
    where the indicator ends before it), `said` every observation that has words for the report, and
    `restatements` what was corrected, both in the order in which they became known. The words for
    the report are those that came last, in `words_since` or later; None: in the month itself.
    `whole_year` has the year's own figure, as if it were that of the year's last month; None where
    no extract has given one. It is never due, and never rated. `level` says which counts are not
    shown, and `tied_to` which other indicators' figures could give them away. `received` has, for
    each month whose figure has come, or the reason for none, the extract in which it came first.
    `earlier` holds the figures in force of the months before the year that are known, none of them
    in `figures`, and `earlier_rated` the same, or their totals where kpi adds them up.
    """

    as_at: Month
    figures: Mapping[Month, Observation] = field(default_factory=dict)
    earlier: Mapping[Month, Observation] = field(default_factory=dict)
    earlier_rated: Mapping[Month, Observation] = field(default_factory=dict)
    totals: Mapping[Month, Total] | None = None
    received: Mapping[Month, Month] = field(default_factory=dict)
    due: tuple[Month, ...] = ()
    next_due: Month | None = None
    said: tuple[Observation, ...] = ()
    restatements: tuple[Restatement, ...] = ()
    words_since: Month | None = None
    whole_year: Series | None = None
    level: SuppressionLevel = field(default_factory=SuppressionLevel)
    tied_to: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Month, ...]:
        """The months due that have neither a figure nor a reason for its absence."""
        return tuple(month for month in self.due if month not in self.figures)

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The figures that are there and shown, in no order."""
        return tuple(each.value for each in self.figures.values() if each.value is not None)

    @property
    def rated_figures(self) -> Mapping[Month, Observation]:
        """The figures that ratings rest on, by month: those of the extracts, or their totals.

        A total takes the place of the figure in its month's observation. A month whose total is not
        known is left out, unless a reason for that is printed.
        """
        if self.totals is None:
            return self.figures
        rated = {}
        for month, given in sorted(self.figures.items()):
            total = self.totals[month]
            if total.figure is not None or total.status is not None:
                rated[month] = replace(
                    given,
                    value=total.figure,
                    numerator=None,
                    denominator=None,
                    status=total.status,
                )
        return rated

    @property
    def commentary(self) -> str:
        """The service's words for this month's exception report."""
        return "\n".join(self._list_last_words(attrgetter("commentary")))

    @property
    def of_note(self) -> str:
        """The service's words for the report's list of indicators of particular note."""
        return "\n".join(self._list_last_words(attrgetter("of_note")))

    @property
    def caveats(self) -> Mapping[str, tuple[Month, ...]]:
        """Each caveat with the months of the year's figures that it belongs to."""
        months: dict[str, set[Month]] = {}
        for each in self.said:
            if each.caveat:
                months.setdefault(each.caveat, set()).add(each.month)
        return {words: tuple(sorted(those)) for words, those in months.items()}

    @property
    def confirmed(self) -> Mapping[Month, str]:
        """For each month, the reason given why the figure in force is right.

        A reason that is older than the figure was given for another one, and is left out.
        """
        return {
            each.month: each.confirmed
            for each in self.said
            if each.confirmed
            and (each.month not in self.figures or each.known >= self.figures[each.month].known)
        }

    def restated_since(self, month: Month | None) -> tuple[Restatement, ...]:
        """The corrections that became known after a month; all of the year's for None."""
        return tuple(each for each in self.restatements if month is None or each.new.known > month)

    def remove_restatements(self, restatements: Iterable[Restatement]) -> Series:
        """The series as it would be without these corrections."""
        old = {each.old.month: each.old for each in reversed(tuple(restatements))}
        totals = self.totals and {
            month: reduce(Total.restore_part, old.values(), total)
            for month, total in self.totals.items()
        }
        return replace(self, figures={**self.figures, **old}, totals=totals)

    def _list_last_words(self, read_words: Callable[[Observation], str]) -> Iterator[str]:
        """The words of the last month that has some, from `words_since` on."""
        since = self.words_since or self.as_at
        said = [each for each in self.said if each.known >= since and read_words(each)]
        last = max((each.known for each in said), default=since)
        return (read_words(each) for each in said if each.known == last)


def format_observation(indicator: Indicator, each: Observation) -> str:
    """A figure as it was given, not rounded, or the words printed in its place."""
    if each.value is not None:
        return indicator.unit.format_figure(each.value)
    return each.status.printed if each.status else ""
