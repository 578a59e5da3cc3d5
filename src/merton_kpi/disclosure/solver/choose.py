"""Choose the figures to hide, paper by paper, so that every small count stays protected.

Primary suppression hides what is small itself. Secondary suppression then hides another figure for
as long as a small count could be worked out: the cheapest one whose loss protects it. Only figures
that the paper prints for the first time can be hidden, since the others are known already; and
nothing that arrives later decides. What is hidden once stays hidden in every later paper.

Of cells whose loss is alike, one of a row that has shown something of this year comes first, so
that a row is hidden entirely only where no other one will do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.disclosure.keys import EarlierKey, Reason
from merton_kpi.disclosure.solver.model import LOSSES
from merton_kpi.disclosure.solver.proof import is_worked_out
from merton_kpi.disclosure.solver.search import (
    Effort,
    Knowledge,
    are_unnoticed,
    search_other_counts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from merton_kpi.disclosure.keys import CellKey
    from merton_kpi.disclosure.solver.model import Amount, Cell, Paper, Relation, Secret

MOST_TRIED = 12  # cells that are tried one by one for a small count, before the first is hidden


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What is hidden, and why; `exposed` are small counts that an earlier paper gave away."""

    hidden: Mapping[CellKey, Reason]
    exposed: tuple[Secret, ...]


def choose_hidden(papers: Iterable[Paper], amounts: Sequence[Amount]) -> Choice:
    """Choose the cells to hide in each of the papers, in the order in which they are published."""
    chooser = _Chooser(amounts)
    for paper in papers:
        chooser.add(paper)
    return Choice(hidden=chooser.hidden, exposed=tuple(chooser.exposed))


@dataclass(frozen=True, kw_only=True, slots=True)
class _NewCells:
    """What a paper prints for the first time; `base` is what is hidden before any is chosen."""

    cells: Mapping[CellKey, Cell]
    base: Mapping[CellKey, Reason]

    def suppress(self, chosen: Iterable[Cell]) -> Mapping[CellKey, Reason]:
        """All that is hidden once these cells are too, with those that depend on a hidden one."""
        hidden = {**self.base, **{cell.key: Reason.PROTECTS for cell in chosen}}
        for cell in self.cells.values():
            if cell.key not in hidden:
                reasons = [why for key, why in cell.depends_on.items() if key in hidden]
                if reasons:
                    hidden[cell.key] = reasons[0]
        return hidden


class _Chooser:
    """What is hidden so far, and for each small count a second set of counts that protects it."""

    def __init__(self, amounts: Sequence[Amount]) -> None:
        self.hidden: Mapping[CellKey, Reason] = {}
        self.exposed: list[Secret] = []
        self._shown: set[str] = set()  # the rows that have shown something of this year
        self._knowledge = Knowledge(amounts)
        self._effort = Effort()
        self._secrets: list[Secret] = []
        self._others: dict[Secret, Mapping[int, Amount]] = {}

    def add(self, paper: Paper) -> None:
        """Choose what a paper hides of its new cells."""
        self._effort = Effort()
        for relation in paper.relations:
            self._knowledge.add(relation)
        for cell in paper.cells:
            for relation in cell.prints:
                self._knowledge.add(relation, cell.key)
        self._secrets += paper.secrets
        small = {cell.key: cell.hidden_since for cell in paper.cells if cell.hidden_since}
        new = _NewCells(
            cells={each.key: each for each in paper.cells}, base={**self.hidden, **small}
        )
        self.hidden = new.suppress(())
        chosen: tuple[Cell, ...] = ()
        exposed = len(self.exposed)
        for secret in self._list_guarded():
            chosen = self._protect(secret, new, chosen)
        # A single cell is needed, unless it was hidden for a small count that is exposed after all.
        is_needed = len(chosen) == 1 and len(self.exposed) == exposed
        if not is_needed and all(map(self._is_protected, self._list_guarded())):
            self._restore_needless(new, chosen)
        self._shown |= {
            cell.key.number
            for cell in paper.cells
            if cell.key not in self.hidden and not isinstance(cell.key, EarlierKey)
        }

    def _protect(
        self, secret: Secret, new: _NewCells, chosen: tuple[Cell, ...]
    ) -> tuple[Cell, ...]:
        """The cells to hide, with more of them until a small count is protected.

        It is exposed where none is left.
        """
        while not self._is_protected(secret):
            candidates = self._list_candidates(secret, new)
            if not candidates:
                # A search that found nothing proves nothing. Where it is not proven, all that was
                # chosen stays hidden, and the next paper is searched again.
                if self._is_known(secret):
                    self.exposed.append(secret)
                return chosen
            for cell in candidates[:MOST_TRIED]:
                self.hidden = new.suppress([*chosen, cell])
                if self._is_protected(secret):
                    break
            else:
                cell = candidates[0]
            chosen = (*chosen, cell)
            self.hidden = new.suppress(chosen)
        return chosen

    def _restore_needless(self, new: _NewCells, chosen: tuple[Cell, ...]) -> None:
        """Show each chosen cell again without which everything is protected too."""
        for cell in sorted(chosen, key=self._work_out_rank, reverse=True):
            others = tuple(each for each in chosen if each is not cell)
            self.hidden = new.suppress(others)
            if all(map(self._is_protected, self._list_guarded())):
                chosen = others
        self.hidden = new.suppress(chosen)

    def _is_known(self, secret: Secret) -> bool:
        """Whether a small count follows from equations that a reader knows."""
        equations: dict[Relation, None] = {}
        seen: set[int] = set()
        waiting = [count for count, _ in secret.form]
        while waiting:
            count = waiting.pop()
            if count not in seen:
                seen.add(count)
                for each in self._knowledge.list_active(count, self.hidden):
                    if each.least is not None and each.least == each.most:
                        equations[each] = None
                        waiting += (other for other, _ in each.form)
        return is_worked_out(secret.form, (each.form for each in equations))

    def _list_guarded(self) -> list[Secret]:
        """The small counts that no earlier paper gave away."""
        return [each for each in self._secrets if each not in self.exposed]

    def _list_candidates(self, secret: Secret, new: _NewCells) -> list[Cell]:
        """The new cells still shown that bear on a small count, the cheapest first.

        They print a count of its own, or one that is tied to these by relations through counts
        which no shown cell prints.
        """
        found: dict[CellKey, Cell] = {}
        seen: set[int] = set()
        waiting = [count for count, _ in secret.form]
        while waiting:
            count = waiting.pop()
            if count in seen:
                continue
            seen.add(count)
            for key in self._knowledge.list_cells(count):
                if key in new.cells and key not in self.hidden:
                    found[key] = new.cells[key]
            active = self._knowledge.list_active(count, self.hidden)
            is_printed = any(len(each.form) == 1 and each.least == each.most for each in active)
            if is_printed and all(count != own for own, _ in secret.form):
                continue
            waiting += (other for each in active for other, _ in each.form)
        return sorted(found.values(), key=self._work_out_rank)

    def _work_out_rank(self, cell: Cell) -> tuple[int, ...]:
        """What decides which of several cells is hidden: the one with the lowest rank.

        Like a cost, it does not depend on figures, only on what the papers before have shown.
        """
        is_blank = cell.key.number not in self._shown
        return (*cell.cost[:LOSSES], int(is_blank), *cell.cost[LOSSES:])

    def _is_protected(self, secret: Secret) -> bool:
        """Whether a small count could be another one, as far as a reader knows."""
        known = self._others.get(secret)
        if known is not None and are_unnoticed(known, self._knowledge, self.hidden):
            return True
        found = search_other_counts(secret, self._knowledge, self.hidden, self._effort)
        if found is None:
            return False
        self._others[secret] = found
        return True
