"""A catalogue's text with the planned changes, so that the rest stays as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.catalogue.editing.yaml_edit import add_pair, apply_edits, pair_of, read_nodes
from merton_kpi.core.issues import Issue, Place
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import yaml

    from merton_kpi.catalogue.editing.yaml_edit import Edit
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.migration.plan import Change


def rewrite_decimals(
    text: str, catalogue: Catalogue, changes: Iterable[Change], file: str
) -> tuple[str | None, tuple[Issue, ...]]:
    """Rewrite a catalogue's text, and check the result by reading it.

    `catalogue` is what the text means, and `file` the new text's name for the issues. The text is
    None where it would not mean what was planned.
    """
    decimals = {each.number: each.decimals for each in changes if each.decimals is not None}
    new_text = apply_edits(text, _list_edits(text, decimals))
    read, _ = read_catalogue(new_text, file)
    planned = [
        each.model_copy(update={"decimals": decimals.get(each.number, each.decimals)})
        for each in catalogue.indicators
    ]
    if read and list(read.indicators) == planned:
        return new_text, ()
    message = "the catalogue cannot be rewritten in this layout, so nothing was written"
    message += "; put each key of its indicators on its own line, without brackets around them"
    return None, (Issue(code="not_migrated", place=Place(file=file), message=message),)


def _list_edits(text: str, decimals: Mapping[str, int]) -> Iterator[Edit]:
    """Add the key below an indicator's unit."""
    for node in _list_entries(read_nodes(text)):
        number, unit = pair_of(node, "number"), pair_of(node, "unit")
        if number and unit and number[1].value in decimals:
            yield add_pair(text, node, unit, f"decimals: {decimals[number[1].value]}")


def _list_entries(root: yaml.Node) -> Iterator[yaml.Node]:
    """Every indicator's node."""
    sections = pair_of(root, "sections")
    for section in sections[1].value if sections else ():
        indicators = pair_of(section, "indicators")
        yield from indicators[1].value if indicators else ()
