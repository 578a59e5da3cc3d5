"""The owners' addresses are in the messages to them, and in nothing else that `kpi` writes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.loading.inputs import read_inputs
from merton_kpi.scorecard.compose import compose_scorecard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]

MARKER = "zanzibar"
OWNERS = f"owners:\n  - {{name: Head of Contact, address: {MARKER}@{MARKER}.example}}\n"
MONTH = ("--month", "2020-05")
# What prints or writes something for people other than the owner.
COMMANDS = [
    ("show", *MONTH),
    ("explain", "1", *MONTH),
    ("explain", "1", *MONTH, "--format", "json"),
    ("due", *MONTH),
    ("due", *MONTH, "--format", "csv"),
    ("due", *MONTH, "--format", "markdown"),
    ("due", *MONTH, "--history"),
    ("due", *MONTH, "--history", "--format", "csv"),
    ("changes", *MONTH, "--since", "2020-04"),
    ("check", "--data", "data"),
    ("check", "--data", "data", "--format", "json"),
    ("template", *MONTH),
    ("template", *MONTH, "--format", "xlsx", "--out", "returns"),
    ("new-year", "2021/22"),
    ("verify", *MONTH),
]


@pytest.fixture
def panel(council: Path) -> Path:
    """The small council, with the address of its only owner, a figure that is bad, and papers."""
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8").replace("bands:", f"{OWNERS}bands:", 1)
    catalogue.write_text(text, encoding="utf-8")
    (council / "data/2020-05.csv").write_text("indicator,value\n1,71\n", encoding="utf-8")
    return council


def unpack(content: bytes) -> Iterator[bytes]:
    """A file's bytes, and where it is a zip package those of each part."""
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                yield package.read(name)


def has_marker(path: Path) -> bool:
    return any(MARKER.encode() in each.lower() for each in unpack(path.read_bytes()))


def test_no_paper_and_no_list_has_an_address(kpi: Kpi, panel: Path) -> None:
    assert has_marker(panel / "indicators.yaml")
    built = kpi("build", *MONTH)
    printed = [built, *(kpi(*command) for command in COMMANDS)]
    assert [each.code for each in printed] == [0] * len(printed)
    assert [each for each in printed if MARKER in f"{each.out}{each.err}".lower()] == []
    papers = sorted((panel / "output").iterdir())
    assert len([path for path in papers if path.suffix != ".lock"]) == 7
    written = [*papers, *(panel / "returns").iterdir(), *(panel / "data").iterdir()]
    assert [path.name for path in written if has_marker(path)] == []


def test_a_message_has_the_address_and_its_workbook_has_not(kpi: Kpi, panel: Path) -> None:
    outcome = kpi("due", *MONTH, "--out", "reminders")
    assert outcome.code == 0
    assert MARKER not in f"{outcome.out}{outcome.err}"
    written = sorted((panel / "reminders").glob("[!.]*"))
    assert [path.name for path in written if has_marker(path)] == [
        "2020-05-head-of-contact.md",
        "2020-05-head-of-contact.txt",
    ]
    assert len(written) == 4


def test_no_template_can_print_an_address(panel: Path) -> None:
    inputs = require(read_inputs(panel / "indicators.yaml", panel / "data", Month(2020, 5)))
    assert MARKER in repr(inputs.catalogue)
    assert MARKER not in repr(require(compose_scorecard(inputs)))


def test_another_address_is_no_changed_definition(kpi: Kpi, panel: Path) -> None:
    text = (panel / "indicators.yaml").read_text(encoding="utf-8")
    (panel / "before.yaml").write_text(text.replace(OWNERS, ""), encoding="utf-8")
    outcome = kpi("changes", *MONTH, "--since", "2020-04", "--before", "before.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert "\nDefinitions: none\n" in outcome.out
    assert MARKER not in outcome.out


def test_next_years_catalogue_keeps_the_owners(kpi: Kpi, panel: Path) -> None:
    catalogue = panel / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8")
    owners = OWNERS + "  - name: Head of Post # until 2021\n"
    text = text.replace(OWNERS, owners).rstrip() + "\n"
    text += "        owner: Head of Post\n        removed: Nobody writes any more.\n"
    catalogue.write_text(text, encoding="utf-8")
    assert kpi("new-year", "2021/22", "--write").code == 0
    new = (panel / "indicators-2021-22.yaml").read_text(encoding="utf-8")
    assert owners in new
    outcome = kpi("check", "--catalogue", "indicators-2021-22.yaml")
    assert outcome.code == 0
    assert "no indicator has the owner 'Head of Post'" in outcome.err
