"""All kinds of mistakes in good data: each is noticed at its place, by a code of its own.

kinds.csv lists them. Each is made in ten places of Merton's year, one after the other. Those that
are never noticed leave figures that could be right; docs/reference/extracts.md lists them.
"""

from __future__ import annotations

import csv
from itertools import islice

import pytest
from helpers.councils import ROOT
from helpers.mistakes import KINDS
from helpers.mistakes.year import FOLDER, choose_ten, list_good, list_noticed

with (FOLDER / "kinds.csv").open(encoding="utf-8", newline="") as _file:
    LISTED = {row["kind"]: row["noticed"] for row in csv.DictReader(_file)}
NOTICED = [kind for kind, noticed in LISTED.items() if noticed == "always"]


def test_every_kind_that_can_be_noticed_is_made() -> None:
    assert sorted(KINDS) == sorted(NOTICED)


@pytest.mark.slow
@pytest.mark.parametrize("kind", NOTICED)
def test_a_mistake_is_noticed_at_its_place_by_its_own_code(kind: str) -> None:
    """Places where the good year raises the same warning are left out."""
    mistakes = [
        each
        for each in KINDS[kind]()
        if not each.expected & list_good(each.as_at, parts=each.parts)
    ]
    chosen = choose_ten(mistakes)
    unnoticed = [
        each.name for each in chosen if not each.expected & list_noticed(each.year, each.as_at)
    ]
    assert (len(chosen), unnoticed) == (10, [])


@pytest.mark.parametrize("kind", NOTICED[::6])
def test_one_place_of_some_kinds_is_noticed(kind: str) -> None:
    """What runs each time; the test above tries ten places of all kinds."""
    for each in islice(KINDS[kind](), 9, 10):
        assert each.expected & list_noticed(each.year, each.as_at), each.name


def test_the_docs_say_what_cannot_be_noticed() -> None:
    page = (ROOT / "docs/reference/extracts.md").read_text(encoding="utf-8")
    words = page.split("### What kpi cannot notice")[1]
    for part in ("copied from last month", "wrong last digit", "one off", "few per cent off"):
        assert part in words
    assert [kind for kind, noticed in LISTED.items() if noticed == "never"] == [
        "one figure copied",
        "rates 3% off",
        "wrong digit in a percentage",
        "percentage one off",
    ]
