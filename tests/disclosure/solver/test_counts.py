"""Counts that nobody has sent get amounts that fit everything else."""

from __future__ import annotations

from merton_kpi.disclosure.solver.counts import Counts
from merton_kpi.disclosure.solver.model import Form, Relation, form_of, relation_of


def equal(total: int, *parts: int) -> Relation:
    """The relation that a count is the sum of others."""
    form: Form = ((total, 1), *((part, -1) for part in parts))
    return relation_of(form, 0)


def test_a_count_that_follows_from_an_equation() -> None:
    counts = Counts()
    total, part, missing = counts.add(11), counts.add(8), counts.add_open(None)
    assert counts.is_open(form_of(missing))
    assert counts.include(equal(total, part, missing))
    assert not counts.is_open(form_of(missing))
    assert counts.amounts[missing] == 3


def test_a_sum_that_follows_though_neither_part_does() -> None:
    counts = Counts()
    total, one, other = counts.add(11), counts.add_open(None), counts.add_open(None)
    assert counts.include(equal(total, one, other))
    assert counts.is_open(form_of(one))
    assert not counts.is_open(((one, 1), (other, 1)))


def test_amounts_that_are_not_sure_change_with_what_comes_later() -> None:
    """The one part was thought to be all of the 11, before the other one came: it is 8."""
    counts = Counts()
    total, one, other = counts.add(11), counts.add_open(None), counts.add_open(None)
    assert counts.include(equal(total, one, other))
    assert counts.include(equal(counts.add(8), other))
    assert (counts.amounts[one], counts.amounts[other]) == (3, 8)
    assert not counts.is_open(form_of(one))


def test_a_suppressed_count_is_from_1_to_4() -> None:
    counts = Counts()
    total, suppressed, missing = counts.add(11), counts.add_open(4), counts.add_open(None)
    assert counts.include(equal(total, suppressed, missing))
    assert 1 <= counts.amounts[suppressed] <= 4
    assert sum(counts.amounts[each] for each in (suppressed, missing)) == 11
    assert not counts.include(equal(counts.add(5), suppressed))
    assert counts.include(equal(counts.add(10), missing))
    assert counts.amounts[suppressed] == 1


def test_a_relation_that_contradicts_others_changes_nothing() -> None:
    counts = Counts()
    total, missing = counts.add(11), counts.add_open(None)
    assert counts.include(Relation(form=((total, 1), (missing, -1)), least=0))
    before = list(counts.amounts)
    assert not counts.include(equal(counts.add(12), missing))
    assert counts.amounts == [*before, 12]
    assert counts.is_open(form_of(missing))
