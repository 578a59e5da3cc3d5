"""The report as a Word document that a clerk takes as it is."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from helpers.councils import NOVEMBER, ROOT, read_merton
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.core.text import escape_markdown
from merton_kpi.papers.templated.report import format_report
from merton_kpi.papers.word.document import WordProperties, write_document
from merton_kpi.storage.templates import REPORT_TEMPLATE, Template

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document as WordDocument

    Messages = Callable[..., None]

PROPERTIES = WordProperties(
    title="Performance monitoring report",
    author="London Borough of Merton",
    keywords="performance",
    moment=datetime(2020, 11, 30),
)


def read_document(markdown: str, reference: bytes | None = None) -> WordDocument:
    path = Path("templates/reference.docx")
    own = Template(content=reference, path=path) if reference is not None else None
    return Document(io.BytesIO(write_document(markdown, PROPERTIES, own)))


@pytest.fixture(scope="module")
def report() -> str:
    template = (ROOT / "templates" / REPORT_TEMPLATE).read_text(encoding="utf-8")
    return format_report(read_merton(NOVEMBER), template, REPORT_TEMPLATE)


@pytest.fixture(scope="module")
def document(report: str) -> WordDocument:
    return read_document(report)


def test_the_pages_are_a4(document: WordDocument) -> None:
    (section,) = document.sections
    assert section.page_width and section.page_height
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_language_is_british_english_everywhere(document: WordDocument) -> None:
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert not list(document.element.iter(qn("w:lang")))
    assert document.core_properties.language == "en-GB"


def test_title_and_author_are_the_councils(document: WordDocument) -> None:
    core = document.core_properties
    assert (core.title, core.author) == (
        "Performance monitoring report",
        "London Borough of Merton",
    )
    assert (core.last_modified_by, core.comments) == ("London Borough of Merton", "")


def test_headings_are_those_of_the_markdown(document: WordDocument, report: str) -> None:
    found = [
        (str(each.style.name), each.text)
        for each in document.paragraphs
        if each.style and str(each.style.name).startswith("Heading")
    ]
    lines = [line for line in report.splitlines() if line.startswith("#")]
    assert [name for name, _ in found] == [f"Heading {line.index(' ')}" for line in lines]
    assert found[0] == ("Heading 1", "Performance monitoring report")
    assert ("Heading 4", "Red: indicator 22, Number of in-house foster carers recruited") in found


def test_each_table_has_a_header_row_that_is_repeated_and_a_description(
    document: WordDocument,
) -> None:
    tables = list(document.element.body.iter(qn("w:tbl")))
    assert len(tables) == 4
    for table in tables:
        rows = list(table.iter(qn("w:tr")))
        assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [
            True,
            *[False] * (len(rows) - 1),
        ]
    descriptions = [
        each.get(qn("w:val")) for each in document.element.body.iter(qn("w:tblDescription"))
    ]
    assert descriptions[0] == (
        "Table under the heading 1 Purpose of report and executive summary. Its columns are "
        "Rating, Indicators."
    )


def test_nothing_stands_between_the_properties_of_a_table_out_of_order(
    document: WordDocument,
) -> None:
    """Word takes a document for damaged whose elements are not in the schema's order."""
    order = ["tblStyle", "tblW", "jc", "tblLayout", "tblLook", "tblCaption", "tblDescription"]
    for properties in document.element.body.iter(qn("w:tblPr")):
        names = [each.tag.rpartition("}")[2] for each in properties]
        assert names == [name for name in order if name in names]


def test_numbers_are_at_the_right_of_their_column_as_in_the_markdown(
    document: WordDocument,
) -> None:
    ratings = document.tables[0]
    aligned = {tuple(cell.paragraphs[0].alignment for cell in row.cells) for row in ratings.rows}
    assert aligned == {(None, WD_ALIGN_PARAGRAPH.RIGHT)}


def test_the_facts_of_an_exception_are_a_list(document: WordDocument) -> None:
    facts = [
        each.text
        for each in document.paragraphs
        if each.style and each.style.name == "List Bullet" and ": " in each.text
    ]
    assert "Latest figure: 41 weeks (Jun 2020)" in facts


def test_the_same_report_gives_the_same_bytes(report: str) -> None:
    first, second = (write_document(report, PROPERTIES) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {each.date_time for each in package.infolist()} == {(2020, 11, 30, 0, 0, 0)}


def make_reference(**fonts: str) -> bytes:
    document = Document()
    document.add_paragraph("Text of the council's own document")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = "Northmere District Council"
    styles: Any = document.styles
    for name, font in fonts.items():
        styles[name.replace("_", " ")].font.name = font
        styles[name.replace("_", " ")].font.size = Pt(14)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_a_councils_own_document_gives_styles_page_and_header_but_no_text() -> None:
    own = read_document("# Report\n\nWords.\n", make_reference(Normal="Gill Sans"))
    assert [each.text for each in own.paragraphs] == ["Report", "Words."]
    styles: Any = own.styles
    assert (styles["Normal"].font.name, styles["Normal"].font.size) == ("Gill Sans", Pt(14))
    assert own.sections[0].header.paragraphs[0].text == "Northmere District Council"
    assert own.core_properties.author == "London Borough of Merton"


def test_a_property_of_the_document_is_shortened_to_what_word_holds() -> None:
    properties = replace(PROPERTIES, title="é" * 256, author="a" * 255, keywords="k" * 300)
    core = Document(io.BytesIO(write_document("# Report\n", properties))).core_properties
    assert core.title == "é" * 254 + "…"
    assert (core.author, core.keywords) == ("a" * 255, "k" * 254 + "…")


@pytest.mark.parametrize(
    "markdown",
    ["Of the\x0cpanel\n", "Of the&#12;panel\n", "| a\x0b |\n| --- |\n", "\x00", "\uffff"],
    ids=["a form feed", "its reference", "in a table", "no character", "the last of them"],
)
def test_a_character_that_xml_cannot_hold_is_an_error(markdown: str) -> None:
    with pytest.raises(BuildStoppedError) as stopped:
        read_document(markdown)
    (issue,) = stopped.value.issues
    assert (issue.code, issue.place.file) == ("unwritable_character", "the Word document")


def test_the_message_names_the_character_and_the_words_around_it(messages: Messages) -> None:
    with pytest.raises(BuildStoppedError) as stopped:
        read_document("# Report\n\nTo the members of the overview\x0cand scrutiny panel\n")
    messages(stopped.value.issues)


def test_bold_and_italic_type_breaks_and_links_of_a_template_are_kept() -> None:
    own = read_document("**Why:** *so*<br>then [the index](https://example.org/index) `x`\n")
    (paragraph,) = own.paragraphs
    assert paragraph.text == "Why: so\nthen the index (https://example.org/index) x"
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs][:3] == [
        ("Why:", True, None),
        (" ", None, None),
        ("so", None, True),
    ]


def test_a_list_within_a_list_and_a_quotation_keep_their_words() -> None:
    own = read_document("- a\n  - b\n    1. c\n\n> d\n\n```\ne <f>\n```\n\n---\n\n<p>g</p>\n")
    found = [(each.text, str(each.style and each.style.name)) for each in own.paragraphs]
    assert found == [
        ("a", "List Bullet"),
        ("b", "List Bullet 2"),
        ("c", "List Number 3"),
        ("d", "Normal"),
        ("e <f>", "Normal"),
        ("<p>g</p>", "Normal"),
    ]


def test_a_paragraph_of_the_default_style_names_none_and_the_page_comes_last() -> None:
    body = read_document("# Heading\n\nWords.\n\n- A point.\n\n```\n```\n").element.body
    styles = [each.style for each in body.iterchildren(qn("w:p"))]
    assert styles == ["Heading1", None, "ListBullet", None]
    assert body[-1].tag == qn("w:sectPr")


def test_an_empty_block_of_code_is_a_paragraph_without_words() -> None:
    (paragraph,) = read_document("```\n```\n").paragraphs
    assert paragraph.runs == []


def test_a_comment_of_html_is_left_out() -> None:
    """The report has an empty one in each e-mail address, so that it becomes no link."""
    own = read_document(f"{escape_markdown('a@example.org')}\n\n<!-- for editors\nonly -->\n\nb\n")
    assert [each.text for each in own.paragraphs] == ["a@example.org", "b"]


PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PRINTABLE.map(str.strip).filter(bool), min_size=1, max_size=12))
def test_any_words_from_a_file_reach_the_document_as_they_are(texts: list[str]) -> None:
    """In paragraphs, lists and cells: no markup comes from data."""
    lines = [escape_markdown(text) for text in texts]
    markdown = "".join(
        f"{line}\n\n- item: {line}\n\n| a |\n| --- |\n| {line} |\n\n" for line in lines
    )
    own = read_document(markdown)
    words = [" ".join(text.split()) for text in texts]
    cells = [" ".join(table.rows[1].cells[0].text.split()) for table in own.tables]
    assert cells == words
    assert [
        " ".join(each.text.split())
        for each in own.paragraphs
        if each.text and not each.text.startswith("item:")
    ] == words
