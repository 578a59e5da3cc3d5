"""`kpi new-year`: what it prints, writes and refuses."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]


def test_the_plan_is_printed_and_nothing_is_written_without_write(council: Path, kpi: Kpi) -> None:
    done = kpi("new-year", "2021/22")
    assert (done.code, done.err) == (0, "")
    assert done.out == textwrap.dedent("""\
        Outturns of 2020/21, from the extracts up to April 2020

        No.  Indicator               Outturn  Of        Remark
        1    Calls answered in time  93%      Apr 2020  provisional
        2    Days to reply           TBC                no figure

        provisional: the year's last figure was still due; it goes in as provisional
        no figure: a reason stands in place of a figure; write the figure if there is one

        Marked for review, target: 1, 2
        Meetings kept: none; add those of 2021/22

        Nothing is written yet. With --write it goes to indicators-2021-22.yaml
        """)
    assert sorted(each.name for each in council.iterdir()) == ["data", "indicators.yaml"]


def test_no_file_is_overwritten(council: Path, kpi: Kpi) -> None:
    (council / "indicators-2021-22.yaml").write_text("mine", encoding="utf-8")
    done = kpi("new-year", "2021/22", "--write")
    assert done.code == 1
    assert done.err == (
        "indicators-2021-22.yaml: error: it is there already; "
        "move it away, or name another with --out\n"
    )
    assert (council / "indicators-2021-22.yaml").read_text(encoding="utf-8") == "mine"
    assert kpi("new-year", "2021/22", "--write", "--out", "next.yaml").code == 0
    assert (council / "next.yaml").exists()


def test_a_file_that_cannot_be_written_is_named(council: Path, kpi: Kpi) -> None:
    done = kpi("new-year", "2021/22", "--write", "--out", "indicators.yaml/x/next.yaml")
    assert done.code == 1
    assert done.err.startswith("indicators.yaml/x/next.yaml: error: it cannot be written: ")


@pytest.mark.parametrize(
    ("year", "near"), [("2021", "2021/22"), ("2021/23", "2021/22"), ("next", "2020/21")]
)
def test_a_malformed_year_is_wrong_usage(council: Path, kpi: Kpi, year: str, near: str) -> None:
    done = kpi("new-year", year)
    assert done.code == 2
    assert f"'{year}' is not a financial year: write it like {near}" in " ".join(
        done.err.replace("│", " ").split()
    )
