"""Other programs read the Word document, and a validator of the standard finds no fault.

Slow. A program that is not installed is skipped.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from helpers.cards import make_card, make_random_card
from helpers.councils import GOLDEN, ROOT
from helpers.node import list_faults

from merton_kpi.papers.templated.report import format_report
from merton_kpi.papers.word.document import WordProperties, write_document
from merton_kpi.storage.templates import REPORT_TEMPLATE, Template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.slow

PROPERTIES = WordProperties(
    title="Performance monitoring report",
    author="Anyborough Council",
    keywords="performance",
    moment=datetime(2020, 11, 30),
)
LONG_WORDS = "Telecommunications-infrastructure counterrevolutionaries institutionalisation"


def format_card(card: Any) -> str:
    template = (ROOT / "templates" / REPORT_TEMPLATE).read_text(encoding="utf-8")
    return format_report(card, template, REPORT_TEMPLATE)


def read_golden(name: str) -> str:
    return (GOLDEN / name).read_text(encoding="utf-8")


REPORTS: dict[str, Callable[[], str]] = {
    "Merton's": lambda: read_golden("exception-report-2020-11.md"),
    "the second council's": lambda: read_golden("second-council-2023-09.md"),
    "a council of flats'": lambda: read_golden("housing-2024-12.md"),
    "random text": lambda: format_card(make_random_card()),
    "long words": lambda: format_card(
        make_card(6, text=LONG_WORDS, owner=LONG_WORDS, frequency="quarterly")
    ),
}


def make_reference() -> Template:
    """A council's own document, with larger type than ours and a header."""
    document = Document()
    document.styles["Normal"].font.size = Pt(13)
    document.sections[0].header.paragraphs[0].text = "Anyborough Council"
    written = io.BytesIO()
    document.save(written)
    return Template(content=written.getvalue(), path=Path("templates/reference.docx"))


@pytest.fixture(params=[(name, own) for name in REPORTS for own in (False, True)], ids=str)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A document in our styles or in a council's own."""
    name, is_own = request.param
    path = tmp_path / "report.docx"
    reference = make_reference() if is_own else None
    path.write_bytes(write_document(REPORTS[name](), PROPERTIES, reference))
    return path


def test_the_validator_finds_nothing(path: Path, node_modules: Path) -> None:
    assert list_faults(path, node_modules) == []


def convert(path: Path, kind: str) -> Path:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    home = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", kind, path.name]
    subprocess.run(command, cwd=path.parent, check=True, capture_output=True, timeout=180)
    return path.with_suffix(f".{kind}")


def test_no_word_breaks_in_print(path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("Poppler is not installed")
    printed = subprocess.check_output(
        ["pdftotext", "-raw", convert(path, "pdf"), "-"], encoding="utf-8"
    )
    words = Counter(word for text in list_texts(path) for word in list_words(text))
    assert words - Counter(list_words(printed)) == Counter()


def list_texts(path: Path) -> Iterator[str]:
    """The text of each paragraph, those of the tables' cells too."""
    for paragraph in Document(str(path)).element.body.iter(qn("w:p")):
        yield "".join(
            (part.text or "") if part.tag == qn("w:t") else "\n"
            for part in paragraph.iter(qn("w:t"), qn("w:br"))
        )


def list_words(text: str) -> list[str]:
    """Runs of Latin letters and digits: a line may end between others, and a PDF joins Arabic's."""
    return re.findall(r"[0-9A-Za-z]+", text)


def test_libreoffice_reads_headings_header_rows_language_and_page(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    report = read_golden("exception-report-2020-11.md")
    path.write_bytes(write_document(report, PROPERTIES))
    read = ElementTree.parse(convert(path, "fodt"))

    def list_local(name: str) -> list[Any]:
        return read.findall(f".//{{*}}{name}")

    levels = [
        int(value) for each in list_local("h") for value in read_values(each, "outline-level")
    ]
    assert levels == [len(hashes) for hashes in re.findall(r"^(#+) ", report, re.MULTILINE)]
    assert len(list_local("table-header-rows")) == len(list_local("table")) == 4
    languages = {
        (*read_values(each, "language"), *read_values(each, "country"))
        for each in list_local("text-properties")
        if read_values(each, "language")
    }
    assert languages == {("en", "GB")}
    pages = [
        [*read_values(each, "page-width"), *read_values(each, "page-height")]
        for each in list_local("page-layout-properties")
    ]
    sizes = {round(float(inches.removesuffix("in")) * 25.4) for page in pages for inches in page}
    assert sizes == {210, 297}
    assert [each.text for each in list_local("title")][:1] == [PROPERTIES.title]
    assert [each.text for each in list_local("initial-creator")] == [PROPERTIES.author]


def read_values(element: Any, name: str) -> list[str]:
    """The attributes of that name, whichever namespace they are in."""
    return [value for key, value in element.attrib.items() if key.rpartition("}")[2] == name]
