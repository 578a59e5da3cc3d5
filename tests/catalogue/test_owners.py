"""The owners of a catalogue: each listed once, and no other one in an indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema
import pytest
from helpers.catalogues import LINE, ONE, SECOND, list_issues, list_places
from helpers.councils import HEAD, make_catalogue

from merton_kpi.catalogue.reading.yaml_reader import read_yaml
from merton_kpi.catalogue.schema.generate import compose_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    Messages = Callable[..., None]

CONTACT = "owners:\n  - {name: Head of Contact, address: contact@example.gov.uk}\n"
WASTE = "  - name: Head of Waste\n"


def test_a_listed_owner_is_good() -> None:
    assert list_issues(HEAD + CONTACT + ONE + SECOND, gaps=True) == ()


def test_the_addresses_are_by_name() -> None:
    text = CONTACT + WASTE
    catalogue = make_catalogue(
        '- {number: "1", title: A, unit: number, frequency: monthly, target: new}', HEAD + text
    )
    assert catalogue.addresses == {"Head of Contact": "contact@example.gov.uk"}


def test_an_owner_who_is_misspelt_is_an_error_at_each_indicator(messages: Messages) -> None:
    text = HEAD + CONTACT + ONE + SECOND.replace("Contact", "Contcat") * 2
    issues = [each for each in list_issues(text, gaps=True) if each.code != "duplicate_number"]
    assert list_places(issues) == ["dangling_link +19:16", "dangling_link +26:16"]
    messages(issues[0])


def test_an_owner_who_is_not_listed_is_one_error(messages: Messages) -> None:
    """To list the owner corrects it for all of the indicators."""
    text = HEAD + CONTACT + ONE + SECOND.replace("Contact", "Libraries")
    messages(list_issues(text))
    text += SECOND.replace("Contact", "Libraries").replace('"2"', '"3"')
    issues = list_issues(text)
    assert list_places(issues) == ["dangling_link +19:16"]
    messages(issues)


def test_no_list_is_needed() -> None:
    assert list_issues(HEAD + ONE) == ()


@pytest.mark.parametrize(
    ("owners", "code"),
    [
        ("owners:\n  - {nmae: Head of Waste}\n", "unknown_key"),
        ("owners: Head of Waste\n", "wrong_kind"),
        ("owners: [Head of Waste]\n", "wrong_kind"),
        ("owners: []\n", "unfit_value"),
        ("owner:\n  - {name: Head of Waste}\n", "unknown_key"),
    ],
)
def test_a_list_that_cannot_be_read_is_the_only_error(owners: str, code: str) -> None:
    """Who is listed is not known then."""
    assert [each.code for each in list_issues(HEAD + owners + ONE)] == [code]


@pytest.mark.parametrize("name", ["Head of Contact", "Head of contact", "Head of the  Contact"])
def test_an_owner_who_is_listed_twice_is_an_error(name: str, messages: Messages) -> None:
    issues = list_issues(f"{HEAD}{CONTACT}  - name: {name}\n{ONE}")
    assert list_places(issues) == ["duplicate_owner +3:11"]
    assert f"line {LINE + 2}" in issues[0].message
    messages(issues)


def test_an_owner_that_no_indicator_has_is_a_warning(messages: Messages) -> None:
    issues = list_issues(HEAD + CONTACT + WASTE + ONE, gaps=True)
    assert list_places(issues) == ["unused_owner +3:11"]
    messages(issues)
    assert list_issues(HEAD + CONTACT + WASTE + ONE) == ()


def test_an_owner_whose_indicators_misspell_the_name_is_one_error() -> None:
    issues = list_issues(HEAD + CONTACT + ONE.replace("Contact", "Contcat"), gaps=True)
    assert list_places(issues) == ["dangling_link +12:16"]


def test_two_listed_owners_of_like_names_are_two_owners() -> None:
    """The warning of two spellings is for catalogues that do not list the owners."""
    owners = CONTACT + "  - name: Head of Contacts\n"
    third = SECOND.replace('"2"', '"3"').replace("Contact", "Contacts")
    assert list_issues(HEAD + owners + ONE + SECOND + third, gaps=True) == ()
    unlisted = list_issues(HEAD + ONE + SECOND + third, gaps=True)
    assert [each.code for each in unlisted] == ["two_spellings"]


GOOD = ["a@b", "head.of-waste+kpi@waste.example.gov.uk", "o'neil@example.org", "ü@bücher.example"]
FAULTY = [
    *(
        "waste",
        "@example.org",
        "waste@",
        "a@b@c",
        "a b@example.org",
        "a@example.org, b@example.org",
    ),
    *("<a@example.org>", '\\"A\\" <a@example.org>', "a@example.org;", "mailto:a@example.org"),
    *(r"a@example.org\n", r"a@exa\tmple.org", r"a\u200b@example.org", r"a\xa0@example.org"),
]


@pytest.mark.parametrize("address", GOOD)
def test_an_address_is_accepted(address: str) -> None:
    text = HEAD + f'owners: [{{name: Head of Contact, address: "{address}"}}]\n' + ONE
    assert list_issues(text) == ()
    jsonschema.validate(read_yaml('{name: x, address: "' + address + '"}', "f").value, OWNER)


@pytest.mark.parametrize("address", FAULTY)
def test_what_is_no_address_is_an_error_that_does_not_repeat_it(address: str) -> None:
    """A check of a pull request prints the error for all to read."""
    text = HEAD + f'owners: [{{name: Head of Contact, address: "{address}"}}]\n' + ONE
    issues = [each for each in list_issues(text) if each.code != "unseen_sign"]
    assert [(each.code, each.place.line) for each in issues] == [("unfit_value", LINE + 1)]
    assert issues[0].message.startswith("address: write one e-mail address")


def test_what_an_address_looks_like_is_said(messages: Messages) -> None:
    messages(list_issues(HEAD + CONTACT.replace("@", " at ") + ONE))


@pytest.mark.parametrize("address", FAULTY[:10])
def test_an_editor_refuses_what_is_no_address(address: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(read_yaml('{name: x, address: "' + address + '"}', "f").value, OWNER)


SCHEMA = compose_schema()
OWNER = SCHEMA | {key: SCHEMA["definitions"]["Owner"].get(key) for key in ("required", "allOf")}
OWNER["properties"] = SCHEMA["definitions"]["Owner"]["properties"]
