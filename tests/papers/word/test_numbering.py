"""Lists of a document count as those of the Markdown do."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from merton_kpi.papers.word.document import WordProperties, write_document
from merton_kpi.storage.templates import Template

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

PROPERTIES = WordProperties(title="", author="", keywords="", moment=datetime(2020, 11, 30))


def read_document(markdown: str, reference: WordDocument | None = None) -> WordDocument:
    own = None
    if reference:
        saved = io.BytesIO()
        reference.save(saved)
        own = Template(content=saved.getvalue(), path=Path("templates/reference.docx"))
    return Document(io.BytesIO(write_document(markdown, PROPERTIES, own)))


def list_starts(document: WordDocument) -> list[tuple[str, int | None, int | None]]:
    """Each paragraph with its list's instance, counted from the first, and where that starts."""
    numbering: Any = document.part.numbering_part.element
    instances: list[int] = []
    found: list[tuple[str, int | None, int | None]] = []
    for each in document.paragraphs:
        element: Any = each.paragraph_format.element
        properties = element.pPr.numPr if element.pPr is not None else None
        if properties is None:
            found.append((each.text, None, None))
            continue
        instance = properties.numId.val
        instances += [instance] if instance not in instances else []
        (start,) = numbering.num_having_numId(instance).xpath("w:lvlOverride/w:startOverride")
        found.append((each.text, instances.index(instance), start.val))
    return found


TWO_LISTS = "1. a\n2. b\n\nthen\n\n4. c\n5. d\n"


def test_each_list_begins_with_its_own_number() -> None:
    assert list_starts(read_document(TWO_LISTS)) == [
        ("a", 0, 1),
        ("b", 0, 1),
        ("then", None, None),
        ("c", 1, 4),
        ("d", 1, 4),
    ]


def test_each_list_within_an_item_begins_anew() -> None:
    found = list_starts(read_document("1. a\n   1. b\n2. c\n\n   0. d\n"))
    assert found == [("a", 0, 1), ("b", 1, 1), ("c", 0, 1), ("d", 2, 0)]


def test_a_further_paragraph_of_an_item_has_neither_bullet_nor_number() -> None:
    own = read_document("- a\n\n  b\n  - c\n\n    d\n\n1. e\n\n   f\n2. g\n")
    names = [(each.text, str(each.style and each.style.name)) for each in own.paragraphs]
    assert names == [
        ("a", "List Bullet"),
        ("b", "List Continue"),
        ("c", "List Bullet 2"),
        ("d", "List Continue 2"),
        ("e", "List Number"),
        ("f", "List Continue"),
        ("g", "List Number"),
    ]
    numbers = {text: instance for text, instance, _ in list_starts(own)}
    assert [numbers[text] for text in "efg"] == [0, None, 0]


def test_a_councils_own_numbering_is_kept() -> None:
    """A list of its style counts in its way, from the list's own number."""
    reference = Document()
    numbering: Any = reference.part.numbering_part.element
    (level,) = numbering.xpath("w:abstractNum/w:lvl[w:pStyle/@w:val='ListNumber']")
    level.find(qn("w:numFmt")).set(qn("w:val"), "lowerRoman")
    definition = level.getparent().get(qn("w:abstractNumId"))
    own = read_document(TWO_LISTS, reference)
    after: Any = own.part.numbering_part.element
    used = {str(each.abstractNumId.val) for each in after.xpath("w:num[w:lvlOverride]")}
    assert used == {definition}


@pytest.mark.parametrize("number", [None, 0, 99], ids=["none", "taken away", "unknown"])
def test_a_style_without_a_numbering_counts_as_words_own(number: int | None) -> None:
    """Else the report's numbers would be lost."""
    reference = Document()
    styles: Any = reference.styles
    properties = styles["List Number"].element.pPr
    if number is None:
        properties.remove(properties.numPr)
    else:
        properties.numPr.numId.val = number
    own = read_document(TWO_LISTS, reference)
    assert [start for _, _, start in list_starts(own)] == [1, 1, None, 4, 4]


def test_styles_that_are_based_on_each_other_do_not_stop_the_report() -> None:
    reference = Document()
    styles: Any = reference.styles
    first, second = styles["List Number"], styles["List Number 2"]
    for one, other in ((first, second), (second, first)):
        one.base_style = other
        one.element.pPr.remove(one.element.pPr.numPr)
    assert [text for text, _, _ in list_starts(read_document("1. a\n", reference))] == ["a"]
