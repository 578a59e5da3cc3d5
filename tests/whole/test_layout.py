"""The layout of the code; `lint-imports` holds the layers between its folders."""

from __future__ import annotations

import ast
import tomllib
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = ROOT / "src" / "merton_kpi"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULES = sorted(SOURCE.rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES} - {SOURCE})


def list_modules(folder: Path) -> list[str]:
    return [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]


def describe(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def test_the_packages_root_has_at_most_three_modules() -> None:
    assert len(list_modules(SOURCE)) <= 3


@pytest.mark.parametrize("folder", FOLDERS, ids=describe)
def test_a_folder_has_at_most_ten_modules(folder: Path) -> None:
    assert 1 <= len(list_modules(folder)) <= 10


@pytest.mark.parametrize("path", MODULES, ids=describe)
def test_a_module_has_at_most_350_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


@pytest.mark.parametrize("path", MODULES, ids=describe)
def test_a_module_uses_neither_a_named_tuple_nor_a_sudden_exit(path: Path) -> None:
    """Records are frozen dataclasses, and a process ends as Python ends it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {node.name for node in ast.walk(tree) if isinstance(node, ast.alias)}
    assert not names & {"NamedTuple", "namedtuple", "_exit"}


def test_every_folder_is_packed() -> None:
    """A folder that pyproject.toml does not list would be missing once installed."""
    names = {".".join(("merton_kpi", *path.relative_to(SOURCE).parts)) for path in FOLDERS}
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    assert listed == names | {"merton_kpi", "merton_kpi.templates"}


def test_the_lowest_versions_in_ci_are_those_that_are_promised() -> None:
    lines = (ROOT / ".ci" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    tested = {line.partition(";")[0] for line in lines}
    project = PROJECT["project"]
    required = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    promised = {each.partition(",")[0].replace(">=", "==") for each in required}
    assert promised <= tested
