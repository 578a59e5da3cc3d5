"""Each error of the models is an issue with its place, the bad value and what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import ONE, SECOND, add_key, list_issues, list_places
from helpers.councils import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable

EDITS = [
    ("frequency: monthly", "freqency: monthly", "unknown_key +7:9"),
    ("frequency: monthly", "frequency: montly", "unknown_word +7:20"),
    ("frequency: monthly", "frequency: half-yearly", "unknown_word +7:20"),
    ("frequency: monthly", "frequency: every_second_year", "unfit_value +7:20"),
    (
        "frequency: monthly",
        "first_due: 2020-06\n        due_months: [6]\n        frequency: every_second_year",
        "unfit_value +8:21",
    ),
    ("        title: Calls\n", "", "missing_key +4:9"),
    ('number: "1"', "number: 1", "wrong_kind +4:17"),
    ("{at_least: 90}", "{at_least: ninety}", "wrong_kind +8:28"),
    ("{at_least: 90}", "{at_least: 90, at_most: 95}", "unfit_value +8:17"),
    ("{at_least: 90}", "{between: [20, 12]}", "unfit_value +8:27"),
    ("{at_least: 90}", "newish", "unknown_word +8:17"),
    ("{at_least: 90}", '{at_least: 90}\n        linked: ["9"]', "dangling_link +9:18"),
    ("{at_least: 90}", "{at_least: 90}\n        accumulates: financial_year", "unfit_value +8:17"),
    (
        "{at_least: 90}",
        "{at_least: 90}\n        outturns: {2019/20: {note: lost}}",
        "unfit_value +9:29",
    ),
    ("{at_least: 90}", "{at_least: 90}\n        outturns: {2019: 4}", "unfit_value +9:20"),
    (
        "{at_least: 90}",
        "{at_least: 90, profile: milestones, milestones: {2020-06: 50, 2020-09: 40}}",
        "unfit_value +8:65",
    ),
    (
        "{at_least: 90}",
        "{at_least: 90, profile: milestones, milestones: {2020-06: 50, 2020-09: 95}}",
        "unfit_value +8:65",
    ),
    ("{at_least: 90}", "{at_least: 90}\n        figures: running_total", "unfit_value +9:18"),
    ("{at_least: 90}", "{at_least: 90}\n        figures: year_to_date", "unknown_word +9:18"),
    (
        "{at_least: 90}",
        "{at_least: 90, profile: full_year}\n        figures: to_date\n"
        "        accumulates: financial_year",
        "unfit_value +10:22",
    ),
    ("{at_least: 90}", "{at_least: 90}\n        profile: full_year", "unknown_key +9:9"),
    ("{at_least: 90}", "{at_least: 90}\n        footnotes: [star]", "dangling_link +9:21"),
    ("frequency: monthly", "frequency: annual", "unfit_value +7:20"),
]


def format_edit(edit: tuple[str, str, str]) -> str:
    old, new, _ = edit
    return new.split("\n")[-1].strip() or f"without {old.strip()}"


@pytest.mark.parametrize(("old", "new", "code"), EDITS, ids=map(format_edit, EDITS))
def test_a_fault_is_one_issue_with_its_place(old: str, new: str, code: str) -> None:
    """Line (after the head's) and column: the key's where the key is wrong, else the value's."""
    assert list_places(list_issues(HEAD + ONE.replace(old, new))) == [code]


def test_a_fault_of_an_indicator_is_explained(messages: Callable[..., None]) -> None:
    for old, new, _ in EDITS:
        messages(list_issues(HEAD + ONE.replace(old, new)))


KEYS = [
    ("first_due: October 2024", "unfit_value +11:20"),
    ("first_due: 2024", "unfit_value +11:20"),
    ("due_months: [3, 9, 3]", "unfit_value +11:28"),
    ("due_months: []", "unfit_value +11:21"),
    ("due_months: 3", "wrong_kind +11:21"),
    ("due_months: [March]", "wrong_kind +11:22"),
    ("removed: 5", "wrong_kind +11:18"),
    ("removed: [Agreed]", "wrong_kind +11:18"),
    ("removed: {from: 2020-06}", "missing_key +11:18"),
    ("removed: {from: 2020-13, reason: Agreed}", "unfit_value +11:25"),
    ("removed: {from: 2020-03, reason: Agreed}", "other_year +11:25"),
    ("removed: {form: 2020-06, reason: Agreed}", "unknown_key +11:19"),
    ("replaced_by: 4", "wrong_kind +11:22"),
    ('replaced_by: {from: 2020-06, indicator: "9"}', "dangling_link +11:49"),
    ('linked: "2"', "wrong_kind +11:17"),
    ("linked: [2]", "wrong_kind +11:18"),
    ("decimals: 1.5", "wrong_kind +11:19"),
    ("decimals: 9", "out_of_bounds +11:19"),
    ("decimals: -1", "out_of_bounds +11:19"),
    ('decimals: "1"', "wrong_kind +11:19"),
    ("outturns: []", "wrong_kind +11:19"),
    ("outturns: {2019: 5}", "unfit_value +11:20"),
    ("outturns: {2019/20: 53%}", "wrong_kind +11:29"),
    ("benchmarks: {Wales: 5}", "dangling_link +11:22"),
    ("rate_of: 5", "wrong_kind +11:18"),
    ("polarity: 3", "unknown_word +11:19"),
    ("suppress_small_numbers: 1", "wrong_kind +11:33"),
    ('sum_of: "2"', "wrong_kind +11:17"),
    ("running_total_of: 2", "wrong_kind +11:27"),
    ("percentage_of: 2", "wrong_kind +11:24"),
    ("suppress: true", "wrong_kind +11:19"),
    ("suppress: {round_to: 5}", "missing_key +11:19"),
    ("suppress: {below: 1}", "out_of_bounds +11:27"),
    ("suppress: {below: 6, round_to: 101}", "out_of_bounds +11:40"),
    ("suppress: {below: 5.5}", "wrong_kind +11:27"),
    ("source: 2021", "wrong_kind +11:17"),
    ('source: ""', "wrong_kind +11:17"),
    ("amber: none", "unknown_key +11:9"),
    ("value: 5", "unknown_key +11:9"),
    ("bands: {amber: 1}", "wrong_kind +11:24"),
    ("bands: {amber: {units: 1, from: 2}}", "unfit_value +11:24"),
    ("bands: {amber: {percentage_points: -1}}", "unfit_value +11:44"),
    ('footnotes: ["*"]', "dangling_link +11:21"),
    ("breaks: {from: 2020-09, reason: x}", "wrong_kind +11:17"),
    ("breaks: [2020-09]", "wrong_kind +11:18"),
    ("breaks: [{from: 2020-09}]", "missing_key +11:18"),
    ("breaks: [{reason: x}]", "missing_key +11:18"),
    ("breaks: [{from: 9/2020, reason: x}]", "unfit_value +11:25"),
    ('breaks: [{from: 2020-09, reason: ""}]', "wrong_kind +11:42"),
    ("breaks: [{from: 2020-09, reason: x}, {from: 2020-09, reason: z}]", "unfit_value +11:17"),
    ("breaks: [{from: 2020-09, reason: x}, {from: 2020-08, reason: z}]", "unfit_value +11:17"),
]


@pytest.mark.parametrize(("line", "code"), KEYS, ids=[each[0] for each in KEYS])
def test_a_wrong_value_is_one_issue_with_its_place(line: str, code: str) -> None:
    assert list_places(list_issues(add_key(line))) == [code]


def test_a_wrong_value_is_explained_with_what_to_write(messages: Callable[..., None]) -> None:
    for line, _ in KEYS:
        messages(list_issues(add_key(line)))


TARGETS = [
    ("3", "wrong_kind +8:17"),
    ("at least 95", "unknown_word +8:17"),
    ("not a target measure", "unknown_word +8:17"),
    ("{atleast: 95}", "unknown_key +8:18"),
    ("{owner: Head of Contact}", "unknown_key +8:18"),
    ("{}", "unfit_value +8:17"),
    ("{between: [1, 2, 3]}", "wrong_kind +8:27"),
    ("{between: [1]}", "missing_key +8:27"),
    ("{between: []}", "missing_key +8:27"),
    ("{between: [20, 12]}", "unfit_value +8:27"),
    ("[5]", "wrong_kind +8:18"),
]


@pytest.mark.parametrize(("target", "code"), TARGETS, ids=[each[0] for each in TARGETS])
def test_a_wrong_target_is_one_issue_with_its_place(target: str, code: str) -> None:
    assert list_places(list_issues(HEAD + ONE.replace("{at_least: 90}", target))) == [code]


def test_a_wrong_target_is_explained_with_what_to_write(messages: Callable[..., None]) -> None:
    for target, _ in TARGETS:
        messages(list_issues(HEAD + ONE.replace("{at_least: 90}", target)))


LISTS = [
    "[{at_least: 80}]",
    "[{at_least: 80}, {at_least: 90}]",
    "[{at_least: 80}, {from: 2020-10, at_most: 90}]",
    "[{at_least: 80}, {from: 2020-10, at_least: 90}, {from: 2020-07, at_least: 95}]",
]


def test_a_list_of_targets_is_long_enough_agrees_and_is_in_order(
    messages: Callable[..., None],
) -> None:
    for targets in LISTS:
        issues = list_issues(HEAD + ONE.replace("{at_least: 90}", targets))
        assert list_places(issues) == ["unfit_value +8:17"]
        messages(issues)


BETWEEN_KEYS = [
    ("frequency: monthly", "frequency: annual", "unfit_value +7:20"),
    ("{at_least: 90}", "{at_least: 90}\n        polarity: higher_is_better", "unfit_value +9:19"),
    ("{at_least: 90}", "{no_worse_than: last_year}", "unfit_value +8:17"),
    (
        "{at_least: 90}",
        "{no_worse_than: best}\n        polarity: higher_is_better",
        "unfit_value +8:33",
    ),
    ("{at_least: 90}", "{at_least: 90, years: 3}", "unfit_value +8:39"),
    ("{at_least: 90}", "{at_least: 90, profile: milestones}", "unfit_value +8:41"),
    ("{at_least: 90}", "{at_least: 90, milestones: {2020-06: 4}}", "unfit_value +8:44"),
    ("{at_least: 90}", "{between: [1, 2], profile: full_year}", "unfit_value +8:44"),
    (
        "{at_least: 90}",
        "{between: [1, 2]}\n        accumulates: financial_year",
        "unfit_value +8:17",
    ),
    ("{at_least: 90}", '{at_least: 90}\n        rate_of: {count: "2"}', "unfit_value +9:18"),
    (
        "{at_least: 90}",
        '{at_least: 90}\n        removed: Agreed.\n        replaced_by: "2"',
        "unfit_value +10:22",
    ),
    (
        "{at_least: 90}",
        "{at_least: 90}\n        suppress: {below: 6}\n        suppress_small_numbers: true",
        "unfit_value +10:33",
    ),
    ("{at_least: 90}", '{at_least: 90}\n        linked: ["2", "2"]', "unfit_value +9:23"),
]


@pytest.mark.parametrize(("old", "new", "code"), BETWEEN_KEYS, ids=map(format_edit, BETWEEN_KEYS))
def test_a_fault_between_two_keys_is_placed_at_one_of_them(old: str, new: str, code: str) -> None:
    assert list_places(list_issues(HEAD + ONE.replace(old, new) + SECOND)) == [code]


def test_two_keys_that_contradict_each_other_are_explained(messages: Callable[..., None]) -> None:
    for old, new, _ in BETWEEN_KEYS:
        messages(list_issues(HEAD + ONE.replace(old, new) + SECOND))


def test_a_footnote_given_twice_is_an_error(messages: Callable[..., None]) -> None:
    issues = list_issues(f"{HEAD}footnotes: {{a: words}}\n{ONE}        footnotes: [a, a]\n")
    assert list_places(issues) == ["unfit_value +12:24"]
    messages(issues)


def test_an_indicator_with_an_empty_number_is_not_named(messages: Callable[..., None]) -> None:
    issues = list_issues(HEAD + ONE.replace('"1"', '""'))
    assert list_places(issues) == ["wrong_kind +4:17"]
    assert issues[0].subject == ""
    messages(issues)


def test_an_error_at_a_key_at_a_wrong_level_says_where_it_belongs(
    messages: Callable[..., None],
) -> None:
    """It belongs in an entry within this one; else the keys that may be given here are listed."""
    issues = list_issues(f"{HEAD}at_least: 5\n{ONE}")
    others = list_issues(f"{HEAD}date: 2021-01-13\n{ONE}")
    assert list_places(issues) == list_places(others) == ["unknown_key +1:1"]
    messages(issues, others)


@pytest.mark.parametrize("start", [" ", "\n          "], ids=["same line", "next line"])
def test_a_value_that_begins_on_a_later_line_is_placed_at_its_key(start: str) -> None:
    text = HEAD + ONE.replace(" {at_least: 90}", f"{start}{{at_least: 90, at_most: 95}}")
    assert list_places(list_issues(text)) == [f"unfit_value {'+8:9' if start != ' ' else '+8:17'}"]
    text = HEAD + ONE.replace(" {at_least: 90}", f"{start}{{at_least: 90%}}")
    assert list_places(list_issues(text)) == [f"wrong_kind {'+9:22' if start != ' ' else '+8:28'}"]


def test_a_key_of_an_unlike_name_is_one_error_with_the_key_that_is_missing(
    messages: Callable[..., None],
) -> None:
    """Each unknown key is matched with one missing key, unless it belongs in another entry."""
    text = HEAD + ONE.replace("title: Calls", "name: Calls").replace("unit: per", "in: per")
    two = list_issues(text)
    assert list_places(two) == ["unknown_key +5:9", "unknown_key +6:9"]
    one = list_issues(HEAD + ONE.replace("title: Calls", "wording: Calls"))
    assert list_places(one) == ["unknown_key +5:9"]
    unlike = list_issues(HEAD + ONE.replace("title: Calls", "amber: none"))
    assert list_places(unlike) == ["missing_key +4:9", "unknown_key +5:9"]
    messages(two, one, unlike)


def test_a_misspelt_key_is_one_error(messages: Callable[..., None]) -> None:
    """The key that is meant is not reported as missing as well."""
    issues = list_issues(HEAD + ONE.replace("title: Calls", "titel: Calls"))
    assert list_places(issues) == ["unknown_key +5:9"]
    messages(issues)


EARLIER = (
    "outturns: {{2019/20: {0} pupils, 2018/19: {{value: '<{0}', source: {0}}}, 2017/18: '{0}'}}"
)
EARLIER_MONTHS = "earlier_months: {{2019-05: {0} pupils, 2019-06: '{0}', 2019-07: [{0}]}}"


@pytest.mark.parametrize("key", ["suppress_small_numbers", "supress_small_numbers"])
def test_an_earlier_figure_is_not_quoted_where_small_numbers_may_be_suppressed(
    key: str, messages: Callable[..., None]
) -> None:
    """The issues are the same whichever small count it was. A key may be misspelt."""
    lines = f"{key}: true\n        {EARLIER}\n        {EARLIER_MONTHS}"
    found = [list_issues(add_key(lines.format(n))) for n in (1, 2, 3, 4)]
    assert len({tuple(each.message for each in issues) for issues in found}) == 1
    messages(found[0])


def test_an_earlier_figure_is_quoted_where_no_small_number_is_suppressed() -> None:
    issues = list_issues(add_key(EARLIER.format(3)))
    assert "'3 pupils'" in issues[0].message
