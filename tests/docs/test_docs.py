"""What the documents say is true: pieces of a catalogue, tables, links and values."""

from __future__ import annotations

import re
import runpy
from typing import TYPE_CHECKING

import pytest
import yaml
from helpers.councils import DOCUMENTS, HEAD, ROOT, make_catalogue
from helpers.workbook_rules import SHEETS

from merton_kpi.catalogue.own.colours import PageColours
from merton_kpi.catalogue.relations.former_numbers import choose_former_number
from merton_kpi.catalogue.schema.generate import compose_schema
from merton_kpi.core.periods import FinancialYear
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.papers.csv_fields import FIELDS
from merton_kpi.papers.templated.report import format_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.scorecard.records import Scorecard

MAKE_REFERENCE = ROOT / "docs" / "make_reference.py"
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
    whole, relations = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    catalogue, issues = read_catalogue(whole, "indicators.yaml")
    assert catalogue is not None, issues
    assert not issues
    assert make_catalogue(relations)


@pytest.mark.parametrize(
    "page", ["reference/catalogue.md", "reference/commands.md", "reference/extracts.md"]
)
def test_the_generated_parts_of_the_reference_are_what_the_code_says(
    page: str, golden: Callable[[str, str], None]
) -> None:
    replace_generated = runpy.run_path(str(MAKE_REFERENCE))["replace_generated"]
    path = ROOT / "docs" / page
    golden(str(path), replace_generated(path.read_text(encoding="utf-8")))


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
    linked = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", text)
    folder = (ROOT / name).parent
    assert [link for link in linked if not (folder / link).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_heading_that_a_document_links_to_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    missing = []
    for link, heading in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", text):
        path = (ROOT / name).parent / link if link else ROOT / name
        if heading not in list_anchors(path.read_text(encoding="utf-8")):
            missing.append(f"{link}#{heading}")
    assert missing == []


def list_anchors(text: str) -> list[str]:
    """The anchors that Markdown viewers give a document's headings."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.M)
    return [re.sub(r"[^a-z0-9 _-]", "", each.lower()).replace(" ", "-") for each in headings]


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    linked = {(ROOT / "docs" / link).resolve() for link in re.findall(r"\]\(([^)#]+)\)", index)}
    pages = {path.resolve() for path in (ROOT / "docs").rglob("*.md")}
    assert pages - linked == {ROOT / "docs" / "README.md"}


def list_first_column(page: str, header: str) -> list[str]:
    """The cells in the first column of the table with this header."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    table = text.split(f"| {header} |")[1].split("\n\n")[0]
    return [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines()[2:]]


def test_every_sheet_of_the_workbook_is_documented() -> None:
    assert list_first_column("reference/papers.md", "sheet | what it shows") == SHEETS


def test_every_column_of_the_csv_is_documented() -> None:
    cells = list_first_column("reference/papers.md", "column | type | what it holds")
    assert [cell.strip("`") for cell in cells] == [each.name for each in FIELDS]


def test_every_kind_of_page_has_its_folder() -> None:
    folders = {path.parent.name for path in (ROOT / "docs").glob("*/*.md")}
    assert folders == {"tutorial", "how-to", "reference", "explanation"}


def test_the_calendar_in_the_docs_is_sound() -> None:
    text = (ROOT / "docs/how-to/run-unattended.md").read_text(encoding="utf-8")
    (calendar,) = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    entry = '- {number: "1", title: Any, unit: percent, frequency: monthly, target: new}\n'
    assert len(make_catalogue(entry, head=HEAD + calendar).meetings) == 2


def test_the_layout_of_a_source_in_the_docs_is_sound() -> None:
    text = (ROOT / "docs/how-to/returns-in-excel.md").read_text(encoding="utf-8")
    (layout,) = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    entries = "".join(
        f'- {{number: "{each}", title: T {each}, unit: percent, frequency: monthly, target: new}}\n'
        for each in (14, 15)
    )
    assert len(make_catalogue(entries, head=HEAD + layout).sources) == 1


def test_the_owners_in_the_docs_are_sound() -> None:
    text = (ROOT / "docs/how-to/chase-what-is-due.md").read_text(encoding="utf-8")
    (owners,) = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    entry = '- {number: "1", title: Any, unit: percent, frequency: monthly, target: new}\n'
    assert len(make_catalogue(entry, head=HEAD + owners).owners) == 2


def test_the_hook_in_the_docs_is_the_one_that_is_offered() -> None:
    text = (ROOT / "docs/how-to/check-definitions.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml .pre-commit-config.yaml\n(.*?)```", text, flags=re.DOTALL)
    (repository,) = yaml.safe_load(block)["repos"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in offered]


def test_no_yaml_in_the_docs_goes_unread() -> None:
    """A test of this folder reads each document's blocks, or its commands do: they name a file."""
    unread = {
        name
        for name in DOCUMENTS
        if re.search(r"^```ya?ml\n", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert unread == {
        "docs/reference/targets-and-bands.md",
        "docs/reference/catalogue.md",
        "docs/how-to/hide-small-numbers.md",
        "docs/how-to/publish-the-web-page.md",
        "docs/how-to/run-unattended.md",
        "docs/how-to/which-kind-is-my-indicator.md",
        "docs/how-to/returns-in-excel.md",
        "docs/how-to/use-earlier-years.md",
        "docs/how-to/chase-what-is-due.md",
    }


def test_the_settings_for_earlier_years_in_the_docs_can_be_read() -> None:
    text = (ROOT / "docs/how-to/use-earlier-years.md").read_text(encoding="utf-8")
    folder, entry, settings = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    catalogue = make_catalogue(entry, head=HEAD + folder + settings)
    (indicator,) = catalogue.indicators
    assert catalogue.history == "earlier"
    assert choose_former_number(indicator.formerly, FinancialYear(2018)) == "7"
    assert catalogue.worsening_is_an_exception
    assert catalogue.usual_amber_needs_no_commentary


def test_the_colours_in_the_docs_can_be_read() -> None:
    text = (ROOT / "docs/how-to/publish-the-web-page.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\npage_colours:\n(.*?)```", text, flags=re.DOTALL)
    colours = PageColours.model_validate(yaml.safe_load(block))
    assert colours.band == "#00703C"


def test_the_template_in_the_docs_makes_a_report(november: Scorecard) -> None:
    text = (ROOT / "docs/how-to/adapt-the-report.md").read_text(encoding="utf-8")
    (template,) = re.findall(r"```jinja\n(.*?)```", text, flags=re.DOTALL)
    report = format_report(november, template, "t.j2")
    assert report.startswith("# Children and Young People Overview and Scrutiny Panel: November")
    assert "\n## 22 Number of in-house foster carers recruited: Red\n" in report


def test_each_value_that_a_template_is_said_to_print_is_there(november: Scorecard) -> None:
    text = (ROOT / "docs/reference/report-template.md").read_text(encoding="utf-8")
    known = {"card": november, "row": november.rows[0]}
    values = re.findall(r"`((?:card|row)\.[a-z_.]+)`", text)
    assert len(values) > 30
    for value in values:
        name, *path = value.split(".")
        found: object = known[name]
        for part in path:
            found = getattr(found, part)
