"""Styles that a council's document does not have are added as Word has them."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt

from merton_kpi.papers.word.document import WordProperties, write_document
from merton_kpi.papers.word.styles import (
    HEADING_STYLES,
    LIST_STYLES,
    TABLE_STYLE,
    choose_style,
    measure_type,
)
from merton_kpi.storage.templates import Template

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LISTS = [name for names in LIST_STYLES.values() for name in names]
PARAGRAPHS = [*HEADING_STYLES.values(), *LISTS]
ALL = [*PARAGRAPHS, TABLE_STYLE]
MARKDOWN = """\
# a
## b
### c
#### d
##### e
###### f

- g

  h
  - i

    j
    - k

      l

1. m

   n
   1. o

      p
      1. q

| r |
| --- |
| s |
"""
WORDS = list("abcdefghijklmnopq")


def write_with(reference: WordDocument) -> WordDocument:
    saved = io.BytesIO()
    reference.save(saved)
    properties = WordProperties(title="", author="", keywords="", moment=datetime(2020, 11, 30))
    own = Template(content=saved.getvalue(), path=Path("templates/reference.docx"))
    return Document(io.BytesIO(write_document(MARKDOWN, properties, own)))


def list_words(document: WordDocument) -> list[str]:
    return [each.text for each in document.paragraphs if each.text]


def remove_styles(*names: str) -> WordDocument:
    document = Document()
    styles: Any = document.styles
    for name in names:
        styles[name].delete()
    return document


@pytest.mark.parametrize("name", ALL)
def test_a_style_that_a_councils_document_does_not_have_is_added(name: str) -> None:
    own = write_with(remove_styles(name))
    assert list_words(own) == WORDS
    used = {str(each.style.name) for each in own.paragraphs if each.style}
    used |= {str(each.style.name) for each in own.tables if each.style}
    assert used >= set(ALL) - {"Normal"}


def test_a_document_without_styles_numberings_and_page_gets_them_all() -> None:
    document = Document()
    document.styles.element.clear()
    body: Any = document.element.body
    body.remove(body.sectPr)
    for key, each in list(document.part.rels.items()):
        if each.reltype.endswith("/numbering"):
            del document.part.rels[key]
    own = write_with(document)
    assert list_words(own) == WORDS
    assert {str(each.style.name) for each in own.tables if each.style} == {TABLE_STYLE}
    assert own.sections[0].page_width


@pytest.mark.parametrize(("level", "name"), HEADING_STYLES.items())
def test_an_added_heading_is_a_real_one_in_the_documents_own_typeface(
    level: int, name: str
) -> None:
    document = remove_styles(name)
    styles: Any = document.styles
    styles["Normal"].font.size = Pt(13)
    style = choose_style(document, name)
    assert style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == str(level - 1)
    assert (style.base_style.name, style.font.name, style.font.bold) == ("Normal", None, True)
    assert style.font.size >= Pt(13)
    assert style.builtin


def test_an_added_heading_is_no_larger_than_those_above_it() -> None:
    document = remove_styles("Heading 2", "Heading 3")
    styles: Any = document.styles
    styles["Heading 1"].font.size = Pt(14)
    assert choose_style(document, "Heading 2").font.size == Pt(14)
    assert choose_style(document, "Heading 3").font.size == Pt(13)


@pytest.mark.parametrize("name", [name for name in LISTS if "Continue" not in name])
def test_an_added_list_has_words_own_bullet_or_number(name: str) -> None:
    document = remove_styles(name)
    style = choose_style(document, name)
    numbering = document.part.numbering_part.element
    instance = numbering.num_having_numId(style.element.pPr.numPr.numId.val)
    (kind,) = numbering.xpath(
        f'w:abstractNum[@w:abstractNumId="{instance.abstractNumId.val}"]/w:lvl/w:numFmt/@w:val'
    )
    assert kind == ("bullet" if "Bullet" in name else "decimal")


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_style_of_another_kind_by_that_name_is_done_without(name: str) -> None:
    document = remove_styles(name)
    document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    assert list_words(write_with(document)) == WORDS


def test_an_added_style_has_an_id_of_its_own() -> None:
    document = remove_styles("List Bullet")
    styles: Any = document.styles
    styles.add_style("Our bullet", WD_STYLE_TYPE.PARAGRAPH).style_id = "ListBullet"
    assert choose_style(document, "List Bullet").style_id == "ListBulletReport"


def test_the_size_of_type_is_that_of_normal_or_of_all_styles() -> None:
    document = Document()
    styles: Any = document.styles
    styles["Normal"].font.size = Pt(13)
    assert measure_type(document) == Pt(13)
    styles["Normal"].font.size = None
    assert measure_type(document) == Pt(11)
    defaults = styles.element.find(qn("w:docDefaults"))
    styles.element.remove(defaults)
    assert measure_type(document) == Pt(10)
