"""A note in brackets behind a figure: `17 (+2 sept panel)`."""

from __future__ import annotations

import re

from merton_kpi.core.text import has_unseen
from merton_kpi.extracts.formats.numbers import SPACE

_LONGEST = 500  # characters; a longer text is a commentary
_FIGURE_AND_NOTE = re.compile(rf"([^()]*[^()\s]){SPACE}*\(([^()]+)\)")
# Anywhere in the brackets they make the figure another one, or say in which unit it is.
_CHANGES_FIGURE = re.compile(
    r"""[%£$€] | (?<![0-9])000s?\b | \b(?: per\ ?cent | or | fewer | less | more | under | over
    | below | above | least | most | minus | times | x | half | halves | quarters? | dozens?
    | hundreds? | thousands? | millions? | billions? | k | m | mn | bn | pence | p | minutes?
    | mins? | hours? | hrs? | days? | weeks? | months? | years? )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# At the beginning they go on with the figure: `17 (of 20)`.
_CONTINUES_FIGURE = re.compile(
    r"(?:and|to|of|out|up|per|than|plus|target|previously|was|not)\b|[-/*.,:<>=]", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def split_note(text: str) -> tuple[str, str] | None:
    """The figure and the note of a cell like `17 (+2 sept panel)`; None for any other text.

    It is no note where it may be another figure, or a part of this one: `17 (20)`, `17 (of 20)`,
    `17 (thousand)`, `5 (or fewer)`.
    """
    if len(text) > _LONGEST or has_unseen(text):
        return None
    found = _FIGURE_AND_NOTE.fullmatch(" ".join(re.split(r"[\t\n ]+", text)))
    if found is None:
        return None
    note = found[2].strip()
    if _CHANGES_FIGURE.search(note) or _CONTINUES_FIGURE.match(note) or not _WORD.search(note):
        return None
    return found[1], note
