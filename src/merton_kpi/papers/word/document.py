"""The report's Markdown to a Word document, in the styles of Word or of a council's own document.

The report is written from its rendered Markdown, so that a council's template governs both. What
python-docx's public API cannot say (a header row that is repeated, a table's description, the
language, page numbers) is added to the document's XML, which `Document.element` gives.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from merton_kpi.core.issues import BuildStoppedError, shorten
from merton_kpi.core.text import UNWRITABLE
from merton_kpi.papers.word.blocks import BlockWriter
from merton_kpi.papers.word.styles import add_missing_page, add_own_styles
from merton_kpi.papers.zip_package import write_zip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from docx.document import Document as WordDocument

    from merton_kpi.storage.templates import Template

_LANGUAGE = "en-GB"
_LONGEST_PROPERTY = 255  # characters that a document's property holds
_QUOTED = 20  # characters before and after one that cannot be written
# What python-docx and zipfile raise for a file that is no Word document, or a damaged one; the
# parser's error for broken XML is a SyntaxError.
_FAULTS_OF_FILE = (
    *(AttributeError, IndexError, KeyError, TypeError, ValueError),
    *(BadZipFile, NotImplementedError, PackageNotFoundError, RuntimeError, SyntaxError),
    zlib.error,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class WordProperties:
    """What a document says of itself: `moment` is when it was made."""

    title: str
    author: str
    keywords: str
    moment: datetime


def write_document(
    markdown: str, properties: WordProperties, reference: Template | None = None
) -> bytes:
    """Write a report as a docx file: A4, British English, equal bytes for the same input.

    Args:
        markdown: The rendered report.
        properties: What the document says of itself.
        reference: A council's own Word document, whose styles and page are taken; its text is left
            out. None: Word's own styles, in Arial, on A4.

    Raises:
        BuildStoppedError: The reference is no Word document, or the report has a character that no
            Word document can hold.
    """
    if reference:
        document = _read_reference(reference)
    else:
        document = Document()
        add_own_styles(document)
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown))
    _check_characters([*_list_texts(properties), markdown, *_list_contents(tree)])
    _add_properties(document, properties)
    BlockWriter(document).write_blocks(tree.children)
    written = io.BytesIO()
    document.save(written)
    return write_zip(written, properties.moment)


def _read_reference(reference: Template) -> WordDocument:
    """The council's document without its text."""
    try:
        document = Document(io.BytesIO(reference.content))
        _remove_text(document)
        add_missing_page(document)
    except _FAULTS_OF_FILE as error:
        message = "this is not a Word document; save it in Word as a document (*.docx)"
        raise BuildStoppedError.at(reference.path.as_posix(), "word_document", message) from error
    return document


def _remove_text(document: WordDocument) -> None:
    """Remove all from the body but the last section's page and margins."""
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)


def _list_texts(properties: WordProperties) -> list[str]:
    return [properties.title, properties.author, properties.keywords]


def _list_contents(tree: SyntaxTreeNode) -> Iterator[str]:
    """The text of each node, in which `&#12;` has become the character."""
    for node in tree.walk(include_self=False):
        yield node.content
        yield from map(str, node.attrs.values())


def _check_characters(texts: Iterable[str]) -> None:
    """Raise BuildStoppedError where a text has a character that XML cannot hold."""
    for text in texts:
        if found := UNWRITABLE.search(text):
            around = text[max(0, found.start() - _QUOTED) : found.end() + _QUOTED]
            words = shorten(UNWRITABLE.sub("?", around))
            code = f"U+{ord(found[0]):04X}"
            message = f"the character {code} cannot be written; take it out of the words '{words}'"
            raise BuildStoppedError.at("the Word document", "unwritable_character", message)


def _shorten_property(text: str) -> str:
    return text if len(text) <= _LONGEST_PROPERTY else f"{text[: _LONGEST_PROPERTY - 1]}…"


def _add_properties(document: WordDocument, properties: WordProperties) -> None:
    core = document.core_properties
    core.title, core.author, core.keywords = map(_shorten_property, _list_texts(properties))
    core.last_modified_by, core.language, core.comments = core.author, _LANGUAGE, ""
    core.created = core.modified = properties.moment
    core.revision = 1
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
