"""What the protection of small counts costs: the figures that are hidden though they are not small.

Those that kpi hides are compared with those of a plain choice, and each is shown again by itself:
is a small count then worked out?
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest.mock import patch

from disclosure.simulation.greedy import Oracle, choose_greedily, hide_dependent
from disclosure.simulation.papers import write_council

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.disclosure.keys import Reason
from merton_kpi.disclosure.solver import choose
from merton_kpi.disclosure.solver.search import Knowledge
from merton_kpi.loading.inputs import read_inputs
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from disclosure.simulation.councils.council import Council

    from merton_kpi.disclosure.keys import CellKey
    from merton_kpi.disclosure.solver.choose import Choice
    from merton_kpi.disclosure.solver.model import Amount, Paper


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """The papers of indicators that are tied together, and what kpi chose to hide of them."""

    papers: tuple[Paper, ...]
    amounts: tuple[Amount, ...]
    choice: Choice


def count_price(council: Council, folder: Path) -> Counter[str]:
    """Count what is hidden beyond the small counts, by kpi and by a plain choice.

    The figures are those of all papers: of one that was corrected, each version counts.
    """
    counts: Counter[str] = Counter()
    for case in record_choices(council, folder):
        mine = _count_beyond(case.papers, case.choice.hidden)
        plain = _count_beyond(case.papers, choose_greedily(case.papers, case.amounts))
        needless, is_in_doubt = list_needless(case)
        counts.update(
            groups=1,
            hidden_beyond_by_kpi=mine,
            hidden_beyond_by_a_plain_choice=plain,
            groups_where_kpi_hides_more=mine > plain,
            groups_where_kpi_hides_less=mine < plain,
            chosen=len(_list_chosen(case)),
            not_needed=0 if is_in_doubt else len(needless),
            kept_in_doubt=len(needless) if is_in_doubt else 0,
        )
    return counts


def record_choices(council: Council, folder: Path) -> list[Case]:
    """What kpi chooses from for a council's last papers, and what it chooses."""
    found: list[Case] = []
    real = choose.choose_hidden

    def record(papers: Iterable[Paper], amounts: Sequence[Amount]) -> Choice:
        papers = tuple(papers)
        choice = real(papers, amounts)
        found.append(Case(papers=papers, amounts=tuple(amounts), choice=choice))
        return choice

    write_council(council, folder)
    as_at = Month(council.last // 12, council.last % 12 + 1)
    inputs = require(read_inputs(folder / "indicators.yaml", folder / "data", as_at))
    with patch.object(choose, "choose_hidden", record):
        match_observations(inputs.as_written or inputs.catalogue, inputs.observations, as_at)
    return found


def list_needless(case: Case) -> tuple[list[CellKey], bool]:
    """The chosen cells that could be shown in the last papers, each by itself, without harm.

    And whether a small count is in doubt: kpi did not find a second value for it, nor proof that
    there is none. It then keeps hidden what it chose.
    """
    oracle = Oracle(Knowledge(case.amounts))
    for paper in case.papers:
        oracle.add(paper)
    chosen = _list_chosen(case)
    hidden = _suppress(case.papers, chosen)
    exposed = set(case.choice.exposed)
    secrets = [each for paper in case.papers for each in paper.secrets if each not in exposed]
    guarded = [secret for secret in secrets if oracle.is_protected(secret, hidden)]
    found = []
    for key in chosen:
        less = _suppress(case.papers, [each for each in chosen if each != key])
        if all(oracle.is_protected(secret, less) for secret in guarded):
            found.append(key)
    return found, len(guarded) < len(secrets)


def _list_chosen(case: Case) -> list[CellKey]:
    """The cells that are hidden only to protect others."""
    return [key for key, why in case.choice.hidden.items() if why is Reason.PROTECTS]


def _suppress(papers: Iterable[Paper], chosen: Iterable[CellKey]) -> dict[CellKey, Reason]:
    """All that is hidden with the chosen cells: what is small, and what depends on a hidden one."""
    hidden = dict.fromkeys(chosen, Reason.PROTECTS)
    for paper in papers:
        small = {cell.key: cell.hidden_since for cell in paper.cells if cell.hidden_since}
        hidden.update(small)
        hide_dependent(paper, hidden)
    return hidden


def _count_beyond(papers: Iterable[Paper], hidden: Collection[CellKey]) -> int:
    cells = [cell for paper in papers for cell in paper.cells]
    return sum(cell.key in hidden and not cell.hidden_since for cell in cells)
