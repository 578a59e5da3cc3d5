"""No small number can be worked out from the papers of made-up councils."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from disclosure.simulate import check_many, format_report, show_leaks
from disclosure.simulation.councils.generate import NEW_KEYS, generate_council
from disclosure.simulation.councils.write import write_catalogue, write_extracts
from disclosure.simulation.twins import build_papers

if TYPE_CHECKING:
    from pathlib import Path


def check_no_leak(councils: int, seed: str) -> None:
    """Fail with the councils that leak, each made as small as it can be."""
    tasks = [(f"{seed}-{index}", NEW_KEYS, False, False) for index in range(councils)]
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
