"""The styles of a document: the program's own, and those that a council's document does not have.

A Word document has only the styles that somebody has used in it or changed, so that a council's
document often has no `Heading 4`, `List Bullet` or `Table Grid`.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from merton_kpi.papers.word.numbering import add_default_numbering, list_bases

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

TABLE_STYLE = "Table Grid"
DEEPEST_LIST = 3  # for which Word has styles
_DEPTHS = ("", *(f" {depth}" for depth in range(2, DEEPEST_LIST + 1)))
LIST_STYLES = {
    kind: tuple(f"{name}{depth}" for depth in _DEPTHS)
    for kind, name in (
        ("bullet_list", "List Bullet"),
        ("ordered_list", "List Number"),
        ("paragraph", "List Continue"),
    )
}
HEADING_STYLES = {level: f"Heading {level}" for level in range(1, 7)}

_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = Cm(21), Cm(29.7), Cm(2.2)  # A4
_TYPEFACE, _SIZE, _NAVY = "Arial", Pt(11), RGBColor(0x1F, 0x38, 0x64)
_HEADING_SIZES = {1: Pt(20), 2: Pt(16), 3: Pt(13), 4: Pt(11)}
_SIZE_OF_NONE = Pt(10)  # Word's, where a document gives no size


def add_own_styles(document: WordDocument) -> None:
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


def add_missing_page(document: WordDocument) -> None:
    """A4, in a council's document that does not say how large its pages are."""
    document.element.body.get_or_add_sectPr()
    section = document.sections[-1]
    section.page_width = section.page_width or _PAGE_WIDTH
    section.page_height = section.page_height or _PAGE_HEIGHT
    for side in ("left_margin", "right_margin"):
        if getattr(section, side) is None:
            setattr(section, side, _MARGIN)


def choose_style(document: WordDocument, name: str, kind: Any = WD_STYLE_TYPE.PARAGRAPH) -> Any:
    """The style of this name, added as Word has it where the document does not.

    None where the document has another kind of style by this name.
    """
    styles: Any = document.styles
    for style in styles:
        if style.type == kind and str(style.name).casefold() == name.casefold():
            return style
    return None if name in styles else _add_default_style(document, name, kind)


def _add_default_style(document: WordDocument, name: str, kind: Any) -> Any:
    """Word's own style without its typeface, which is that of the document's text."""
    styles: Any = document.styles
    source: Any = Document().styles[name]
    used = {each.style_id for each in styles}
    style = styles.add_style(name, kind, builtin=True)
    while style.style_id in used:
        style.style_id += "Report"
    style.priority, style.quick_style = source.priority, source.quick_style
    for tag in ("w:pPr", "w:tblPr"):
        properties = source.element.find(qn(tag))
        if properties is not None:
            style.element.append(deepcopy(properties))
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = styles.default(kind)
    if name in HEADING_STYLES.values():
        style.next_paragraph_style = styles.default(kind) or style
        style.font.bold = True
        style.font.size = _choose_heading_size(document, int(name[-1]))
    elif style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None:
        add_default_numbering(document, style, source)
    return style


def _choose_heading_size(document: WordDocument, level: int) -> int:
    """The size of an added heading: no larger than those above it, but as large as the text."""
    styles: Any = document.styles
    above = [HEADING_STYLES[each] for each in range(1, level)]
    sizes = [each.font.size for each in styles if each.name in above and each.font.size]
    least: int = min([_HEADING_SIZES.get(level, _SIZE), *sizes])
    return max(measure_type(document), least)


def measure_type(document: WordDocument) -> int:
    """The size of the document's type, in Word's units: that of the style Normal."""
    styles: Any = document.styles
    for style in list_bases(styles.default(WD_STYLE_TYPE.PARAGRAPH)):
        if style.font.size:
            return int(style.font.size)
    defaults = styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:sz")
    return int(defaults[0].val if defaults else _SIZE_OF_NONE)
