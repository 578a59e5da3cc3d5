"""Every command in the documents runs, and prints what they say that it prints.

Each document's blocks are run in order, in a folder of their own. The `kpi` lines of a block `sh`
are run (`sh fails`: they exit with 1), and the block `text` after it is what they print. A block
with a file's name after its language writes that file, `+` adds to it, and `diff` changes it. Where
the name ends in `.xlsx`, the block is a sheet as it is typed into Excel.
`--update-golden` writes what is printed into the documents.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from contextlib import redirect_stderr
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from helpers.councils import DOCUMENTS, ROOT, Outcome
from helpers.five_services import (
    CATALOGUE,
    HOMELESSNESS,
    LETTINGS,
    list_compliance,
    make_workbook,
)
from helpers.return_books import type_in_excel

from merton_kpi.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Kpi = Callable[..., Outcome]

TUTORIAL = "docs/tutorial/first-papers.md"
FIVE_SERVICES = "docs/how-to/five-services.md"
README = "README.md"
# On which the commands are run. The README's work on any later day too.
DAYS = {TUTORIAL: date(2024, 7, 1), README: date(2035, 6, 1), FIVE_SERVICES: date(2025, 5, 12)}
BLOCK = re.compile(r"^```(\w*)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# By test_docs and test_other_formats, or only shown.
READ_ELSEWHERE = {"yaml", "csv", "jinja", "text", "python", "sql", "bash", "zsh", "bat"}
# Commands that a sentence names and that fail as they are, with a part of what they print.
FAILING = {
    "--install-completion": "",  # where no shell runs, as in CI, there is none to install it for
    "build --month 2020-11 --final": "not final: 17 open issues",
    "build --month 2021-04": "there is no extract for April 2021",
    "new-year": "Missing argument",
    "template": "the file already exists",
    "template --month 2020-11": "the file already exists",
}
# Commands that are not run here; CI runs those of the README.
SET_UP = re.compile(
    r"(python3 -m venv|mkdir|cd |\. \.venv|pip install|pytest|mutmut|ruff|mypy|lint-imports"
    r"|python docs/|git diff|frictionless)"
)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A block of a document: its language, the label after that, its text and its place."""

    language: str
    label: str
    text: str
    start: int
    end: int


def list_blocks(document: str) -> Iterator[Block]:
    for found in BLOCK.finditer(document):
        start, end = found.span(3)
        yield Block(language=found[1], label=found[2] or "", text=found[3], start=start, end=end)


def list_commands(block: Block) -> Iterator[list[str]]:
    """The arguments of each `kpi` in a block of commands, of a crontab or of a systemd unit."""
    for line in block.text.splitlines():
        if block.language == "sh":
            for command in line.split(" && "):
                if not SET_UP.match(command):
                    assert command.startswith("kpi "), f"no test runs '{command}'"
                    yield shlex.split(command, comments=True)[1:]
        elif found := re.search(r"(?:&& |ExecStart=)\S*kpi (.*)", line):
            yield shlex.split(found[1])


def write_file(block: Block) -> None:
    """Make, extend or change the file that a block names."""
    name, _, sign = block.label.partition(" ")
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".xlsx":
        path.write_bytes(type_in_excel(block.text))
        return
    if block.language == "diff":
        lines = block.text.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] != "+")
        new = "".join(line[1:] for line in lines if line[0] != "-")
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
        return
    before = path.read_text(encoding="utf-8") if sign == "+" else ""
    path.write_text(before + block.text, encoding="utf-8", newline="\n")


def run_document(document: str, kpi: Kpi) -> str:
    """Run a document's blocks; returns it with what its commands printed."""
    printed, edits = "", []
    for block in list_blocks(document):
        if block.language == "text" and printed:
            edits.append(replace(block, text=printed))
            printed = ""
        elif block.language in ("sh", "crontab", "ini"):
            printed = ""
            for arguments in list_commands(block):
                with redirect_stderr(sys.stdout):  # in the order of a terminal
                    outcome = kpi(*arguments)
                printed += outcome.out
                expected = 1 if block.label == "fails" else 0
                assert outcome.code == expected, f"kpi {' '.join(arguments)}: {printed}"
        elif block.label:
            write_file(block)
        else:
            assert block.language in READ_ELSEWHERE, f"no test reads a block of {block.language}"
    for edit in reversed(edits):
        document = document[: edit.start] + edit.text + document[edit.end :]
    return document


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_commands_of_a_document_print_what_it_says(
    name: str,
    kpi: Kpi,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.chdir(tmp_path)
    today = DAYS.get(name, date(2021, 1, 4))
    monkeypatch.setattr("merton_kpi.cli.options.date", SimpleNamespace(today=lambda: today))
    for home in ("HOME", "USERPROFILE"):  # where completion is installed
        monkeypatch.setenv(home, str(tmp_path))
    if name == FIVE_SERVICES:
        copy_housing_panel(tmp_path)
    elif name != TUTORIAL:  # which begins with an empty folder
        copy_council(tmp_path)
    document = (ROOT / name).read_text(encoding="utf-8")
    printed = run_document(document, kpi)
    if request.config.getoption("--update-golden"):
        (ROOT / name).write_text(printed, encoding="utf-8", newline="\n")
    assert printed == (ROOT / name).read_text(encoding="utf-8")
    for command in re.findall(r"`kpi ([^`]+)`", BLOCK.sub("", document)):
        outcome = kpi(*shlex.split(command))
        if outcome.code:
            assert name != README or command == "--install-completion"
            assert FAILING.get(command, "no reason") in outcome.err, f"kpi {command}"


@pytest.mark.parametrize("command", app.registered_commands, ids=lambda each: each.name or "")
def test_the_example_in_a_commands_help_works(
    command: object, kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    copy_council(tmp_path)
    callback = getattr(command, "callback")  # noqa: B009 - typer's own type says it may be None
    (example,) = re.findall(r"^ *Example: kpi (.*)$", callback.__doc__, re.MULTILINE)
    arguments = shlex.split(example)
    assert example in kpi(arguments[0], "--help").out
    if arguments[0] == "verify":
        kpi("build", *arguments[1:])
    outcome = kpi(*arguments)
    assert outcome.code == 0, outcome.err


def copy_council(folder: Path) -> None:
    """Merton's catalogue, extracts and template, to be worked with elsewhere."""
    shutil.copy(ROOT / "indicators.yaml", folder)
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, folder / name)


def copy_housing_panel(folder: Path) -> None:
    """A panel's catalogue without the layout of the first workbook, and three that came early."""
    text = CATALOGUE.read_text(encoding="utf-8")
    start, end = text.index('  - files: "*-rents'), text.index('  - files: "*-repairs')
    (folder / "indicators.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    (folder / "data").mkdir()
    for service, sheets in (
        ("lettings", LETTINGS),
        ("homelessness", HOMELESSNESS),
        ("compliance", list_compliance(has_formulas=False)),
    ):
        (folder / "data" / f"2025-04-{service}.xlsx").write_bytes(make_workbook(sheets))


@pytest.mark.parametrize("command", app.registered_commands, ids=lambda each: each.name or "")
def test_wrong_usage_is_exit_code_2(command: object, kpi: Kpi, council: Path) -> None:
    callback = getattr(command, "callback")  # noqa: B009 - typer's own type says it may be None
    outcome = kpi(callback.__name__.replace("_", "-"), "--nonsense")
    assert (outcome.code, outcome.out) == (2, "")
    assert "No such option: --nonsense" in outcome.err
