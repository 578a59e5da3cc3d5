"""What the documents say is true: each piece of a catalogue in them is a sound one."""

from __future__ import annotations

import re
import runpy
from typing import TYPE_CHECKING

import pytest
import yaml
from helpers.councils import DOCUMENTS, HEAD, ROOT, make_catalogue

from merton_kpi.catalogue.schema import compose_schema
from merton_kpi.loading import read_catalogue
from merton_kpi.papers.report import format_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.scorecard.records import Scorecard

BASE = 'number: "1"\ntitle: Any\nunit: percent\nfrequency: monthly\n'


def list_pieces() -> list[str]:
    """The YAML blocks of the page on targets; each line of a block that repeats one key."""
    text = (ROOT / "docs/reference/targets-and-bands.md").read_text(encoding="utf-8")
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
    text = (ROOT / "docs/reference/catalogue.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    catalogue, issues = read_catalogue(block, "indicators.yaml")
    assert catalogue is not None, issues
    assert not issues


@pytest.mark.parametrize("page", ["reference/catalogue.md", "reference/extracts.md"])
def test_the_references_tables_are_what_the_models_say(
    page: str, golden: Callable[[str, str], None]
) -> None:
    fill = runpy.run_path(str(ROOT / "docs/make_reference.py"))["fill"]
    path = ROOT / "docs" / page
    golden(str(path), fill(path.read_text(encoding="utf-8")))


def test_the_catalogues_reference_has_a_table_of_every_entry() -> None:
    text = (ROOT / "docs/reference/catalogue.md").read_text(encoding="utf-8")
    entries = [
        name for name, each in compose_schema()["definitions"].items() if "properties" in each
    ]
    missing = [name for name in entries if f"<!-- generated: {name} -->" not in text]
    assert "Indicator" in entries
    assert missing == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_a_document_links_to_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    folder = (ROOT / name).parent
    assert [link for link in linked if not (folder / link).exists()] == []


def test_the_calendar_in_the_docs_is_sound() -> None:
    text = (ROOT / "docs/how-to/run-unattended.md").read_text(encoding="utf-8")
    (calendar,) = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    entry = '- {number: "1", title: Any, unit: percent, frequency: monthly, target: new}\n'
    assert len(make_catalogue(entry, head=HEAD + calendar).meetings) == 2


def test_the_hook_in_the_docs_is_the_one_that_is_offered() -> None:
    text = (ROOT / "docs/reference/catalogue.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml .pre-commit-config.yaml\n(.*?)```", text, flags=re.DOTALL)
    (repository,) = yaml.safe_load(block)["repos"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in offered]


def test_no_yaml_in_the_docs_goes_unread() -> None:
    """Each document's blocks are read by a test here, or by its commands where they name a file."""
    unread = {
        name
        for name in DOCUMENTS
        if re.search(r"^```ya?ml\n", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert unread == {
        "docs/reference/targets-and-bands.md",
        "docs/reference/catalogue.md",
        "docs/how-to/run-unattended.md",
    }


def test_the_template_in_the_docs_makes_a_report(november: Scorecard) -> None:
    text = (ROOT / "docs/how-to/adapt-the-report.md").read_text(encoding="utf-8")
    (template,) = re.findall(r"```jinja\n(.*?)```", text, flags=re.DOTALL)
    report = format_report(november, template, "t.j2")
    assert report.startswith("# Children and Young People Overview and Scrutiny Panel: November")
    assert "\n## 22 Number of in-house foster carers recruited: Red\n" in report


def test_each_value_that_a_template_is_said_to_print_is_there(november: Scorecard) -> None:
    text = (ROOT / "docs/how-to/adapt-the-report.md").read_text(encoding="utf-8")
    known = {"card": november, "row": november.rows[0]}
    values = re.findall(r"`((?:card|row)\.[a-z_.]+)`", text)
    assert len(values) > 30
    for value in values:
        name, *path = value.split(".")
        found: object = known[name]
        for part in path:
            found = getattr(found, part)
