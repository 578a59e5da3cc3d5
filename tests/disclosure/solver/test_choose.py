"""Which cells of papers made by hand are hidden, so that no small count can be worked out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from disclosure.solver.made_papers import (
    APRIL,
    at_least_zero,
    key_of,
    list_known,
    list_names,
    list_possible,
    make_secret,
    print_sum,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from merton_kpi.disclosure.keys import Reason
from merton_kpi.disclosure.solver import search
from merton_kpi.disclosure.solver.choose import Choice, choose_hidden
from merton_kpi.disclosure.solver.model import Cell, Paper, form_of, relation_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.disclosure.solver.model import Amount, Relation


def make_paper(
    amounts: Sequence[Amount],
    sums: dict[str, tuple[int, ...]],
    relations: Sequence[Relation] = (),
) -> Paper:
    """A paper that prints sums of counts by name, of which those further on cost more.

    Each small count that it prints alone is a secret.
    """
    cells = [print_sum(name, sums[name], amounts, cost) for cost, name in enumerate(sums)]
    secrets = [
        make_secret(cell.key.number, *sums[cell.key.number])
        for cell in cells
        if cell.hidden_since and len(sums[cell.key.number]) == 1
    ]
    known = (*at_least_zero(range(len(amounts))), *relations)
    return Paper(cells=tuple(cells), relations=known, secrets=tuple(secrets))


def choose(amounts: Sequence[Amount], *papers: Paper) -> Choice:
    """What is hidden; each small count that is not exposed is protected in every paper."""
    choice = choose_hidden(papers, amounts)
    assert_protected(choice, amounts, papers)
    return choice


def assert_protected(choice: Choice, amounts: Sequence[Amount], papers: Sequence[Paper]) -> None:
    """Work out, by trying all counts, that each small one could be another after each paper."""
    for end in range(1, len(papers) + 1):
        known = list_known(papers[:end], choice.hidden)
        for secret in (each for paper in papers[:end] for each in paper.secrets):
            if secret not in choice.exposed:
                possible = list_possible(secret.form, known, len(amounts), most=24)
                assert len(possible) > 1, (secret, possible)


def test_a_small_count_alone_is_all_that_is_hidden() -> None:
    choice = choose([3, 8], make_paper([3, 8], {"part": (0,), "other": (1,)}))
    assert choice.hidden == {key_of("part"): Reason.SMALL}
    assert choice.exposed == ()


def test_nothing_is_hidden_where_no_count_is_small() -> None:
    paper = make_paper([0, 8], {"part": (0,), "other": (1,), "total": (0, 1)})
    assert choose([0, 8], paper) == Choice(hidden={}, exposed=())


TOTAL_AND_PARTS = {"small": (0,), "part": (1,), "total": (0, 1)}


def test_of_a_total_and_a_part_the_cheaper_is_hidden_with_a_small_part() -> None:
    assert choose([3, 8], make_paper([3, 8], TOTAL_AND_PARTS)).hidden == {
        key_of("small"): Reason.SMALL,
        key_of("part"): Reason.PROTECTS,
    }
    total_first = {"total": (0, 1), "small": (0,), "part": (1,)}
    choice = choose([3, 8], make_paper([3, 8], total_first))
    assert list_names(choice.hidden) == {"small", "total"}


def test_a_small_part_whose_other_part_is_nought_is_not_told_by_it() -> None:
    choice = choose([3, 0], make_paper([3, 0], TOTAL_AND_PARTS))
    # The total, 3, is a small number itself.
    assert list_names(choice.hidden) >= {"small", "total"}


def test_two_small_parts_protect_each_other() -> None:
    paper = make_paper([3, 4, 9], {"a": (0,), "b": (1,), "c": (2,), "total": (0, 1, 2)})
    assert list_names(choose([3, 4, 9], paper).hidden) == {"a", "b"}


# A table: counts 0 to 3 are the first row, and 4 to 7 the second.
ROWS = {"first": (0, 1, 2, 3), "second": (4, 5, 6, 7)}
COLUMNS = {f"column {i}": (i, i + 4) for i in range(4)}
TABLE = {**{f"cell {i}": (i,) for i in range(8)}, **ROWS, **COLUMNS}


def test_a_small_count_in_a_table_is_protected_by_a_cycle() -> None:
    amounts = [3, 9, 12, 20, 11, 7, 15, 8]
    choice = choose(amounts, make_paper(amounts, TABLE))
    assert list_names(choice.hidden) == {"cell 0", "cell 1", "cell 4", "cell 5"}


def test_two_small_counts_that_are_corners_of_one_cycle_need_two_cells_more() -> None:
    amounts = [3, 9, 12, 20, 11, 7, 2, 8]
    choice = choose(amounts, make_paper(amounts, TABLE))
    assert list_names(choice.hidden) == {"cell 0", "cell 2", "cell 4", "cell 6"}


def test_a_chosen_cell_that_is_not_needed_is_shown_again() -> None:
    """No cell alone protects the 3: the cheapest, which tells little, is hidden first."""
    amounts = [3, 7, 9, 17]
    known = [relation_of(form_of(1), 7), relation_of(form_of(2), 9)]
    sums = {"small": (0,), "needless": (0, 3), "one": (0, 1), "two": (0, 2)}
    choice = choose(amounts, make_paper(amounts, sums, known))
    assert list_names(choice.hidden) == {"small", "one", "two"}


def test_a_cell_that_depends_on_a_hidden_one_is_hidden_for_the_reason_beside_it() -> None:
    amounts = [3, 8]
    paper = make_paper(amounts, TOTAL_AND_PARTS)
    rate = Cell(
        key=key_of("rate"),
        prints=(relation_of(form_of(1), 8),),
        cost=(9,),
        depends_on={key_of("part"): Reason.COUNT_HIDDEN},
    )
    paper = Paper(cells=(rate, *paper.cells), relations=paper.relations, secrets=paper.secrets)
    assert choose(amounts, paper).hidden == {
        key_of("small"): Reason.SMALL,
        key_of("part"): Reason.PROTECTS,
        key_of("rate"): Reason.COUNT_HIDDEN,
    }


def test_a_count_that_an_earlier_paper_gave_away_is_exposed() -> None:
    """The total and one part were printed before the other part was known to be printed at all."""
    amounts = [3, 8]
    first = make_paper(amounts, {"part": (1,), "total": (0, 1)})
    second = make_paper(amounts, {"small": (0,), "other": (1,)})
    choice = choose(amounts, first, second)
    assert [each.key for each in choice.exposed] == [key_of("small")]
    # The other was hidden in vain, and is shown again.
    assert list_names(choice.hidden) == {"small"}


def test_what_is_hidden_stays_hidden_once_it_is_no_longer_needed() -> None:
    """The later paper tells the count, so that nothing protects it any longer."""
    amounts = [3, 8]
    first = make_paper(amounts, TOTAL_AND_PARTS)
    told = Paper(relations=(relation_of(form_of(0), 3),))
    choice = choose(amounts, first, told)
    assert list_names(choice.hidden) == {"small", "part"}
    assert [each.key for each in choice.exposed] == [key_of("small")]


def test_a_later_paper_hides_its_own_cells_for_an_earlier_small_count() -> None:
    amounts = [3, 8, 6]
    first = make_paper(amounts, TOTAL_AND_PARTS)
    second = make_paper(amounts, {"next": (2,), "so far": (0, 2)})
    choice = choose(amounts, first, second)
    assert list_names(choice.hidden) == {"small", "part", "next"}


def make_month(later: int, amounts: Sequence[Amount]) -> Paper:
    """The paper of a month: three parts, of which the first is small, and their total."""
    first = 3 * later
    parts = {name: (first + place,) for place, name in enumerate(("small", "one", "two"))}
    paper = make_paper(amounts, {**parts, "total": tuple(range(first, first + 3))})
    cells = tuple(
        replace(
            cell,
            key=replace(key_of(cell.key.number), month=APRIL.add_months(later)),
            cost=(0, int(cell.key.number == "total"), 0, place),
        )
        for place, cell in enumerate(paper.cells)
    )
    return replace(paper, cells=cells)


def test_a_row_that_has_shown_nothing_is_hidden_after_one_that_has() -> None:
    """Of two that are alike otherwise: else the first of them would be hidden month by month."""
    amounts = [3, 8, 9] * 3
    papers = [make_month(later, amounts) for later in range(3)]
    hidden = choose(amounts, *papers).hidden
    months = [[cell.key.number for cell in each.cells if cell.key in hidden] for each in papers]
    assert months == [["small", "one"], ["small", "two"], ["small", "one"]]


LIMITS = ("MOST_STEPS", "FEWEST_STEPS", "MOST_STEPS_OF_PAPER")


def set_limits(monkeypatch: pytest.MonkeyPatch, *limits: int) -> None:
    for name, limit in zip(LIMITS, limits, strict=True):
        monkeypatch.setattr(search, name, limit)


CYCLE = [3, 9, 12, 20, 11, 7, 15, 8]  # the counts of the table; the first is small


@pytest.mark.parametrize("limits", [(3, 3, 20_000), (200, 3, 0)])
def test_a_search_that_stops_before_the_cycle_leads_to_another_choice_that_protects(
    monkeypatch: pytest.MonkeyPatch, limits: tuple[int, int, int]
) -> None:
    """The cycle of four cells needs four changes."""
    paper = make_paper(CYCLE, TABLE)
    before = choose(CYCLE, paper)
    set_limits(monkeypatch, *limits)
    after = choose(CYCLE, paper)
    assert after.exposed == ()
    assert before.hidden != after.hidden
    assert len(before.hidden) <= len(after.hidden)


@pytest.mark.parametrize("limits", [(0, 0, 20_000), (200, 0, 0), (200, 0, 4)])
def test_a_search_that_stops_at_once_hides_all_that_tells_of_the_count(
    monkeypatch: pytest.MonkeyPatch, limits: tuple[int, int, int]
) -> None:
    amounts = [3, 8, 3, 8]
    sums = {"a": (0,), "b": (1,), "ab": (0, 1), "c": (2,), "d": (3,), "cd": (2, 3)}
    paper = make_paper(amounts, sums)
    set_limits(monkeypatch, *limits)
    known = list_known([paper], choose(amounts, paper).hidden)
    for secret in paper.secrets:
        assert len(list_possible(secret.form, known, len(amounts))) > 1


def test_a_paper_has_its_own_limit_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """One small count uses up the steps of a paper, and the next paper has them again."""
    amounts = [3, 8, 3, 8]
    first = make_paper(amounts, {"a": (0,), "b": (1,), "ab": (0, 1)})
    second = make_paper(amounts, {"c": (2,), "d": (3,), "cd": (2, 3)})
    set_limits(monkeypatch, 200, 0, 4)
    choice = choose(amounts, first, second)
    assert choice.exposed == ()
    assert list_names(choice.hidden) == {"a", "b", "c", "d"}


@st.composite
def draw_tables(draw: st.DrawFn) -> tuple[list[Amount], list[Paper]]:
    """Months of a few parts, with totals of each month and totals of each part since the first.

    Each month is a paper. Whether the sums are printed is drawn too, and what a cell costs.
    """
    parts = draw(st.integers(1, 3))
    months = draw(st.integers(1, 3 if parts < 3 else 2))
    amounts: list[Amount] = draw(
        st.lists(st.integers(0, 9), min_size=parts * months, max_size=parts * months)
    )
    has_totals, has_running = draw(st.booleans()), draw(st.booleans())
    papers = []
    for month in range(months):
        own = range(month * parts, (month + 1) * parts)
        sums: dict[str, tuple[int, ...]] = {f"{month}.{part}": (part,) for part in own}
        if has_totals and parts > 1:
            sums[f"{month}.total"] = tuple(own)
        if has_running and month:
            for part in range(parts):
                since = tuple(range(part, (month + 1) * parts, parts))
                sums[f"{month}.since.{part}"] = since
        names = draw(st.permutations([*sums]))
        paper = make_paper(amounts, {name: sums[name] for name in names})
        # Only this month's counts are spoken of, so that a paper knows nothing of the next one.
        paper = Paper(cells=paper.cells, relations=at_least_zero(own), secrets=paper.secrets)
        papers.append(paper)
    return amounts, papers


@settings(deadline=None, max_examples=40)
@given(draw_tables())
def test_every_small_count_of_any_table_is_protected_or_exposed(
    table: tuple[list[Amount], list[Paper]],
) -> None:
    choose(table[0], *table[1])


@settings(deadline=None)  # all sets of counts are tried, which takes long on a busy machine
@given(draw_tables(), st.tuples(st.integers(0, 8), st.integers(0, 3), st.integers(0, 20)))
def test_no_limit_leaves_a_small_count_without_protection(
    table: tuple[list[Amount], list[Paper]], limits: tuple[int, int, int]
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        set_limits(monkeypatch, *limits)
        choose(table[0], *table[1])


@settings(deadline=None)
@given(draw_tables())
def test_nothing_that_comes_later_changes_what_a_paper_hides(
    table: tuple[list[Amount], list[Paper]],
) -> None:
    amounts, papers = table
    hidden = choose_hidden(papers, amounts).hidden
    for end in range(len(papers)):
        known = papers[:end]
        keys = {cell.key for paper in known for cell in paper.cells}
        before = choose_hidden(known, amounts).hidden
        assert before == {key: why for key, why in hidden.items() if key in keys}
