"""Which figures of a catalogue and its extracts are hidden, and why.

Indicators that the catalogue ties together are judged together, and others apart. Those without
small numbers to hide are not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from merton_kpi.catalogue.relations.groups import list_counts, list_groups
from merton_kpi.disclosure.keys import EarlierKey, Reason, RowKey, SuppressionLevel, TotalKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.disclosure.keys import CellKey
    from merton_kpi.extracts.observations import Observation


@dataclass(frozen=True, kw_only=True, slots=True)
class Decisions:
    """What is hidden, and why, by the cell.

    `levels` say how each indicator's counts are published. `totals` are the cells of the totals in
    force that kpi adds up. `tied` has the other indicators that each one is tied to. `exposed` are
    the cells of the small counts that an earlier paper gave away.
    """

    levels: Mapping[str, SuppressionLevel] = field(default_factory=dict)
    hidden: Mapping[CellKey, Reason] = field(default_factory=dict)
    totals: Mapping[tuple[str, Month], TotalKey] = field(default_factory=dict)
    tied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exposed: tuple[CellKey, ...] = ()

    def join(self, other: Decisions) -> Decisions:
        """These decisions and those of other indicators."""
        return Decisions(
            levels={**self.levels, **other.levels},
            hidden={**self.hidden, **other.hidden},
            totals={**self.totals, **other.totals},
            tied={**self.tied, **other.tied},
            exposed=(*self.exposed, *other.exposed),
        )

    def reason_for(self, each: Observation) -> Reason | None:
        """Why a row's figure is hidden; None where it is shown."""
        return self.hidden.get(RowKey.of(each))

    def total_reason_for(self, number: str, month: Month) -> Reason | None:
        """Why an indicator's total up to a month is hidden; None where it is shown."""
        key = self.totals.get((number, month))
        return self.hidden.get(key) if key else None

    def earlier_reason_for(self, number: str, period: FinancialYear | Month) -> Reason | None:
        """Why an outturn or a month of last year is hidden; None where it is shown."""
        return self.hidden.get(EarlierKey(number=number, period=period))

    def level_of(self, number: str) -> SuppressionLevel:
        """How an indicator's counts are published."""
        return self.levels.get(number, SuppressionLevel())


def choose_hidden_figures(
    catalogue: Catalogue, rows: Mapping[str, Sequence[Observation]]
) -> Decisions:
    """Decide which figures the papers hide, in the order in which they were published.

    Args:
        catalogue: As it is written, with all its earlier figures.
        rows: All rows that are known so far, by indicator, those of whole years too; of two rows
            for a period, the one that became known later corrects the other.
    """
    indicators = {each.number: each for each in catalogue.indicators}
    decisions = Decisions()
    for numbers in list_groups(indicators):
        group = {number: indicators[number] for number in numbers}
        given = [each for number in numbers for each in rows.get(number, ())]
        if _has_small_numbers(group, given):
            decisions = decisions.join(_choose_of_group(group, given))
    return decisions


def _choose_of_group(group: Mapping[str, Indicator], rows: Sequence[Observation]) -> Decisions:
    """Decide which figures of indicators that are tied together are hidden."""
    # Imported here: a catalogue without small numbers is built without the model.
    from merton_kpi.disclosure.history import History, compose_history  # noqa: PLC0415
    from merton_kpi.disclosure.solver.choose import choose_hidden  # noqa: PLC0415

    levels = _choose_levels(group, rows)
    history = History(group, levels)
    papers = compose_history(history, rows)
    choice = choose_hidden(papers, history.ledger.counts.amounts)
    keys: Iterable[CellKey] = map(RowKey.of, history.waiting)
    waiting = dict.fromkeys(keys, Reason.COUNT_UNKNOWN)
    return Decisions(
        levels=levels,
        hidden={**choice.hidden, **waiting},
        totals=history.ledger.totals,
        tied={number: tuple(each for each in group if each != number) for number in group},
        exposed=tuple(dict.fromkeys(secret.key for secret in choice.exposed)),
    )


def _has_small_numbers(group: Mapping[str, Indicator], rows: Sequence[Observation]) -> bool:
    """Whether small numbers are to be hidden, or a service has hidden one itself."""
    statuses = [each.status for each in rows]
    statuses += [past.status for each in group.values() for past in each.outturns.values()]
    is_given = any(status and status.is_suppressed for status in statuses)
    return is_given or any(each.suppression for each in group.values())


def _choose_levels(
    group: Mapping[str, Indicator], rows: Sequence[Observation]
) -> dict[str, SuppressionLevel]:
    """How each indicator's counts are published.

    Where one of two indicators about the same people hides small numbers, so does the other, since
    its figures would give them away. All of a group are rounded if one is: beside an exact figure
    a rounded one would be exact too.
    """
    below = {n: each.suppression.below if each.suppression else 0 for n, each in group.items()}
    changed = True
    while changed:
        changed = False
        for number, each in group.items():
            for other in list_counts(each):
                most = max(below[number], below[other])
                if (below[number], below[other]) != (most, most):
                    below[number] = below[other] = most
                    changed = True
    for number, each in group.items():
        if each.percentage_of and each.percentage_of.of:
            # Its denominators are the other's counts.
            below[number] = max(below[number], below[each.percentage_of.of])
    bases = [each.suppression.round_to for each in group.values() if each.suppression]
    round_to = max((base for base in bases if base), default=None)
    is_year_given = any(each.year for each in rows)
    stands_alone = (
        len(group) == 1
        and not is_year_given
        and not any(
            each.accumulates or each.figures or each.outturns or each.earlier_months
            for each in group.values()
        )
    )
    return {
        number: SuppressionLevel(
            below=below[number] or None,
            round_to=round_to,
            stands_alone=stands_alone,
        )
        for number, each in group.items()
    }
