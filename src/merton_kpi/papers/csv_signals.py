"""The columns of the CSV that say whether a value shows a real change, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.signals.words import (
    Assurance,
    NoSignalReason,
    SignalFinding,
    SignalRule,
    SignalWord,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from merton_kpi.scorecard.signals.facts import SignalFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class SignalColumn:
    """A column, which has words of a closed list, or numbers where there are no `words`."""

    name: str
    description: str
    select: Callable[[SignalFacts], SignalWord | Decimal | None]
    words: tuple[str, ...] = ()

    def read(self, facts: SignalFacts | None) -> str | Decimal | None:
        """What the column has of a period; None where nothing is found of it."""
        found = self.select(facts) if facts else None
        return found.value if isinstance(found, SignalWord) else found


def _list_words(words: type[SignalWord]) -> tuple[str, ...]:
    return tuple(each.value for each in words)


SIGNAL_COLUMNS = (
    SignalColumn(
        name="finding",
        description="whether the value shows a real change, by the limits known in the papers' "
        "month; blank where there is no value, or what it adds to a running total is not known",
        select=lambda facts: facts.finding,
        words=_list_words(SignalFinding),
    ),
    SignalColumn(
        name="finding_reason",
        description="why it is not judged",
        select=lambda facts: facts.reason,
        words=_list_words(NoSignalReason),
    ),
    SignalColumn(
        name="finding_rule",
        description="the rule that shows the change",
        select=lambda facts: facts.rule,
        words=_list_words(SignalRule),
    ),
    SignalColumn(
        name="mean",
        description="the mean that the rules compare with; of a running total, of what each period "
        "added",
        select=lambda facts: facts.mean,
    ),
    SignalColumn(
        name="lower_limit",
        description="the lower limit of the usual range, which the papers print rounded inwards",
        select=lambda facts: facts.lower_limit,
    ),
    SignalColumn(
        name="upper_limit",
        description="its upper limit",
        select=lambda facts: facts.upper_limit,
    ),
    SignalColumn(
        name="assurance",
        description="whether the period's own target is within reach of the present way of "
        "working; blank where that is not known",
        select=lambda facts: facts.assurance,
        words=_list_words(Assurance),
    ),
)
