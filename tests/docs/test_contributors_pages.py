"""What the pages for contributors say of the code is true."""

from __future__ import annotations

import ast
import io
import re
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import NOVEMBER, ROOT
from openpyxl import load_workbook

from merton_kpi.core.ratings import Rating
from merton_kpi.extracts.reader import read_extract
from merton_kpi.papers.build import write_index_workbook

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard

CODE = ROOT / "src" / "merton_kpi"
PAGES = ("CONTRIBUTING.md", "docs/architecture.md")
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in PAGES}
NAMED = [
    (name, *found)
    for name, text in TEXTS.items()
    for found in re.findall(r"\| `([\w/]+\.py)` \| `(\w+)` \|", text)
]


def list_definitions(path: str) -> set[str]:
    """The functions and classes at the top of a module."""
    tree = ast.parse((CODE / path).read_text(encoding="utf-8"))
    return {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize(("page", "path", "name"), NAMED, ids=lambda each: each)
def test_each_file_defines_what_a_page_says_it_does(page: str, path: str, name: str) -> None:
    assert (CODE / path).is_file(), f"{page} names a file that is not there"
    assert name in list_definitions(path), f"{page}: {path} has no {name}"


def test_the_newcomers_questions_are_at_least_twelve() -> None:
    questions = re.findall(r"^\| (Where .+\?) \|", TEXTS["CONTRIBUTING.md"], re.MULTILINE)
    assert len(set(questions)) == len(questions) >= 12


def test_the_architecture_names_the_layers_from_the_bottom_up() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    table = TEXTS["docs/architecture.md"].split("| folder |")[1].split("\n\n")[0]
    named = [each.removesuffix(".py") for each in re.findall(r"^\| `(\w+(?:\.py)?)`", table, re.M)]
    assert named == contract["layers"][::-1]


def test_the_figure_that_the_architecture_follows_takes_that_way(november: Scorecard) -> None:
    text = TEXTS["docs/architecture.md"]
    content = (ROOT / "data" / "2020-06.csv").read_bytes()
    (line,) = re.findall(r"Line (\d+) is `16,,41,", text)
    read = read_extract(content, "data/2020-06.csv", NOVEMBER.add_months(-5)).observations
    (observation,) = [each for each in read if each.indicator == "16"]
    assert observation.value == Decimal(41)
    assert observation.place.line == int(line)
    (row,) = [each for each in november.rows if each.number == "16"]
    assert f"`{row.verdict.label}` in cell `L22`" in text
    assert f"`{Rating.RED.fill}`" in text
    book = load_workbook(io.BytesIO(write_index_workbook(november)))
    cell = book["Performance index"]["L22"]
    assert (cell.value, cell.style) == (row.verdict.label, "Rating Red")
    assert cell.fill.fgColor.rgb == f"00{Rating.RED.fill}"
