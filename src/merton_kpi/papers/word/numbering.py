"""How a list counts: an instance of its own, so that it does not go on from the list before it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbering:
    """A numbering's instance in a document, and the level of it that counts."""

    instance: int
    level: int


def list_bases(style: Any) -> Iterator[Any]:
    """A style and those that it is based on; a damaged document may have them in a circle."""
    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        seen.add(style.style_id)
        yield style
        style = style.base_style


def add_list(document: WordDocument, style: Any, start: int) -> Numbering:
    """Add a list that begins with this number, and counts as its style does."""
    numbering = _read_numbering(document)
    found = _search_definition(numbering, style)
    if found is None:
        found = _add_definition(document, Document().styles["List Number"]), 0
    definition, level = found
    instance = numbering.add_num(definition)
    instance.add_lvlOverride(ilvl=level).add_startOverride(start)
    return Numbering(instance=instance.numId, level=level)


def apply_numbering(paragraph: Paragraph, numbering: Numbering) -> None:
    """Count a paragraph as an item of the list."""
    element: Any = paragraph.paragraph_format.element
    properties = element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = numbering.level
    properties.get_or_add_numId().val = numbering.instance


def add_default_numbering(document: WordDocument, style: Any, source: Any) -> None:
    """Let a style count, or have a bullet, as one of Word's own does."""
    definition = _add_definition(document, source)
    instance = _read_numbering(document).add_num(definition)
    style.element.pPr.numPr.get_or_add_numId().val = instance.numId


def _read_numbering(document: WordDocument) -> Any:
    """The definitions of a document's lists; Word's own where it has none."""
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        part = Document().part.numbering_part
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    element: Any = part
    return element.element


def _search_definition(numbering: Any, style: Any) -> tuple[int, int] | None:
    """The number of the definition by which a style counts, and the level of it."""
    for each in list_bases(style):
        properties = each.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is not None and properties.numId is not None:
            instances = numbering.xpath(f'w:num[@w:numId="{properties.numId.val}"]')
            if not instances:  # as in a style that takes the number away
                return None
            definition = instances[0].abstractNumId.val
            levels = numbering.xpath(
                f'w:abstractNum[@w:abstractNumId="{definition}"]/w:lvl'
                f'[w:pStyle/@w:val="{each.style_id}"]/@w:ilvl'
            )
            level = properties.ilvl.val if properties.ilvl is not None else 0
            return definition, int(levels[0]) if levels else level
    return None


def _add_definition(document: WordDocument, source: Any) -> int:
    """Add the definition by which a style of Word's own counts, and return its number."""
    numbering, own = _read_numbering(document), _read_numbering(Document())
    found = _search_definition(own, source)
    assert found
    (copied,) = map(deepcopy, own.xpath(f'w:abstractNum[@w:abstractNumId="{found[0]}"]'))
    # Word knows two definitions for the same by the first two; the third is the id of a style.
    for element in list(copied.iter(qn("w:nsid"), qn("w:tmpl"), qn("w:pStyle"))):
        element.getparent().remove(element)
    others = numbering.findall(qn("w:abstractNum"))
    number = max((int(each.get(qn("w:abstractNumId"))) for each in others), default=-1) + 1
    copied.set(qn("w:abstractNumId"), str(number))
    if others:
        others[-1].addnext(copied)
    else:  # after pictures, before instances
        pictures = numbering.findall(qn("w:numPicBullet"))
        numbering.insert(len(pictures), copied)
    return number
