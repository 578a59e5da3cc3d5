"""Build a council's papers, read them as a stranger does, and check each of its small counts."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from disclosure.simulation.papers import build_scorecards
from disclosure.simulation.reader.audit import Audit, Outcome, Verdict
from disclosure.simulation.reader.facts import Reader
from disclosure.simulation.reader.harvest import Harvest
from disclosure.simulation.reader.protected import list_small_counts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from disclosure.simulation.councils.council import Council

    from merton_kpi.scorecard.records import Scorecard


@dataclass(slots=True)
class Result:
    """What was found of one council or of many.

    `counts` has the numbers of councils, papers, and so on; `kinds` the leaks by what leaked.
    """

    counts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    leaking: dict[str, list[Verdict]] = field(default_factory=dict)

    def add(self, other: Result) -> None:
        self.counts.update(other.counts)
        self.kinds.update(other.kinds)
        self.leaking.update(other.leaking)


def check_council(
    council: Council, folder: Path, name: str = "", *, do_words_tell: bool = False
) -> Result:
    """Check every small count of a council, given all papers of all months."""
    started = time.perf_counter()
    cards = build_scorecards(council, folder)
    built = time.perf_counter()
    harvest, verdicts = check_papers(council, cards, do_words_tell=do_words_tell)
    result = Result()
    result.counts.update(councils=1, papers=len(cards), small_counts=len(verdicts))
    _count_figures(result, harvest)
    leaks = []
    for verdict in verdicts:
        result.counts[verdict.outcome.name.lower()] += 1
        if verdict.outcome is Outcome.LEAKED and _was_given_away(harvest, verdict):
            result.counts["given_away_before"] += 1
        elif verdict.outcome is Outcome.LEAKED:
            leaks.append(verdict)
            small = verdict.small
            kind = f"{council.select(small.number).kind.name}: {small.what}"
            result.kinds[kind] += 1
    if leaks:
        result.leaking[name] = leaks
    result.counts["leaks"] = len(leaks)
    result.counts["building_ms"] = round(1000 * (built - started))
    result.counts["checking_ms"] = round(1000 * (time.perf_counter() - built))
    return result


def check_papers(
    council: Council,
    cards: Mapping[int, Scorecard],
    wanted: int = 1,
    *,
    do_words_tell: bool = False,
) -> tuple[Harvest, list[Verdict]]:
    """Read the papers of all months as a stranger does, and check each small count.

    Args:
        council: What the truth is.
        cards: The papers by their month.
        wanted: How many other values to look for.
        do_words_tell: Whether `Suppressed` says that a count is not small itself.
    """
    reader = Reader.of(council)
    harvest = Harvest(reader, do_words_tell)
    for month, card in cards.items():
        harvest.add_papers(card, month)
    smalls = list_small_counts(reader, harvest.ever_printed)
    audit = Audit.of(reader, harvest.bounds, smalls)
    return harvest, [audit.check(small, wanted) for small in smalls]


def _was_given_away(harvest: Harvest, verdict: Verdict) -> bool:
    """Whether earlier papers gave a count away before the tool had it."""
    small, reader = verdict.small, harvest.reader
    before = [each for each, month in harvest.bounds.items() if month < small.known]
    audit = Audit.of(reader, before, [small])
    return audit.check(small).outcome is Outcome.LEAKED


def _count_figures(result: Result, harvest: Harvest) -> None:
    """Count what the last papers print and hide: for its own small count, beyond that, by rows."""
    own = set()
    for small in list_small_counts(harvest.reader, ()):
        if "step" not in small.what and "sum" not in small.what:
            own.add((small.number, small.period))
    primary = len(harvest.hidden & own)
    rows = {number for number, _ in harvest.hidden} - {number for number, _ in harvest.printed}
    result.counts.update(
        printed=len(harvest.printed),
        hidden_by_themselves=primary,
        hidden_beyond=len(harvest.hidden) - primary,
        whole_rows_hidden=len(rows),
    )
