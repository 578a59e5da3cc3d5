"""The lines of the page about the data run as they stand there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from helpers.councils import NOVEMBER, ROOT, read_merton
from helpers.table import write_table

from merton_kpi.papers.csv_fields import FIELDS

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs/how-to/use-the-data.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    card = read_merton(NOVEMBER)
    (tmp_path / "performance-index-2020-11.csv").write_bytes(write_table(card))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read_block(language: str) -> str:
    (block,) = re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)
    return str(block)


@pytest.mark.slow
def test_the_lines_for_pandas_print_the_indicators_that_are_red(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pandas = pytest.importorskip("pandas", reason="install '.[readers]'")
    names: dict[str, object] = {}
    columns = ("display.max_columns", None, "display.max_colwidth", None)
    with pandas.option_context(*columns, "display.width", 10_000):
        exec(read_block("python"), names)  # the page's own lines
    rows = capsys.readouterr().out.splitlines()[1:]
    assert [row.split()[1] for row in rows] == ["3", "22"]
    assert "32% in Nov 2020 is 23 percentage points below the target" in rows[0]


@pytest.mark.slow
def test_the_lines_for_duckdb_select_the_indicators_that_are_red(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="install '.[readers]'")
    rows = duckdb.sql(read_block("sql")).fetchall()
    assert sorted((row[0], row[2]) for row in rows) == [("22", 4.0), ("3", 32.0)]


def test_the_columns_that_the_page_names_are_there() -> None:
    blocks = "".join(re.findall(r"```(?:python|sql|text)\n(.*?)```", PAGE, flags=re.DOTALL))
    named = set(re.findall(r'"([a-z]+(?:_[a-z]+)*)"', blocks)) - {"papers"}
    assert named <= {each.name for each in FIELDS}
    assert named >= {"period_start", "value", "rating"}
