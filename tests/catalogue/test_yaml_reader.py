"""YAML is read exactly, and an error about broken YAML has its place and says what to do."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import ONE, SECOND, list_issues, list_places
from helpers.councils import HEAD, ROOT
from helpers.messages import list_codes
from hypothesis import given, settings
from hypothesis import strategies as st

from merton_kpi.catalogue.reading import yaml_reader
from merton_kpi.catalogue.reading.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

MERTON = (ROOT / "indicators.yaml").read_text(encoding="utf-8")

BROKEN = [
    ("title: Calls: answered", "1:13"),
    ("title: “Calls: answered”", "1:14"),
    ("title: % of calls", "1:8"),
    ("title: @home", "1:8"),
    ("title: `Calls`", "1:8"),
    ("title: *Calls*", "1:8"),
    ("title: > 95 calls", "1:8"),
    ("a:\n\t- b", "2:1"),
    ("a:\n  b: é\n\tc: 2", "3:1"),
    ("a: >\n\tb", "2:1"),
    ("title: 'Calls", "1:8"),
    ("title: 'Calls\n---\na: 1", "1:8"),
    ('title: "Calls" answered', "1:16"),
    ('title: "C:\\data"', "1:8"),
    ("target: {at_least: 5\nunit: percent", "1:9"),
    ("title: - Calls", "1:8"),
    ("a: 1\nb\nc: 2", "2:1"),
    ("a: 1\n b: 2", "2:3"),
    ("a\nb: 1", "2:2"),
    ("a:\n  b: 1\n c: 2", "3:2"),
    ("- a\nb: 1", "2:1"),
    ("a:\n  - b: 1\n   c: 2", "3:4"),
    ("  a: 1\nb: 2", "2:1"),
]


@pytest.mark.parametrize(("text", "place"), BROKEN)
def test_an_error_in_broken_yaml_is_placed_where_it_begins(text: str, place: str) -> None:
    assert list_codes(list_issues(text)) == [f"yaml {place}"]


def test_broken_yaml_is_explained_with_what_to_do(messages: Callable[..., None]) -> None:
    for text, _ in BROKEN:
        messages(list_issues(text))


@given(st.text(st.sampled_from("ab:-?!*&%@`\\'\"[]{},|>#\t\n  19"), max_size=40))
@settings(max_examples=400, deadline=None)
def test_no_sentence_of_the_parser_is_printed(text: str) -> None:
    """PyYAML calls a sign an indicator, which means something else here."""
    for _, issue in read_yaml(text, "f").issues:
        assert "indicator" not in issue.message
        assert "token" not in issue.message
        assert "expected" not in issue.message


COMMAS = [
    ("{at_least: 120,000}", "8:28", "120000"),
    ("{at_least: 1,234,567.50}", "8:28", "1234567.50"),
    ("{at_least: -1, 200}", "8:28", "-1200"),
    ("{at_least: £120,000}", "8:28", "120000"),
    ("{at_least: 12,5}", "8:28", "12.5"),
    ("{at_least: 0,950}", "8:28", "0.950"),
    ("{at_least: 90}\n        outturns: {2019/20: 118,450, 2018/19: 5}", "9:29", "118450"),
    (
        "{at_least: 90}\n        outturns: {2019/20: {value: 118,450, source: Returns}}",
        "9:37",
        "118450",
    ),
]


@pytest.mark.parametrize(("value", "place", "number"), COMMAS)
def test_a_comma_in_a_number_is_one_error(value: str, place: str, number: str) -> None:
    """To YAML, {at_least: 120,000} has a figure 120 and a key 000; neither is a second error."""
    issues = list_issues(HEAD + ONE.replace("{at_least: 90}", value))
    assert list_places(issues) == [f"yaml +{place}"]
    assert issues[0].subject == "indicator 1"
    assert issues[0].message.endswith(f": {number}")


def test_a_comma_in_a_number_is_explained(messages: Callable[..., None]) -> None:
    for value, _, _ in COMMAS[:6]:
        messages(list_issues(HEAD + ONE.replace("{at_least: 90}", value)))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("{at_least: 90, 450: 5}", "8:32"),
        ('{at_least: 90, "450"}', "8:32"),
        ("{at_least: ninety, 450}", "8:36"),
    ],
)
def test_a_number_with_its_own_value_or_quotes_or_after_a_word_is_a_key(
    value: str, place: str
) -> None:
    issues = list_issues(HEAD + ONE.replace("{at_least: 90}", value))
    assert f"unknown_key +{place}" in list_places(issues)


CURLY = [
    ('"1"', "“1”", "4:17"),
    ('"1"', "‘1’", "4:17"),
    ("Calls", "„Calls answered”", "5:16"),
    ("90", "“90”", "8:28"),
]


@pytest.mark.parametrize(("old", "new", "place"), CURLY)
def test_curly_quotes_around_a_value_are_one_error(old: str, new: str, place: str) -> None:
    text = HEAD + ONE.replace(old, new, 1) + SECOND + '        linked: ["1"]\n'
    assert list_places(list_issues(text)) == [f"yaml +{place}"]


def test_curly_quotes_are_explained(messages: Callable[..., None]) -> None:
    for old, new, _ in CURLY:
        messages(list_issues(HEAD + ONE.replace(old, new, 1)))


@pytest.mark.parametrize("title", ["'“Calls”'", "“Calls” and “visits”", "Answered “calls”"])
def test_curly_quotes_within_a_text_are_its_own(title: str) -> None:
    assert list_issues(HEAD + ONE.replace("Calls", title)) == ()


NO_CATALOGUE = [
    ("", "empty"),
    ("---\n", "empty 2:1"),
    ("~\n", "empty 1:1"),
    ("a: [1", "yaml 1:4"),
    ("a: 1\na: 2\n", "yaml 2:1"),
    ("a: &x 1\nb: *x\n", "yaml 2:4"),
    ("a: !!python/name:os.system 1\n", "yaml 1:4"),
    ("a: 1\n---\nb: 2\n", "yaml 2:1"),
    ("? [a]\n: 1\n", "yaml 1:3"),
    ("[" * 50, "yaml 1:22"),
    ("a: é\x01\n", "yaml 1:5"),
    ("a: b\nc: \x00", "yaml 2:4"),
    ("a: \ufffe", "yaml 1:4"),
]


@pytest.mark.parametrize(("text", "code"), NO_CATALOGUE)
def test_a_text_that_is_no_catalogue_is_an_error_at_its_place(text: str, code: str) -> None:
    assert code in list_codes(list_issues(text))


def test_a_text_that_is_no_catalogue_is_explained(messages: Callable[..., None]) -> None:
    for text, code in NO_CATALOGUE:
        found = list_issues(text)
        messages(issue for issue in found if list_codes([issue]) == [code])


def test_reading_stops_at_1000_errors_in_the_writing(messages: Callable[..., None]) -> None:
    issues = list_issues("a: no\n" * 2000)
    assert len(issues) == 1001
    assert {issue.code for issue in issues} == {"yaml"}
    messages(issues[-1])


def test_reading_stops_at_the_limit_of_values(
    messages: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_reader, "_MOST_VALUES", 1_000)
    issues = list_issues(f"[{'0,' * 1_000}0]")
    assert list_codes(issues) == ["yaml 1:2000"]
    messages(issues)


def test_numbers_are_exact() -> None:
    """Numbers are int or Decimal, never float; dates and years stay text."""
    text = '[83.10, 91, 2020-11, 2020-11-30, 2019/20, true, "010"]'
    document = read_yaml(text, "f")
    assert document.value == (
        Decimal("83.10"),
        91,
        "2020-11",
        "2020-11-30",
        "2019/20",
        True,
        "010",
    )
    assert not document.issues


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (' "% of Single Assessments authorised within the statutory 45 days"', ' "% of Single',
         "61:16"),
        ("owner: Head of Early Help", "owner: 'Head of Early Help", "57:16"),
        ('linked: ["2"]', 'linked: ["2]', "56:18"),
    ],
    ids=["double", "single", "in brackets"],
)  # fmt: skip
def test_an_open_quote_is_an_error_where_it_opens(old: str, new: str, place: str) -> None:
    assert old in MERTON
    (issue,) = list_issues(MERTON.replace(old, new, 1), gaps=True)
    assert list_codes([issue]) == [f"yaml {place}"]
    assert issue.message.endswith("close the quote that opens here")


def test_a_line_end_that_editors_do_not_count_is_an_error_and_moves_no_other_line(
    messages: Callable[..., None],
) -> None:
    text = MERTON.replace("authority: London", "authority:\x85London", 1)
    text = text.replace("Many kinds of staff", "Many\u2028kinds\u2029of staff", 1)
    text = text.replace("frequency: monthly", "frequency: montly", 1)
    issues = list_issues(text, gaps=True)
    assert list_codes(issues) == ["yaml 4:11", "yaml 54:15", "yaml 54:21", "unknown_word 63:20"]
    messages(issues)
