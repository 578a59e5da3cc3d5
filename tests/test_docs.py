"""What the documents say is true: each piece of a catalogue in them is a sound one."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, make_catalogue

from merton_kpi.catalogue import read_catalogue
from merton_kpi.schema import make_schema

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = 'number: "1"\ntitle: Any\nunit: percent\nfrequency: monthly\n'


def list_pieces() -> list[str]:
    """The YAML blocks of docs/ratings.md; where one gives the same key often, each line of it."""
    text = (ROOT / "docs/ratings.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    pieces: list[str] = []
    for block in blocks:
        lines = block.splitlines(keepends=True)
        alternatives = len(lines) > 1 and all(line.startswith("target:") for line in lines)
        pieces += lines if alternatives else [block]
    table = re.findall(r"^\| `((?:amber|green|blue): .*?)` \|", text, flags=re.MULTILINE)
    return pieces + [f"bands: {{{setting}}}\n" for setting in table]


@pytest.mark.parametrize("piece", list_pieces())
def test_each_piece_of_a_catalogue_in_the_docs_is_sound(piece: str) -> None:
    base = BASE + ("" if re.search("^target:", piece, re.MULTILINE) else "target: {at_least: 90}\n")
    if "units" in piece:
        base = base.replace("percent", "number")
    if "green" in piece and "amber" not in piece:
        piece = piece.replace("}}", "}, amber: {percent_of_target: 10}}")
    entry = "".join(f"  {line}\n" for line in (base + piece).splitlines())
    assert make_catalogue("-" + entry[1:])


def test_the_whole_catalogue_in_the_docs_is_sound() -> None:
    text = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    catalogue, issues = read_catalogue(block, "indicators.yaml")
    assert catalogue is not None, issues
    assert not issues


@pytest.mark.parametrize("page", ["catalogue.md", "extracts.md"])
def test_the_references_tables_are_what_the_models_say(
    page: str, golden: Callable[[str, str], None]
) -> None:
    fill = runpy.run_path(str(ROOT / "docs/make_reference.py"))["fill"]
    path = ROOT / "docs" / page
    golden(str(path), fill(path.read_text(encoding="utf-8")))


def test_the_catalogues_reference_has_a_table_of_every_entry() -> None:
    text = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")
    entries = [name for name, each in make_schema()["definitions"].items() if "properties" in each]
    missing = [name for name in entries if f"<!-- generated: {name} -->" not in text]
    assert "Indicator" in entries
    assert missing == []


def test_every_document_that_the_readme_names_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", readme)
    assert linked
    assert all(Path(ROOT / name).exists() for name in linked)
