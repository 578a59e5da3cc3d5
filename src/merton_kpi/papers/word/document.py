"""The report's Markdown to a Word document, in the styles of Word or of a council's own document.

The report is written from its rendered Markdown, so that a council's template governs both. What
python-docx's public API cannot say (a header row that is repeated, a table's description, the
language, page numbers) is added to the document's XML, which `Document.element` gives.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.papers.word.column_widths import choose_widths
from merton_kpi.papers.zip_package import write_zip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from merton_kpi.storage.files import Template

_LANGUAGE = "en-GB"
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = Cm(21), Cm(29.7), Cm(2.2)  # A4
_TYPEFACE, _SIZE, _NAVY = "Arial", Pt(11), RGBColor(0x1F, 0x38, 0x64)
_HEADING_SIZES = {1: Pt(20), 2: Pt(16), 3: Pt(13), 4: Pt(11)}
_TABLE_STYLE = "Table Grid"
_LIST_STYLES = {"bullet_list": "List Bullet", "ordered_list": "List Number"}
_DEEPEST_LIST, _DEEPEST_HEADING = 3, 9  # for which Word has styles


@dataclass(frozen=True, kw_only=True, slots=True)
class WordProperties:
    """What a document says of itself: `moment` is when it was made."""

    title: str
    author: str
    keywords: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run of words looks."""

    bold: bool = False
    italic: bool = False


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
        BuildStoppedError: The reference is no Word document.
    """
    if reference:
        document = _read_reference(reference)
        _remove_text(document)
    else:
        document = Document()
        _add_styles(document)
    _add_properties(document, properties)
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown))
    _Writer(document).write_blocks(tree.children)
    written = io.BytesIO()
    document.save(written)
    return write_zip(written, properties.moment)


def _read_reference(reference: Template) -> WordDocument:
    try:
        return Document(io.BytesIO(reference.content))
    except (ValueError, KeyError, BadZipFile, PackageNotFoundError) as error:
        message = "this is not a Word document; save it in Word as a document (*.docx)"
        raise BuildStoppedError.at(reference.path.as_posix(), "word_document", message) from error


def _remove_text(document: WordDocument) -> None:
    """Remove all from the body but the last section's page and margins."""
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)


def _add_styles(document: WordDocument) -> None:
    """Word's own styles on A4, in Arial, with page numbers."""
    (section,) = document.sections
    section.page_width, section.page_height = _PAGE_WIDTH, _PAGE_HEIGHT
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    styles: Any = document.styles
    _add_font(styles["Normal"], size=_SIZE)
    styles["Normal"].paragraph_format.space_after = Pt(8)
    for level, size in _HEADING_SIZES.items():
        style = styles[f"Heading {level}"]
        _add_font(style, size=size)
        style.font.bold, style.font.italic, style.font.color.rgb = True, False, _NAVY
        style.paragraph_format.space_before = Pt(14)
        style.paragraph_format.space_after = Pt(6)
    _add_page_numbers(document)


def _add_font(style: Any, *, size: Any) -> None:
    """Arial for every script: a style of Word's names its theme's typeface beside its own."""
    style.font.name, style.font.size = _TYPEFACE, size
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _TYPEFACE)


def _add_page_numbers(document: WordDocument) -> None:
    """`Page 1 of 5` at the foot of each page, as fields that Word fills in."""
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    paragraph = footer.part.element.find(qn("w:p"))
    for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.append(_compose_run(text))
        element = OxmlElement("w:fldSimple")
        element.set(qn("w:instr"), field)
        element.append(_compose_run("1"))
        paragraph.append(element)


def _compose_run(text: str) -> Any:
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return run


def _add_properties(document: WordDocument, properties: WordProperties) -> None:
    core = document.core_properties
    core.title, core.author, core.keywords = (
        properties.title,
        properties.author,
        properties.keywords,
    )
    core.last_modified_by, core.language, core.comments = properties.author, _LANGUAGE, ""
    core.created = core.modified = properties.moment
    core.revision = 1
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)


class _Writer:
    """Adds blocks of Markdown to a document, one after another."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._heading = ""

    def write_blocks(self, nodes: Sequence[SyntaxTreeNode]) -> None:
        for node in nodes:
            match node.type:
                case "heading":
                    level = min(int(node.tag[1:]), _DEEPEST_HEADING)
                    self._heading = _read_words(node)
                    _add_words(self._document.add_heading(level=level), node)
                case "paragraph":
                    _add_words(self._document.add_paragraph(), node)
                case "bullet_list" | "ordered_list":
                    self._write_list(node, 1)
                case "table":
                    self._write_table(node)
                case "blockquote":
                    self.write_blocks(node.children)
                case "hr":
                    pass
                case "html_block" if not _convert_html(node):
                    pass
                case _:  # code and HTML, as the words that they are
                    self._document.add_paragraph(node.content.rstrip("\n"))

    def _write_list(self, node: SyntaxTreeNode, depth: int) -> None:
        name = _LIST_STYLES[node.type] + (f" {depth}" if depth > 1 else "")
        style = self._choose_style(name)
        for item in node.children:
            for block in item.children:
                if block.type in _LIST_STYLES:
                    self._write_list(block, min(depth + 1, _DEEPEST_LIST))
                elif block.type == "paragraph":
                    _add_words(self._document.add_paragraph(style=style), block)
                else:
                    self.write_blocks([block])

    def _write_table(self, node: SyntaxTreeNode) -> None:
        rows = [row.children for part in node.children for row in part.children]
        words = [[_read_words(cell) for cell in row] for row in rows]
        table = self._document.add_table(len(rows), len(rows[0]))
        table.style = self._choose_style(_TABLE_STYLE, WD_STYLE_TYPE.TABLE)
        section = self._document.sections[-1]
        assert section.page_width and section.left_margin is not None
        room = section.page_width - section.left_margin - (section.right_margin or 0)
        table.autofit = False
        widths = choose_widths(words, room)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, row in enumerate(rows):
            for cell, content, width in zip(table.rows[number].cells, row, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                _add_words(paragraph, content, _Look(bold=number == 0))
        self._add_description(words[0])

    def _add_description(self, headers: Sequence[str]) -> None:
        """Mark the last table's first row as its header, and say what the table has."""
        table = list(self._document.element.body.iter(qn("w:tbl")))[-1]
        properties = table.tblPr
        place = f" under the heading {self._heading}" if self._heading else ""
        description = f"Table{place}. Its columns are {', '.join(headers)}."
        for tag, text in (
            ("w:tblCaption", self._heading or "Table"),
            ("w:tblDescription", description),
        ):
            element = OxmlElement(tag)
            element.set(qn("w:val"), text)
            properties.append(element)
        for number, row in enumerate(table.iter(qn("w:tr"))):
            row_properties = row.get_or_add_trPr()
            row_properties.append(OxmlElement("w:cantSplit"))
            if number == 0:
                row_properties.append(OxmlElement("w:tblHeader"))
        self._document.add_paragraph()  # Word joins tables that nothing stands between

    def _choose_style(self, name: str, kind: Any = WD_STYLE_TYPE.PARAGRAPH) -> str | None:
        """The name of a style, or None where a council's document does not have it."""
        has_it = any(each.name == name and each.type == kind for each in self._document.styles)
        return name if has_it else None


def _add_words(paragraph: Paragraph, node: SyntaxTreeNode, look: _Look | None = None) -> None:
    """Add a block's words to a paragraph, with their bold and italic type and line breaks."""
    for text, each in _list_runs(node, look or _Look()):
        if text == "\n":
            paragraph.add_run().add_break(WD_BREAK.LINE)
            continue
        if not text:
            continue
        run = paragraph.add_run(text)
        run.bold, run.italic = each.bold or None, each.italic or None


def _list_runs(node: SyntaxTreeNode, look: _Look) -> Iterator[tuple[str, _Look]]:
    """The pieces of a block's words, each with its look; a line break is a newline."""
    for child in node.children:
        match child.type:
            case "strong":
                yield from _list_runs(child, _Look(bold=True, italic=look.italic))
            case "em":
                yield from _list_runs(child, _Look(bold=look.bold, italic=True))
            case "softbreak":
                yield " ", look
            case "hardbreak":
                yield "\n", look
            case "html_inline":
                yield _convert_html(child), look
            case "link":
                yield from _list_runs(child, look)
                yield f" ({child.attrs['href']})", look
            case "image":
                yield f"{child.content} ({child.attrs['src']})", look
            case _ if child.children:
                yield from _list_runs(child, look)
            case _:
                yield child.content, look


def _convert_html(node: SyntaxTreeNode) -> str:
    """HTML as the words that it is, but for a line break and a comment.

    The report has a comment in each e-mail address, `a<!-- -->@b`, so that it becomes no link.
    """
    if node.content == "<br>":
        return "\n"
    return "" if re.fullmatch(r"<!--.*?-->\s*", node.content, re.DOTALL) else node.content


def _read_words(node: SyntaxTreeNode) -> str:
    return "".join(text for text, _ in _list_runs(node, _Look())).strip()
