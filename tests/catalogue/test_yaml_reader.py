"""YAML is read exactly, and an error about broken YAML has its place and says what to do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from helpers.catalogues import ONE, SECOND, list_faults, list_issues
from helpers.councils import HEAD, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from merton_kpi.catalogue.yaml_reader import read_yaml

MERTON = (ROOT / "indicators.yaml").read_text(encoding="utf-8")

SIGN = "put text that begins with a sign in quotes"
UNFIT = (
    "the line begins in another column than those it belongs to; "
    "put an entry's keys in one column, and a dash before each list item"
)
FURTHER = (
    "the line is indented further than the one above, or that one has no colon; "
    "put an entry's keys in one column, each with a colon and a space behind it"
)


@pytest.mark.parametrize(
    ("line", "place", "sentence"),
    [
        ("title: Calls: answered", "1:13", "put text with a colon in it in straight quotes"),
        ("title: “Calls: answered”", "1:14", "put text with a colon in it in straight quotes"),
        ("title: % of calls", "1:8", SIGN),
        ("title: @home", "1:8", SIGN),
        ("title: `Calls`", "1:8", SIGN),
        ("title: *Calls*", "1:8", SIGN),
        ("title: > 95 calls", "1:8", SIGN),
        ("a:\n\t- b", "2:1", "a line is indented with a tab; use spaces"),
        ("a:\n  b: é\n\tc: 2", "3:1", "a line is indented with a tab; use spaces"),
        ("a: >\n\tb", "2:1", "a line is indented with a tab; use spaces"),
        ("title: 'Calls", "1:8", "close the quote that opens here"),
        ("title: 'Calls\n---\na: 1", "1:8", "close the quote that opens here"),
        ("title: \"Calls\" answered", "1:16", "text follows a closing quote or bracket; "
         "put the whole text in quotes"),
        ("title: \"C:\\data\"", "1:8", "put text with a backslash in it in single quotes"),
        ("target: {at_least: 5\nunit: percent", "1:9", "close the bracket that opens here, "
         "with commas between what is in it"),
        ("title: - Calls", "1:8", "put text that begins with a dash in quotes, "
         "and begin a list on a line of its own"),
        ("a: 1\nb\nc: 2", "2:1", "put a colon and a space behind the key"),
        ("a: 1\n b: 2", "2:3", FURTHER),
        ("a\nb: 1", "2:2", FURTHER),
        ("a:\n  b: 1\n c: 2", "3:2", UNFIT),
        ("- a\nb: 1", "2:1", UNFIT),
        ("a:\n  - b: 1\n   c: 2", "3:4", UNFIT),
        ("  a: 1\nb: 2", "2:1", UNFIT),
    ],
)  # fmt: skip
def test_an_error_about_broken_yaml_says_what_to_do(line: str, place: str, sentence: str) -> None:
    assert list_faults(line) == [f"f:{place}: error: this is not YAML: {sentence}"]


@given(st.text(st.sampled_from("ab:-?!*&%@`\\'\"[]{},|>#\t\n  19"), max_size=40))
@settings(max_examples=400, deadline=None)
def test_no_sentence_of_the_parser_is_printed(text: str) -> None:
    """PyYAML calls a sign an indicator, which means something else here."""
    for _, issue in read_yaml(text, "f").issues:
        assert "indicator" not in issue.message
        assert "token" not in issue.message
        assert "expected" not in issue.message


@pytest.mark.parametrize(
    ("value", "place", "sentence"),
    [
        ("{at_least: 120,000}", "8:28", "write numbers without commas: 120000"),
        ("{at_least: 1,234,567.50}", "8:28", "write numbers without commas: 1234567.50"),
        ("{at_least: -1, 200}", "8:28", "write numbers without commas: -1200"),
        ("{at_least: £120,000}", "8:28", "write numbers without commas: 120000"),
        ("{at_least: 12,5}", "8:28", "write the decimals after a point: 12.5"),
        ("{at_least: 0,950}", "8:28", "write the decimals after a point: 0.950"),
        (
            "{at_least: 90}\n        outturns: {2019/20: 118,450, 2018/19: 5}",
            "9:29",
            "write numbers without commas: 118450",
        ),
        (
            "{at_least: 90}\n        outturns: {2019/20: {value: 118,450, source: Returns}}",
            "9:37",
            "write numbers without commas: 118450",
        ),
    ],
)
def test_a_comma_in_a_number_is_one_fault(value: str, place: str, sentence: str) -> None:
    """To YAML, {at_least: 120,000} has a figure 120 and a key 000; neither is a second fault."""
    text = HEAD + ONE.replace("{at_least: 90}", value)
    assert list_faults(text) == [f"f:+{place}: error: indicator 1: {sentence}"]


def test_a_number_with_a_value_of_its_own_is_a_key() -> None:
    for value in ("{at_least: 90, 450: 5}", '{at_least: 90, "450"}', "{at_least: ninety, 450}"):
        text = HEAD + ONE.replace("{at_least: 90}", value)
        assert any("the key '450' is not known here; " in fault for fault in list_faults(text))


@pytest.mark.parametrize(
    ("old", "new", "place", "sentence"),
    [
        ('"1"', "“1”", "4:17", 'use straight quotes: "1"'),
        ('"1"', "‘1’", "4:17", 'use straight quotes: "1"'),
        ("Calls", "„Calls answered”", "5:16", 'use straight quotes: "Calls answered"'),
        ("90", "“90”", "8:28", 'use straight quotes: "90"'),
    ],
)
def test_curly_quotes_around_a_value_are_one_fault(
    old: str, new: str, place: str, sentence: str
) -> None:
    text = HEAD + ONE.replace(old, new, 1) + SECOND + '        linked: ["1"]\n'
    assert list_faults(text) == [f"f:+{place}: error: indicator 1: {sentence}"]


@pytest.mark.parametrize("title", ["'“Calls”'", "“Calls” and “visits”", "Answered “calls”"])
def test_curly_quotes_within_a_text_are_its_own(title: str) -> None:
    assert list_faults(HEAD + ONE.replace("Calls", title)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", " error: the catalogue is empty; describe its authority, panel"),
        ("---\n", "2:1: error: the catalogue is empty; describe its authority, panel"),
        ("~\n", "1:1: error: the catalogue is empty; describe its authority, panel"),
        ("a: [1", "1:4: error: this is not YAML: close the bracket that opens here"),
        (
            "a: 1\na: 2\n",
            "2:1: error: the key 'a' stands on line 1 already; keep",
        ),
        ("a: &x 1\nb: *x\n", "2:4: error: aliases (*name) are not used here"),
        ("a: !!python/name:os.system 1\n", "1:4: error: tags (tag:yaml.org,2002:python"),
        ("a: 1\n---\nb: 2\n", "2:1: error: a second document begins here"),
        ("? [a]\n: 1\n", "1:3: error: this is not YAML: a key must be a word"),
        ("[" * 50, "1:22: error: this is not YAML: it nests too deep"),
        ("a: é\x01\n", "1:5: error: this is not YAML: it has the control character U+0001"),
        ("a: b\nc: \x00", "2:4: error: this is not YAML: it has the control character U+0000"),
        ("a: \ufffe", "1:4: error: this is not YAML: it has the control character U+FFFE"),
    ],
)
def test_an_error_about_broken_yaml_has_its_place(text: str, fault: str) -> None:
    assert any(found.startswith(f"f:{fault}") for found in list_issues(text))


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
    ("old", "new", "fault"),
    [
        (' "% of Single Assessments authorised within the statutory 45 days"', ' "% of Single',
         "61:16"),
        ("owner: Head of Early Help", "owner: 'Head of Early Help", "57:16"),
        ('linked: ["2"]', 'linked: ["2]', "56:18"),
    ],
    ids=["double", "single", "in brackets"],
)  # fmt: skip
def test_an_open_quote_is_a_fault_where_it_opens(old: str, new: str, fault: str) -> None:
    assert old in MERTON
    assert list_issues(MERTON.replace(old, new, 1), gaps=True) == [
        f"f:{fault}: error: this is not YAML: close the quote that opens here"
    ]


def test_a_line_end_that_editors_do_not_count_is_a_fault_and_moves_no_other_line() -> None:
    text = MERTON.replace("authority: London", "authority:\x85London", 1)
    text = text.replace("Many kinds of staff", "Many\u2028kinds\u2029of staff", 1)
    text = text.replace("frequency: monthly", "frequency: montly", 1)
    fault = "error: this text cannot be used: it has the control character"
    assert list_issues(text, gaps=True) == [
        f"f:4:11: {fault} U+0085; type the text anew",
        f"f:54:15: {fault} U+2028; type the text anew",
        f"f:54:21: {fault} U+2029; type the text anew",
        "f:63:20: error: indicator 2: frequency: 'montly' is not known; did you mean 'monthly'?",
    ]
