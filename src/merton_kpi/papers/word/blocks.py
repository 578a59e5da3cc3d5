"""Blocks of Markdown to the paragraphs, lists and tables of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from merton_kpi.papers.word.column_widths import choose_widths
from merton_kpi.papers.word.numbering import add_list, apply_numbering
from merton_kpi.papers.word.styles import (
    DEEPEST_LIST,
    HEADING_STYLES,
    LIST_STYLES,
    TABLE_STYLE,
    choose_style,
    measure_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document as WordDocument
    from markdown_it.tree import SyntaxTreeNode


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run of words looks."""

    bold: bool = False
    italic: bool = False


class BlockWriter:
    """Adds blocks of Markdown to a document, one after another.

    A paragraph is added before the element that ends the document, which says how its last pages
    are, and by its style's id. python-docx would look through the whole document for that element
    and through all styles for the default one, again for each paragraph: half of the time that a
    document took.
    """

    def __init__(self, document: WordDocument) -> None:
        styles: Any = document.styles
        self._document = document
        self._end: Any = document.element.body.get_or_add_sectPr()
        self._default_style = styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self._styles: dict[str, Any] = {}
        self._heading = ""

    def write_blocks(self, nodes: Sequence[SyntaxTreeNode]) -> None:
        for node in nodes:
            match node.type:
                case "heading":
                    style = self._choose_style(HEADING_STYLES[int(node.tag[1:])])
                    self._heading = _read_words(node)
                    _add_words(self._add_paragraph(style), node)
                case "paragraph":
                    _add_words(self._add_paragraph(), node)
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
                    paragraph = self._add_paragraph()
                    if words := node.content.rstrip("\n"):
                        paragraph.add_run(words)

    def _choose_style(self, name: str) -> Any:
        """The paragraphs' style of this name; None where there can be none."""
        if name not in self._styles:
            self._styles[name] = choose_style(self._document, name)
        return self._styles[name]

    def _add_paragraph(self, style: Any = None) -> Paragraph:
        """Add an empty paragraph at the end."""
        element: Any = OxmlElement("w:p")
        self._end.addprevious(element)
        if style is not None:  # the default style has no name in a paragraph
            element.style = None if style == self._default_style else style.style_id
        return Paragraph(element, self._document)

    def _write_list(self, node: SyntaxTreeNode, depth: int) -> None:
        style = self._choose_style(LIST_STYLES[node.type][depth - 1])
        numbering = None
        if node.type == "ordered_list" and style is not None:
            start = int(node.attrs.get("start", 1))
            numbering = add_list(self._document, style, start)
        for item in node.children:
            for number, block in enumerate(item.children):
                if block.type in ("bullet_list", "ordered_list"):
                    self._write_list(block, min(depth + 1, DEEPEST_LIST))
                elif block.type != "paragraph":
                    self.write_blocks([block])
                elif number:
                    continued = self._choose_style(LIST_STYLES["paragraph"][depth - 1])
                    _add_words(self._add_paragraph(continued), block)
                else:
                    paragraph = self._add_paragraph(style)
                    if numbering:
                        apply_numbering(paragraph, numbering)
                    _add_words(paragraph, block)

    def _write_table(self, node: SyntaxTreeNode) -> None:
        rows = [row.children for part in node.children for row in part.children]
        words = [[_read_words(cell) for cell in row] for row in rows]
        table = self._document.add_table(len(rows), len(rows[0]))
        table.style = choose_style(self._document, TABLE_STYLE, WD_STYLE_TYPE.TABLE)
        section = self._document.sections[-1]
        assert section.page_width and section.left_margin is not None
        room = section.page_width - section.left_margin - (section.right_margin or 0)
        table.autofit = False
        widths = choose_widths(words, room, measure_type(self._document))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, (written, row) in enumerate(zip(table.rows, rows, strict=True)):
            for cell, content, width in zip(written.cells, row, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                if "right" in str(content.attrs.get("style", "")):  # a column of numbers
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                _add_words(paragraph, content, _Look(bold=number == 0))
        self._add_description(words[0])

    def _add_description(self, headers: Sequence[str]) -> None:
        """Mark the last table's first row as its header, and say what the table has."""
        table = self._end.getprevious()
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
        self._add_paragraph()  # Word joins tables that nothing stands between


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
