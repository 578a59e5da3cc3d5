"""The ids of the indicators on a page, which links from elsewhere lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def choose_anchors(numbers: Iterable[str]) -> tuple[str, ...]:
    """An id for each indicator by its number: `indicator-3`, `indicator-crp-12-a`.

    It stays the same from month to month. Numbers that differ only in signs or capitals have
    their place among those that are like them after it.
    """
    used: dict[str, int] = {}
    anchors = []
    for number in numbers:
        plain = "".join(sign if sign.isalnum() else " " for sign in number.casefold())
        anchor = "-".join(("indicator", *plain.split()))
        used[anchor] = used.get(anchor, 0) + 1
        anchors.append(anchor if used[anchor] == 1 else f"{anchor}--{used[anchor]}")
    return tuple(anchors)
