"""A fault in how YAML is written is one error, and following its advice keeps what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import ONE, SECOND, add_key, list_issues, list_places
from helpers.councils import HEAD

from merton_kpi.catalogue.reading.yaml_reader import read_yaml
from merton_kpi.core.issues import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

TWO = ONE + SECOND.replace("Calls", "Visits")
MEETINGS = """\
meetings:
  - date: 2021-01-13
    data_to: 2020-11
    date: 2021-02-17
    data_to: 2020-12
"""
SECTIONS = ONE + ONE.replace("sections:\n  -", "   ").replace('"1"', '"2"')
NO_DASH = {
    "an indicator": (TWO.replace('      - number: "2"', '        number: "2"'), "+11:9"),
    "every indicator": (TWO.replace("      - number", "        number"), "+3:5"),
    "a section": (SECTIONS, "+11:5"),
    "a meeting": (f"{MEETINGS}{ONE}", "+4:5"),
    "a space after the dash": (TWO.replace('      - number: "2"', '        -number: "2"'), "+11:9"),
}


@pytest.mark.parametrize(("text", "place"), NO_DASH.values(), ids=NO_DASH)
def test_a_missing_dash_is_one_error(text: str, place: str, messages: Callable[..., None]) -> None:
    """To keep one of two keys, nine times, would remove an indicator."""
    issues = list_issues(HEAD + text)
    assert [each for each in list_places(issues) if each.startswith("yaml ")] == [f"yaml {place}"]
    assert len(issues) == 1
    assert "keep one of the two" not in issues[0].message
    assert "dash" in issues[0].message
    messages(issues)


def test_an_item_without_its_dash_is_read_as_an_item() -> None:
    """So that no fault follows, and its own faults are found too."""
    document = read_yaml("- a: 1\n  b: 2\n  a: 3\n  b: 4\n- a: 5\n", "f")
    assert document.value == ({"a": 1, "b": 2}, {"a": 3, "b": 4}, {"a": 5})
    text = NO_DASH["an indicator"][0].replace("title: Visits", "titel: Visits")
    assert list_places(list_issues(HEAD + text)) == ["yaml +11:9", "unknown_key +12:9"]


REPEATS = {
    "one key": ('        number: "1"\n', ["yaml +11:9"]),
    "two keys": ("        unit: number\n        owner: Head\n", ["yaml +11:9"]),
}


@pytest.mark.parametrize(("lines", "places"), REPEATS.values(), ids=REPEATS)
def test_keys_that_are_given_again_are_one_error(
    lines: str, places: list[str], messages: Callable[..., None]
) -> None:
    issues = list_issues(HEAD + ONE + lines)
    assert list_places(issues) == places
    messages(issues)


ALIASES = {
    "a word": (ONE.replace("unit:", "unit: &u") + SECOND.replace("percent", "*u"), "+13:15"),
    "keys": (
        ONE.replace("target:", "target: &t") + SECOND.replace("{at_least: 90}", "*t"),
        "+15:17",
    ),
    "all keys": (
        ONE.replace("- number", "- &one\n        number") + '      - {<<: *one, number: "2"}\n',
        "+12:14",
    ),
}


@pytest.mark.parametrize(("text", "place"), ALIASES.values(), ids=ALIASES)
def test_an_alias_is_one_error(text: str, place: str) -> None:
    """It is read as what it stands for, so that nothing seems to be missing."""
    assert list_places(list_issues(HEAD + text, gaps=True)) == [f"yaml {place}"]


def test_an_alias_of_many_values_is_not_followed() -> None:
    """A short text would become a long one."""
    lines = ["a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]"]
    lines += [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdef", "bcdefg", strict=True)
    ]
    document = read_yaml("\n".join(lines), "f")
    assert len(str(document.value)) < 10_000


TEXTS = {
    "an asterisk": ("owner: *Head of Contact", "*"),
    "an ampersand": ("owner: &Head of Contact", "&"),
    "an exclamation mark": ("owner: !Head of Contact", "!"),
}


@pytest.mark.parametrize(("line", "sign"), TEXTS.values(), ids=TEXTS)
def test_a_text_that_begins_with_a_sign_of_yaml_needs_quotes(
    line: str, sign: str, messages: Callable[..., None]
) -> None:
    """YAML would leave out the first word."""
    issues = list_issues(HEAD + ONE.replace("owner: Head of Contact", line))
    assert list_places(issues) == ["yaml +10:16"]
    assert issues[0].message.endswith(f"put text that begins with {sign} in quotes")
    messages(issues)


def test_a_tag_is_shortened() -> None:
    (issue,) = list_issues(HEAD + ONE.replace("percent", f"!{'x' * 3_000_000} percent"))
    assert len(issue.message) < 120


SPACE = "\N{NO-BREAK SPACE}"
SPACES = {
    "before a key": (ONE.replace("        unit", f"       {SPACE}unit"), "+6:8"),
    "after a colon": (ONE.replace("unit: ", f"unit:{SPACE}"), "+6:9"),
    "after a colon in braces": (ONE.replace("at_least: ", f"at_least:{SPACE}"), "+8:18"),
    "before a value": (ONE.replace("at_least: ", f"at_least: {SPACE}"), "+8:28"),
    "after a value": (ONE.replace("percent", f"percent{SPACE}"), "+6:15"),
    "in a key": (ONE.replace("owner", f"own{SPACE}er"), "+10:9"),
}


@pytest.mark.parametrize(("text", "place"), SPACES.values(), ids=SPACES)
def test_a_no_break_space_is_named(text: str, place: str, messages: Callable[..., None]) -> None:
    issues = list_issues(HEAD + text)
    assert list_places(issues)[:1] == [f"yaml {place}"]
    assert "no-break space (U+00A0)" in issues[0].message
    messages(issues)


@pytest.mark.parametrize(
    "title",
    ["Calls, service #1 only", "Calls, service # 1 only", "Calls  #1 only", "Calls #urgent ones"],
)
def test_a_text_that_ends_before_a_comment_is_a_warning(title: str) -> None:
    """It may be meant as a text with a #."""
    (issue,) = list_issues(HEAD + ONE.replace("Calls", title))
    assert issue.severity is Severity.WARNING
    assert list_places([issue]) == ["cut_text +5:16"]


@pytest.mark.parametrize(
    "line",
    [
        "title: Calls # by phone",
        "title: Calls  # 2020 wording",
        "title: Calls ## old",
        "title: 'Calls #1'",
        "decimals: 1 #1",
    ],
)
def test_a_comment_is_none(line: str) -> None:
    text = (
        add_key(line) if line.startswith("decimals") else HEAD + ONE.replace("title: Calls", line)
    )
    assert list_issues(text) == ()


def test_a_text_that_is_cut_is_explained(messages: Callable[..., None]) -> None:
    messages(list_issues(HEAD + ONE.replace("Calls", "Calls, service #1 only")))


def test_an_indicators_number_with_a_sign_that_cannot_be_seen_is_an_error(
    messages: Callable[..., None],
) -> None:
    """It would look like the number of another indicator."""
    issues = list_issues(HEAD + ONE + SECOND.replace('"2"', '"1\u200b"'))
    assert list_places(issues) == ["unseen_sign +11:17"]
    messages(issues)


def test_a_number_in_wide_digits_that_looks_like_another_is_an_error(
    messages: Callable[..., None],
) -> None:
    issues = list_issues(HEAD + ONE + SECOND.replace('"2"', '"\uff11"'))
    assert list_places(issues) == ["look_alike +11:17"]
    messages(issues)


def test_a_sign_that_cannot_be_seen_is_shown_in_other_text(messages: Callable[..., None]) -> None:
    issues = list_issues(HEAD + ONE.replace("Calls", "Ca\u202ells"))
    assert [each.severity for each in issues] == [Severity.WARNING]
    assert list_places(issues) == ["unseen_sign +5:16"]
    messages(issues)
    value = read_yaml("a: 'Ca\u202ells'", "f").value
    assert value == {"a": "Ca<U+202E>lls"}
