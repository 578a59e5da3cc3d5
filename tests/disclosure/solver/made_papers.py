"""Papers made by hand, and what a reader of them can work out by trying every set of counts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from merton_kpi.core.periods import Month
from merton_kpi.disclosure.keys import Reason, RowKey
from merton_kpi.disclosure.solver.model import Cell, Relation, Secret, form_of, relation_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from merton_kpi.disclosure.keys import CellKey
    from merton_kpi.disclosure.solver.model import Amount, Form, Paper

APRIL = Month(2020, 4)
BELOW = 5


def key_of(name: str) -> RowKey:
    return RowKey(number=name, month=APRIL, known=APRIL, is_year=False)


def list_names(keys: Iterable[CellKey]) -> set[str]:
    return {each.number for each in keys}


def sum_form(*counts: int) -> Form:
    return tuple((count, 1) for count in counts)


def print_sum(name: str, counts: Iterable[int], amounts: Sequence[Amount], cost: int = 0) -> Cell:
    """The cell that prints the sum of counts; it is hidden from the beginning where that is small.

    Each count is a sum of one.
    """
    counts = tuple(counts)
    amount = sum(amounts[count] for count in counts)
    return Cell(
        key=key_of(name),
        prints=(relation_of(sum_form(*counts), amount),),
        cost=(cost,),
        hidden_since=Reason.SMALL if 0 < amount < BELOW else None,
    )


def make_secret(name: str, *counts: int) -> Secret:
    return Secret(form=sum_form(*counts), below=BELOW, key=key_of(name))


def at_least_zero(counts: Iterable[int]) -> tuple[Relation, ...]:
    return tuple(Relation(form=form_of(count), least=0) for count in counts)


def list_known(papers: Iterable[Paper], hidden: Mapping[CellKey, object]) -> list[Relation]:
    """All that the papers tell: their relations, and those that their shown cells print."""
    known: list[Relation] = []
    for paper in papers:
        known += paper.relations
        for cell in paper.cells:
            if cell.key not in hidden:
                known += cell.prints
    return known


def list_possible(form: Form, known: Sequence[Relation], counts: int, most: int = 12) -> set[int]:
    """The small amounts that a form can have, found by trying each count from 0 to `most`.

    The relations alone decide; the true counts are not looked at.
    """
    found = set()
    for amount in range(1, BELOW):
        relations = [*known, relation_of(form, amount)]
        if _is_possible(relations, _list_ends(relations, counts, most), ()):
            found.add(amount)
    return found


def _list_ends(known: Sequence[Relation], counts: int, most: int) -> list[int]:
    """The largest amount of each count by the sums that it is a part of, and at most `most`."""
    ends = [most] * counts
    for relation in known:
        if relation.most is not None and all(amount > 0 for _, amount in relation.form):
            for count, amount in relation.form:
                ends[count] = min(ends[count], int(relation.most / Fraction(amount)))
    return ends


def _is_possible(known: Sequence[Relation], ends: Sequence[int], amounts: tuple[int, ...]) -> bool:
    """Whether a set of counts that begins with these agrees with the relations."""
    if len(amounts) == len(ends):
        return True
    tried = ((*amounts, amount) for amount in range(ends[len(amounts)] + 1))
    return any(
        _is_possible(known, ends, each)
        for each in tried
        if all(_may_agree(relation, ends, each) for relation in known)
    )


def _may_agree(relation: Relation, ends: Sequence[int], amounts: Sequence[int]) -> bool:
    """Whether a relation holds for these counts, or may hold once those to come have amounts."""
    lowest = highest = Fraction(0)
    for count, coefficient in relation.form:
        if count < len(amounts):
            lowest += coefficient * amounts[count]
            highest += coefficient * amounts[count]
        else:
            lowest += min(0, coefficient * ends[count])
            highest += max(0, coefficient * ends[count])
    is_enough = relation.least is None or highest >= relation.least
    return is_enough and (relation.most is None or lowest <= relation.most)
