"""The council that `kpi init` writes builds at once, and nothing is written over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT

from merton_kpi.starter.council import MONTH, NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

EMPTY = (
    *(["build"], ["check"], ["show"], ["explain", "1"], ["changes", "--since", "2025-04"]),
    *(["due"], ["template"], ["meetings"], ["new-year", "2026/27"], ["migrate"], ["verify"]),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_new_council_builds_at_once_without_a_warning(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = kpi("init", "panel")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        *(f"panel/{name}" for name in NAMES),
        "",
        f"Go to the folder panel, and run: kpi build --month {MONTH}",
    ]
    monkeypatch.chdir("panel")
    for command in (["check", "--data", "data"], ["build", "--month", MONTH]):
        outcome = kpi(*command)
        assert (outcome.code, outcome.err) == (0, "")
    assert "1 Green, 1 Amber, 1 Red" in kpi("build", "--month", MONTH).out.splitlines()


def test_its_readme_is_five_lines_long(kpi: Kpi) -> None:
    kpi("init", ".")
    lines = Path("README.md").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line]) == 5
    assert (ROOT / "docs/tutorial/first-papers.md").exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_there_is_kept_and_nothing_is_written(kpi: Kpi, name: str) -> None:
    path = Path("panel", name)
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    outcome = kpi("init", "panel")
    assert (outcome.code, outcome.out) == (1, "")
    assert [each for each in Path("panel").rglob("*") if each.is_file()] == [path]
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_file_that_is_there_is_named(kpi: Kpi, messages: Messages) -> None:
    kpi("init", "panel")
    messages(kpi("init", "panel").err.splitlines())


def test_a_folder_whose_name_is_a_file_is_refused(kpi: Kpi) -> None:
    Path("panel").touch()
    assert kpi("init", "panel").code == 1


@pytest.mark.parametrize("command", EMPTY, ids=[each[0] for each in EMPTY])
def test_every_command_in_an_empty_folder_says_how_to_begin(kpi: Kpi, command: list[str]) -> None:
    outcome = kpi(*command)
    assert (outcome.code, outcome.out) == (1, "")
    assert "'kpi init FOLDER' (see docs/tutorial/first-papers.md)" in outcome.err
