"""`kpi build` writes the report as a Word document, in the council's own styles if it has some."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document

from merton_kpi.storage.templates import REPORT_TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

TEXT = "# {{ card.panel }}\n\n{% for row in card.rows %}\n- {{ row.title }}\n{% endfor %}\n"


def build(kpi: Kpi) -> Outcome:
    return kpi("build", "--month", "2020-04", "--quiet")


def add_templates(council: Path) -> Path:
    folder = council / "templates"
    folder.mkdir()
    (folder / REPORT_TEMPLATE).write_text(TEXT, encoding="utf-8")
    return folder


def make_document(*, header: str) -> bytes:
    document = Document()
    document.sections[0].header.paragraphs[0].text = header
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_the_councils_own_template_governs_both_editions_of_the_report(
    kpi: Kpi, council: Path
) -> None:
    add_templates(council)
    assert build(kpi).code == 0
    document = Document(str(council / "output/exception-report-2020-04.docx"))
    words = [each.text for each in document.paragraphs]
    assert words == ["Services Panel", "Calls answered in time", "Days to reply"]
    markdown = (council / "output/exception-report-2020-04.md").read_text(encoding="utf-8")
    assert markdown == "# Services Panel\n\n- Calls answered in time\n- Days to reply\n"


def test_the_councils_own_word_document_is_an_input_of_the_papers(kpi: Kpi, council: Path) -> None:
    reference = add_templates(council) / "reference.docx"
    reference.write_bytes(make_document(header="Services Council"))
    assert build(kpi).code == 0
    document = Document(str(council / "output/exception-report-2020-04.docx"))
    assert document.sections[0].header.paragraphs[0].text == "Services Council"
    manifest = json.loads((council / "output/manifest-2020-04.json").read_text(encoding="utf-8"))
    assert "reference.docx" in manifest["inputs"]
    assert kpi("verify", "--month", "2020-04").code == 0
    reference.write_bytes(make_document(header="Another"))
    outcome = kpi("verify", "--month", "2020-04")
    assert outcome.code == 1
    assert "the input 'reference.docx' has changed" in outcome.err


@pytest.mark.parametrize(
    ("name", "content"),
    [("reference.dotx", b"any"), ("reference.docx", b"any"), ("reference.docx", b"PK\x05\x06")],
    ids=["a template of Word's", "no package", "an empty package"],
)
def test_a_file_that_is_no_word_document_is_refused(
    kpi: Kpi, council: Path, messages: Messages, *, name: str, content: bytes
) -> None:
    (add_templates(council) / name).write_bytes(content)
    outcome = build(kpi)
    assert outcome.code == 1
    (line,) = outcome.err.splitlines()
    assert line.startswith(f"templates/{name}: error: ")
    messages(line)
    assert not (council / "output/manifest-2020-04.json").exists()


def replace_in_part(name: str, *, old: bytes, new: bytes) -> bytes:
    """A Word document with other bytes in one of its parts."""
    content, changed = make_document(header="any"), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(changed, "w") as archive:
        for each in package.namelist():
            part = package.read(each)
            archive.writestr(each, part.replace(old, new) if each == name else part)
    return changed.getvalue()


def test_a_word_template_renamed_to_a_document_is_refused(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    """Word's templates have a content type of their own."""
    content = replace_in_part(
        "[Content_Types].xml", old=b"document.main+xml", new=b"template.main+xml"
    )
    (add_templates(council) / "reference.docx").write_bytes(content)
    outcome = build(kpi)
    assert outcome.code == 1
    messages(outcome.err)


@pytest.mark.parametrize(
    "content",
    [
        replace_in_part("word/document.xml", old=b"</w:body>", new=b""),
        replace_in_part("word/document.xml", old=b"w:body", new=b"w:other"),
        replace_in_part("word/styles.xml", old=b"</w:styles>", new=b""),
        replace_in_part("_rels/.rels", old=b"officeDocument", new=b"other"),
    ],
    ids=["broken text", "no text", "broken styles", "no document in the package"],
)
def test_a_damaged_document_is_refused_like_a_file_that_is_none(
    kpi: Kpi, council: Path, content: bytes
) -> None:
    (add_templates(council) / "reference.docx").write_bytes(content)
    outcome = build(kpi)
    assert outcome.code == 1
    sentence = "this is not a Word document; save it in Word as a document (*.docx)"
    assert outcome.err == f"templates/reference.docx: error: {sentence}\n"


def test_a_panel_may_have_a_long_name(kpi: Kpi, council: Path) -> None:
    path = council / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Services Panel", "Services Panel " * 20), encoding="utf-8")
    outcome = build(kpi)
    assert outcome.code == 0, outcome.err
    core = Document(str(council / "output/exception-report-2020-04.docx")).core_properties
    assert len(core.keywords) == 255


def test_the_document_alone_can_be_written(kpi: Kpi, council: Path) -> None:
    path = council / "indicators.yaml"
    path.write_text("papers: [word]\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert build(kpi).code == 0
    names = sorted(each.name for each in (council / "output").glob("[!.]*"))
    assert names == ["exception-report-2020-04.docx", "manifest-2020-04.json"]
