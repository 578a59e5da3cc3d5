"""The figures and words that a program shows before it reads the cells that a chart draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.chart.data_source import NumData, StrData
from openpyxl.descriptors.nested import NestedInteger, NestedText
from openpyxl.xml.functions import SubElement

if TYPE_CHECKING:
    from collections.abc import Sequence


class CachedFigures(NumData):
    """The figures that a program shows before it reads the cells; None leaves a gap.

    The digits are written as they are given: openpyxl's `NumVal` turns them into floats, and writes
    0.07 as 0.07000000000000001.
    """

    # A subclass writes only the elements that it names itself.
    formatCode = NestedText(expected_type=str, allow_none=True)  # noqa: N815 - openpyxl's name
    ptCount = NestedInteger(allow_none=True)  # noqa: N815

    def __init__(self, digits: Sequence[str | None], number_format: str) -> None:
        super().__init__(formatCode=number_format, ptCount=len(digits))
        self.digits = digits

    def to_tree(self, *names: Any, **options: Any) -> Any:
        return _add_points(super().to_tree(*names, **options), self.digits)


class CachedWords(StrData):
    """The words that a program shows before it reads the cells."""

    ptCount = NestedInteger(allow_none=True)  # noqa: N815

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(ptCount=len(words))
        self.words = words

    def to_tree(self, *names: Any, **options: Any) -> Any:
        return _add_points(super().to_tree(*names, **options), self.words)


def _add_points(cache: Any, values: Sequence[str | None]) -> Any:
    for index, value in enumerate(values):
        if value is not None:
            point = SubElement(cache, "pt", {"idx": str(index)})
            SubElement(point, "v").text = value
    return cache
