"""What a catalogue has in vain, or spells in two ways, is a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import ONE, SECOND, add_key, list_issues, list_places
from helpers.councils import HEAD

from merton_kpi.core.issues import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

FOOTNOTES = "footnotes: {contract: The contractor changed in April., star: Revised.}\n"
THIRD = SECOND.replace('"2"', '"3"')


def test_a_footnote_that_nothing_refers_to_is_a_warning(messages: Callable[..., None]) -> None:
    issues = list_issues(f"{HEAD}{FOOTNOTES}{ONE}        footnotes: [star]\n", gaps=True)
    assert [each.severity for each in issues] == [Severity.WARNING]
    assert list_places(issues) == ["unused_footnote +1:23"]
    messages(issues)


def test_a_footnote_whose_name_is_misspelt_where_it_is_used_is_one_error() -> None:
    issues = list_issues(f"{HEAD}{FOOTNOTES}{ONE}        footnotes: [star, contrct]\n", gaps=True)
    assert list_places(issues) == ["dangling_link +12:27"]


def list_owner_issues(*owners: str) -> list[str]:
    """The places of the warnings of a catalogue with an indicator of each owner."""
    entry = ONE[ONE.index("      - number") :]
    entries = [
        entry.replace('"1"', f'"{index}"').replace("Head of Contact", owner)
        for index, owner in enumerate(owners)
    ]
    text = HEAD + ONE[: ONE.index("      - number")] + "".join(entries)
    return list_places(list_issues(text, gaps=True))


SAME = [
    "Head of contact",
    "Head  of Contact",
    "Head-of-Contact",
    "Head of the Contact",
    "Head of Contcat",
    "Head of Contac",
    "Head of Contakt",
    "Head of Contacts",
]


@pytest.mark.parametrize("owner", SAME)
def test_an_owner_spelt_in_two_ways_is_a_warning(owner: str) -> None:
    """The list of what is due would have two parts for one officer."""
    found = list_owner_issues("Head of Contact", owner, "Head of Contact")
    assert found == ["two_spellings +17:16"]


def test_an_owner_spelt_in_two_ways_is_explained(messages: Callable[..., None]) -> None:
    text = HEAD + ONE + SECOND + THIRD.replace("Contact", "Contcat")
    messages(list_issues(text, gaps=True))


@pytest.mark.parametrize(
    ("owner", "other"),
    [
        ("Head of SEN", "Head of SEND"),
        ("Manager, Team 1", "Manager, Team 2"),
        ("Head of Adults", "Head of Children"),
        ("Director of Environment", "Head of Environment"),
    ],
)
def test_two_owners_of_like_names_are_two_owners(owner: str, other: str) -> None:
    assert list_owner_issues(owner, other, owner) == []


def test_a_slip_is_none_where_each_spelling_is_used_once() -> None:
    """Then neither is the usual one: both may be right."""
    assert list_owner_issues("Head of Contact", "Head of Contract") == []


def test_a_catalogue_without_these_faults_has_no_warning() -> None:
    assert list_issues(add_key("service: Contact"), gaps=True) == ()
