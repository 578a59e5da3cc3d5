"""A catalogue's text with the planned changes: what was not planned is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.catalogues import ONE
from helpers.councils import HEAD

from merton_kpi.core.issues import Place
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.migration.plan import Change
from merton_kpi.migration.rewrite import rewrite_decimals

if TYPE_CHECKING:
    from collections.abc import Callable

CHANGE = Change(place=Place("f", 1), number="1", words="add 'decimals: 0'", decimals=0)


def test_the_key_follows_the_unit() -> None:
    catalogue, _ = read_catalogue(HEAD + ONE, "f")
    assert catalogue is not None
    text, issues = rewrite_decimals(HEAD + ONE, catalogue, [CHANGE], "f")
    assert (text, issues) == (
        HEAD + ONE.replace("unit: percent\n", "unit: percent\n        decimals: 0\n"),
        (),
    )


def test_a_text_that_would_mean_something_else_is_not_written(
    messages: Callable[..., None],
) -> None:
    catalogue, _ = read_catalogue(HEAD + ONE, "f")
    assert catalogue is not None
    other = (HEAD + ONE).replace("at_least: 90", "at_least: 91")
    text, issues = rewrite_decimals(other, catalogue, [CHANGE], "f")
    assert text is None
    messages(issues)
