"""No small number of made-up councils can be worked out, and little more is hidden for that."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from disclosure.simulate import Task, check_many, format_report, show_leaks
from disclosure.simulation.councils.council import Council, Entry, Kind
from disclosure.simulation.councils.generate import NEW_KEYS, generate_council
from disclosure.simulation.councils.months import APRIL
from disclosure.simulation.councils.write import write_catalogue, write_extracts
from disclosure.simulation.price import count_price
from disclosure.simulation.run import check_council
from disclosure.simulation.twins import build_papers, check_twins

if TYPE_CHECKING:
    from pathlib import Path


def check_no_leak(councils: int, seed: str) -> None:
    """Fail with the councils that leak, each made as small as it can be."""
    tasks = [Task(seed=f"{seed}-{index}") for index in range(councils)]
    result = check_many(tasks, jobs=1)
    assert result.counts["councils"] == councils
    assert result.counts["cannot be checked"] <= councils / 20
    assert result.counts["undecided"] <= councils / 20, "\n".join(format_report(result))
    report = "\n".join((*format_report(result), *show_leaks(result, NEW_KEYS, most=5)))
    assert not result.counts["leaks"], report


def test_no_small_number_of_sixty_councils_can_be_worked_out() -> None:
    check_no_leak(60, "quick")


@pytest.mark.slow
def test_no_small_number_of_four_hundred_councils_can_be_worked_out() -> None:
    check_no_leak(400, "slow")


def test_no_more_is_hidden_than_by_a_plain_choice_and_each_figure_is_needed(
    tmp_path: Path,
) -> None:
    counts: Counter[str] = Counter()
    for index in range(20):
        counts.update(count_price(generate_council(f"price-{index}"), tmp_path))
    assert counts["chosen"] > 40
    assert counts["hidden_beyond_by_kpi"] < counts["hidden_beyond_by_a_plain_choice"]
    assert counts["not_needed"] == 0


@pytest.mark.slow
def test_another_small_count_would_have_printed_the_same_papers(tmp_path: Path) -> None:
    """To the byte: workbook, report and tables of every month, and what the commands print."""
    counts: Counter[str] = Counter()
    for seed in ("1-0", "1-1"):
        counts.update(check_twins(generate_council(seed), tmp_path))
    assert counts["counts_with_twin"] > 10
    assert counts["counts_without_twin"] == 0


def test_a_seed_always_makes_the_same_council() -> None:
    one, other = generate_council("1"), generate_council("1")
    assert write_catalogue(one) == write_catalogue(other)
    assert write_extracts(one) == write_extracts(other)


def test_papers_built_twice_are_the_same(tmp_path: Path) -> None:
    """So that a difference between a council's papers and its twin's comes from the counts."""
    council = generate_council("2")
    first = build_papers(council, tmp_path)
    assert first == build_papers(council, tmp_path)
    assert {name.rpartition(".")[2] for _, name in first} >= {"csv", "md", "xlsx", "show"}


def test_corrections_that_cancel_each_other_out_do_not_mislead_the_reader(tmp_path: Path) -> None:
    """April gets one more and May one less: May's total is the same, and is not sent again."""
    total = Entry(number="1", kind=Kind.TOTAL, first=4, below=5)
    april, may, june = (("1", month, "in") for month in range(APRIL, APRIL + 3))
    council = Council(
        entries=(total,),
        last=APRIL + 2,
        counts={april: 9, may: 3, june: 20},
        corrections={april: ((APRIL + 2, 10),), may: ((APRIL + 2, 2),)},
        sent={("1", month): month for month in range(APRIL, APRIL + 3)},
        resent={APRIL + 2: (("1", APRIL),)},
    )
    result = check_council(council, tmp_path)
    assert result.counts["small_counts"] >= 2
    assert not result.counts["leaks"]


def test_a_small_count_that_an_open_row_is_compared_with_is_no_leak(tmp_path: Path) -> None:
    """The row hides no small counts, so last year's 4 is named beside this year's 12."""
    part = Entry(number="1", kind=Kind.COUNT)
    whole = Entry(number="2", kind=Kind.COUNT, contains="1")
    share = Entry(number="3", kind=Kind.SHARE, of=("1", "2"), below=5, sends="nd")
    council = Council(
        entries=(part, whole, share),
        last=APRIL,
        counts={
            ("1", APRIL, "in"): 6,
            ("2", APRIL, "in"): 6,
            ("1", APRIL - 12, "in"): 2,
            ("2", APRIL - 12, "in"): 2,
        },
        sent={(number, APRIL): APRIL for number in ("1", "2", "3")},
        earlier={"2": (APRIL - 12,), "3": (APRIL - 12,)},
    )
    assert not check_council(council, tmp_path).counts["leaks"]
