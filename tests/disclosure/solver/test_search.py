"""Whether a small count could be another one, for relations made by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from disclosure.solver.made_papers import BELOW, at_least_zero, key_of, list_possible, sum_form

from merton_kpi.disclosure.keys import Reason
from merton_kpi.disclosure.solver import search
from merton_kpi.disclosure.solver.model import Relation, Secret, form_of, relation_of
from merton_kpi.disclosure.solver.search import (
    Effort,
    Knowledge,
    are_unnoticed,
    search_other_counts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from merton_kpi.disclosure.keys import CellKey
    from merton_kpi.disclosure.solver.model import Amount, Form


def find_changes(
    form: Form, amounts: Sequence[Amount], relations: Sequence[Relation]
) -> Mapping[int, Amount] | None:
    """Changes that protect the form's amount; they must agree with all that is known."""
    knowledge = Knowledge(amounts)
    for each in (*at_least_zero(range(len(amounts))), *relations):
        knowledge.add(each)
    secret = Secret(form=form, below=BELOW, key=key_of("1"))
    found = search_other_counts(secret, knowledge, {}, Effort())
    if found is not None:
        true, other = (knowledge.amount_of(form, changes) for changes in ({}, found))
        assert 0 < other < BELOW
        assert other != true
        assert are_unnoticed(found, knowledge, {})
    return found


def is_derivable(form: Form, amounts: Sequence[Amount], relations: Sequence[Relation]) -> bool:
    return find_changes(form, amounts, relations) is None


def test_a_count_of_which_nothing_is_known_could_be_any_other() -> None:
    assert find_changes(form_of(0), [3], []) == {0: -1}


def test_a_count_that_is_printed_is_derivable() -> None:
    assert is_derivable(form_of(0), [3], [relation_of(form_of(0), 3)])


def test_a_count_between_two_ends_is_derivable_where_they_leave_one_amount() -> None:
    assert is_derivable(form_of(0), [3], [Relation(form=form_of(0), least=3, most=3)])
    assert is_derivable(form_of(0), [4], [Relation(form=form_of(0), least=4)])
    assert is_derivable(form_of(0), [1], [Relation(form=form_of(0), most=1)])
    assert not is_derivable(form_of(0), [3], [Relation(form=form_of(0), least=3, most=4)])


def test_the_last_part_of_a_total_is_derivable() -> None:
    total = relation_of(sum_form(0, 1), 11)
    assert is_derivable(form_of(0), [3, 8], [total, relation_of(form_of(1), 8)])
    assert find_changes(form_of(0), [3, 8], [total]) == {0: -1, 1: 1}


def test_two_small_parts_of_a_small_total_are_derivable_where_none_is_nought() -> None:
    """1 and 1 are 2; with a total of 3, they could be 1 and 2, or 2 and 1."""
    least = [Relation(form=form_of(count), least=1) for count in (0, 1)]
    assert is_derivable(form_of(0), [1, 1], [relation_of(sum_form(0, 1), 2), *least])
    assert not is_derivable(form_of(0), [1, 2], [relation_of(sum_form(0, 1), 3), *least])


# A table of two rows, 3 and 8, 9 and 2, with the totals of rows and columns.
TABLE = [3, 8, 9, 2]
TOTALS = [
    relation_of(sum_form(0, 1), 11),
    relation_of(sum_form(2, 3), 11),
    relation_of(sum_form(0, 2), 12),
    relation_of(sum_form(1, 3), 10),
]


def test_a_cycle_in_a_table_protects_its_counts() -> None:
    changes = find_changes(form_of(0), TABLE, TOTALS)
    assert changes == {0: -1, 1: 1, 2: 1, 3: -1}
    assert not is_derivable(form_of(3), TABLE, TOTALS)


@pytest.mark.parametrize("shown", [1, 2, 3])
def test_a_table_of_which_one_count_is_printed_gives_all_away(shown: int) -> None:
    printed = relation_of(form_of(shown), TABLE[shown])
    assert is_derivable(form_of(0), TABLE, [*TOTALS, printed])


def test_a_cycle_round_a_table_of_three_rows_is_found() -> None:
    """Each row and each column has two hidden counts, and no four of them make a cycle."""
    amounts = [3, 7, 8, 6, 9, 2]  # row 1: columns 1 and 2; row 2: 2 and 3; row 3: 3 and 1
    rows = [(0, 1), (2, 3), (4, 5)]
    columns = [(0, 5), (1, 2), (3, 4)]
    totals = [relation_of(sum_form(*each), sum(amounts[i] for i in each)) for each in rows]
    totals += [relation_of(sum_form(*each), sum(amounts[i] for i in each)) for each in columns]
    changes = find_changes(form_of(0), amounts, totals)
    assert changes is not None
    assert {*changes} == {*range(6)}


def read_rate(count: int, rate: str, population: int, *, places: int = 1) -> Relation:
    """What a printed rate per 10,000 tells of a count: its last place is rounded."""
    half = Fraction(1, 2 * 10**places)
    of_one = Fraction(population, 10_000)
    least, most = ((Fraction(rate) + sign * half) * of_one for sign in (-1, 1))
    return Relation(form=form_of(count), least=least, most=most)


@pytest.mark.parametrize(
    ("rate", "population", "possible"),
    [
        ("0.6", 47_000, {3}),  # 2.585 to 3.055
        ("1.0", 30_000, {3}),
        ("0.2", 200_000, {3, 4}),  # 3 to 5
        ("0.0", 900_000, {1, 2, 3, 4}),  # at most 4.5
    ],
)
def test_a_rounded_rate_leaves_the_counts_within_its_interval(
    rate: str, population: int, possible: set[int]
) -> None:
    known = read_rate(0, rate, population)
    tried = {n for n in range(1, BELOW) if not known.work_out_gap(n)}
    assert tried == possible
    assert is_derivable(form_of(0), [3], [known]) == (len(possible) == 1)


def read_percentage(shown: int) -> tuple[Relation, Relation]:
    """What a percentage without decimals tells of count 0, the numerator, and 1, the denominator.

    98% means from 97.5% to 98.5%.
    """
    lower, upper = (Fraction(2 * shown + sign, 2) for sign in (-1, 1))
    return (
        Relation(form=((0, 100), (1, -lower)), least=0),
        Relation(form=((0, 100), (1, -upper)), most=0),
    )


REST: Form = ((1, 1), (0, -1))


def test_a_changed_amount_is_kept_while_a_percentage_is_repaired() -> None:
    """90% of 28 to 32 are 26 of 29, 27 of 30 or 28 of 31: 3 are left in each of them.

    To repair the percentage after a change of the denominator, the numerator would change with it,
    and 3 would be left again.
    """
    among = Relation(form=form_of(1), least=28, most=32)
    known = [*read_percentage(90), among]
    assert list_possible(REST, known, 2, most=32) == {3}
    assert is_derivable(REST, [27, 30], known)


def test_a_percentage_whose_interval_has_room_for_one_person_more_protects() -> None:
    """997 of 1,000 are printed as 100%, and so are 998."""
    known = [*read_percentage(100), relation_of(form_of(1), 1000)]
    assert find_changes(REST, [997, 1000], known) == {0: 1}


def test_a_hidden_cells_relations_are_not_known() -> None:
    knowledge = Knowledge([3])
    knowledge.add(relation_of(form_of(0), 3), key_of("1"))
    secret = Secret(form=form_of(0), below=BELOW, key=key_of("1"))
    assert search_other_counts(secret, knowledge, {}, Effort()) is None
    hidden: dict[CellKey, Reason] = {key_of("1"): Reason.SMALL}
    assert search_other_counts(secret, knowledge, hidden, Effort()) is not None


def test_changes_are_noticed_once_a_relation_speaks_against_them() -> None:
    knowledge = Knowledge([3, 8])
    knowledge.add(relation_of(sum_form(0, 1), 11))
    assert are_unnoticed({0: 1, 1: -1}, knowledge, {})
    assert not are_unnoticed({0: 1}, knowledge, {})
    knowledge.add(relation_of(form_of(1), 8))
    assert not are_unnoticed({0: 1, 1: -1}, knowledge, {})


def test_a_search_without_steps_left_takes_a_count_to_be_derivable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A cycle in a table of two rows is four changes, and no others are tried."""
    for steps, derivable in ((0, True), (3, True), (4, False)):
        monkeypatch.setattr(search, "MOST_STEPS", steps)
        assert is_derivable(form_of(0), TABLE, TOTALS) == derivable


def test_a_paper_that_has_tried_many_changes_leaves_fewer_for_each_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "MOST_STEPS", 9)
    monkeypatch.setattr(search, "FEWEST_STEPS", 2)
    monkeypatch.setattr(search, "MOST_STEPS_OF_PAPER", 20)
    effort = Effort()
    assert effort.limit == 9
    effort.steps = 19
    assert effort.limit == 9
    effort.steps = 20
    assert effort.limit == 2


def test_the_changes_of_a_search_are_added_to_the_papers_effort() -> None:
    knowledge = Knowledge(TABLE)
    for each in (*at_least_zero(range(4)), *TOTALS):
        knowledge.add(each)
    effort = Effort()
    secret = Secret(form=form_of(0), below=BELOW, key=key_of("1"))
    assert search_other_counts(secret, knowledge, {}, effort)
    assert effort.steps == 4
