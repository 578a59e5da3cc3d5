"""What the documents say is true: each piece of a catalogue in them is a sound one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT, make_catalogue

from merton_kpi.catalogue import read_catalogue
from merton_kpi.model import Catalogue, Indicator, Outturn
from merton_kpi.vocab import Status, Unit

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


def test_the_catalogues_document_names_every_key_unit_and_status() -> None:
    text = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")
    keys = (*Catalogue.model_fields, *Indicator.model_fields, *Outturn.model_fields)
    words = (*keys, *(unit.value for unit in Unit), *(status.value for status in Status))
    assert [word for word in words if not re.search(rf"\b{word}\b", text)] == []


def test_every_document_that_the_readme_names_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", readme)
    assert linked
    assert all(Path(ROOT / name).exists() for name in linked)
