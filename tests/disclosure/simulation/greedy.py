"""A plain choice of the figures to hide, to compare with that of kpi.

Paper by paper, while a small count is worked out, it hides the cheapest new figure that is in a
relation with it; where there is none left, one that is in a relation with its neighbours, and so on
outward. It tries nothing out and shows nothing again.

It has the same statement of the papers as kpi, and the same answer to the question whether a small
count is worked out, but shares nothing of how kpi chooses.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from merton_kpi.disclosure.keys import Reason
from merton_kpi.disclosure.solver.search import (
    Effort,
    Knowledge,
    are_unnoticed,
    search_other_counts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from merton_kpi.disclosure.keys import CellKey
    from merton_kpi.disclosure.solver.model import Amount, Cell, Form, Paper, Relation, Secret


@dataclass(slots=True)
class Oracle:
    """Says whether a small count could still be another one, as kpi works that out."""

    knowledge: Knowledge
    effort: Effort = field(default_factory=Effort)
    others: dict[Secret, Mapping[int, Amount]] = field(default_factory=dict)

    def add(self, paper: Paper) -> None:
        """Add what a paper tells; the searches of each paper have their own limit."""
        self.effort = Effort()
        for relation, key in list_relations(paper):
            self.knowledge.add(relation, key)

    def is_protected(self, secret: Secret, hidden: Mapping[CellKey, Reason]) -> bool:
        before = self.others.get(secret)
        if before is not None and are_unnoticed(before, self.knowledge, hidden):
            return True
        found = search_other_counts(secret, self.knowledge, hidden, self.effort)
        if found is not None:
            self.others[secret] = found
        return found is not None


def list_relations(paper: Paper) -> Iterator[tuple[Relation, CellKey | None]]:
    """All relations of a paper, each with the cell that prints it."""
    for relation in paper.relations:
        yield relation, None
    for cell in paper.cells:
        for relation in cell.prints:
            yield relation, cell.key


def hide_dependent(paper: Paper, hidden: dict[CellKey, Reason]) -> None:
    """Hide each cell of a paper that is hidden with another one."""
    for cell in paper.cells:
        for key, why in cell.depends_on.items():
            if key in hidden:
                hidden.setdefault(cell.key, why)


@dataclass(slots=True)
class _Greedy:
    """What is hidden so far; `lost` are the small counts that nothing left to hide protects."""

    oracle: Oracle
    hidden: dict[CellKey, Reason] = field(default_factory=dict)
    secrets: list[Secret] = field(default_factory=list)
    lost: set[Secret] = field(default_factory=set)
    neighbours: dict[int, list[tuple[Form, CellKey | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, paper: Paper) -> None:
        self.oracle.add(paper)
        for relation, key in list_relations(paper):
            for count, _ in relation.form:
                self.neighbours[count].append((relation.form, key))
        self.secrets += paper.secrets
        small = {cell.key: cell.hidden_since for cell in paper.cells if cell.hidden_since}
        self.hidden.update(small)
        hide_dependent(paper, self.hidden)
        for secret in self.secrets:
            if secret not in self.lost:
                self._protect(secret, paper)

    def _protect(self, secret: Secret, paper: Paper) -> None:
        while not self.oracle.is_protected(secret, self.hidden):
            cell = self._choose_nearest(secret, paper)
            if cell is None:
                self.lost.add(secret)
                return
            self.hidden[cell.key] = Reason.PROTECTS
            hide_dependent(paper, self.hidden)

    def _choose_nearest(self, secret: Secret, paper: Paper) -> Cell | None:
        """The cheapest of the new, shown cells that are nearest to a small count, if any is."""
        shown = {cell.key: cell for cell in paper.cells if cell.key not in self.hidden}
        ring = {count for count, _ in secret.form}
        seen: set[int] = set()
        while ring:
            linked = [each for count in ring for each in self.neighbours[count]]
            near = {key: shown[key] for _, key in linked if key in shown}
            if near:
                return min(near.values(), key=lambda cell: cell.cost)
            seen |= ring
            active = [form for form, key in linked if key not in self.hidden]
            ring = {count for form in active for count, _ in form} - seen
        return None


def choose_greedily(papers: Iterable[Paper], amounts: Sequence[Amount]) -> dict[CellKey, Reason]:
    """What a plain choice hides in each of the papers, in the order of their publication."""
    greedy = _Greedy(Oracle(Knowledge(amounts)))
    for paper in papers:
        greedy.add(paper)
    return greedy.hidden
