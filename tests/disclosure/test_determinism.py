"""The same figures are hidden in every run, in whichever order the rows of an extract stand."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from disclosure.published import OPEN, SMALL
from helpers.councils import HEAD

if TYPE_CHECKING:
    from pathlib import Path

YEAR = "accumulates: financial_year"
# A sum, a sum of sums, running totals of a part and of the whole, added months and a percentage.
ENTRIES = f"""\
sections:
  - title: Services
    indicators:
      - {{number: "1", title: A, unit: number, sum_of: ["2", "3", "4"], {SMALL}}}
      - {{number: "2", title: B, unit: number, sum_of: ["5", "6"], {SMALL}}}
      - {{number: "3", title: C, unit: number, {SMALL}}}
      - {{number: "4", title: D, unit: number, {SMALL}}}
      - {{number: "5", title: E, unit: number, {SMALL}}}
      - {{number: "6", title: F, unit: number, {SMALL}}}
      - {{number: "7", title: G, unit: number, {YEAR}, running_total_of: "1", {SMALL}}}
      - {{number: "8", title: H, unit: number, {YEAR}, running_total_of: "5", {SMALL}}}
      - {{number: "9", title: I, unit: number, {YEAR}, figures: of_period, {SMALL}}}
      - {{number: "10", title: J, unit: percent, percentage_of: {{count: "5", of: "2"}}, {OPEN}}}
"""
EXTRACTS = {
    "2020-04": "1,,29;2,,13;3,,9;4,,7;5,,6;6,,7;7,,29;8,,6;9,,8;10,,46",
    "2020-05": "1,,24;2,,11;3,,3;4,,10;5,,4;6,,7;7,,53;8,,10;9,,3;10,,36",
    "2020-06": "1,,27;2,,14;3,,8;4,,5;5,,9;6,,5;7,,80;8,,19;9,,12;10,,64",
    "2020-07": "1,,31;2,,9;3,,12;4,,10;5,,2;6,,7;7,,111;8,,21;9,,7;10,,22;3,2020-06,8;9,2020-05,6",
    "2020-08": "1,,20;2,,12;3,,4;4,,4;5,,8;6,,4;7,,131;8,,29;9,,4;10,,67",
}


def write_council(folder: Path, order: random.Random | None = None) -> None:
    """Write the catalogue and the extracts, with the rows of each in the order given or drawn."""
    (folder / "data").mkdir(parents=True)
    (folder / "indicators.yaml").write_text(HEAD + ENTRIES, encoding="utf-8")
    for month, text in EXTRACTS.items():
        rows = text.split(";")
        if order:
            order.shuffle(rows)
        lines = "\n".join(("indicator,period,value", *rows, ""))
        (folder / "data" / f"{month}.csv").write_text(lines, encoding="utf-8")


def build(folder: Path, hash_seed: str) -> bytes:
    """The CSV of August's papers, built by a run of its own."""
    line = (sys.executable, "-m", "merton_kpi", "build", "--month", "2020-08")
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return (folder / "output" / "performance-index-2020-08.csv").read_bytes()


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The CSV with the rows as they stand in this file."""
    folder = tmp_path_factory.mktemp("council") / "as-given"
    write_council(folder)
    return build(folder, "0")


def test_figures_beyond_the_small_ones_are_hidden(printed: bytes) -> None:
    """Eight figures are small, so that the other tests compare a choice."""
    assert printed.count(b"[c]") > 2 * 8


@pytest.mark.parametrize("hash_seed", ["1", "2020"])
def test_the_choice_does_not_depend_on_how_python_orders_sets(
    printed: bytes, tmp_path: Path, hash_seed: str
) -> None:
    write_council(tmp_path / "again")
    assert build(tmp_path / "again", hash_seed) == printed


@pytest.mark.parametrize("seed", [1, 2])
def test_the_choice_does_not_depend_on_the_order_of_rows(
    printed: bytes, tmp_path: Path, seed: int
) -> None:
    write_council(tmp_path / "shuffled", random.Random(seed))
    assert build(tmp_path / "shuffled", "0") == printed
