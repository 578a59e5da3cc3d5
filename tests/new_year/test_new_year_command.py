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
    Messages = Callable[..., None]


def test_the_plan_is_printed_and_nothing_is_written_without_write(council: Path, kpi: Kpi) -> None:
    done = kpi("new-year", "2021/22")
    assert (done.code, done.err) == (0, "")
    assert done.out == textwrap.dedent("""\
        Outturns of 2020/21, from the extracts up to April 2020

        No.  Indicator               Outturn  Of        Remark
        1    Calls answered in time  93%      Apr 2020  provisional
        2    Days to reply           TBC                no figure

        provisional: an earlier figure of the year, since the last one is not in yet
        no figure: a reason why there is none; write the figure if there is one

        Marked for review, target: 1, 2
        Meetings kept: none; add those of 2021/22

        Nothing was written. Add --write to write indicators-2021-22.yaml
        """)
    assert sorted(each.name for each in council.iterdir()) == ["data", "indicators.yaml"]


def test_a_new_catalogue_never_overwrites_a_file(
    council: Path, kpi: Kpi, messages: Messages
) -> None:
    (council / "indicators-2021-22.yaml").write_text("mine", encoding="utf-8")
    done = kpi("new-year", "2021/22", "--write")
    assert done.code == 1
    assert done.err.startswith("indicators-2021-22.yaml: error: ")
    messages(done.err)
    assert (council / "indicators-2021-22.yaml").read_text(encoding="utf-8") == "mine"
    assert kpi("new-year", "2021/22", "--write", "--out", "next.yaml").code == 0
    assert (council / "next.yaml").exists()


def test_a_file_that_cannot_be_written_is_named(council: Path, kpi: Kpi) -> None:
    done = kpi("new-year", "2021/22", "--write", "--out", "indicators.yaml/x/next.yaml")
    assert done.code == 1
    assert done.err.startswith("indicators.yaml/x/next.yaml: error: ")


@pytest.mark.parametrize(
    ("year", "near"),
    [("2021", "2021/22"), ("2021/23", "2021/22"), ("next", "2020/21")],
    ids=["one year", "not the next", "a word"],
)
def test_a_malformed_year_is_wrong_usage(
    year: str, near: str, council: Path, kpi: Kpi, messages: Messages
) -> None:
    done = kpi("new-year", year)
    assert (done.code, done.out) == (2, "")
    sentence = done.err.splitlines()[-1]
    assert f"'{year}' is not a financial year" in sentence
    assert near in sentence
    messages(sentence)
