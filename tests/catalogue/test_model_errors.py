"""Each error of the models is an issue with its place, the bad value and what to write."""

from __future__ import annotations

import pytest
from helpers.catalogues import ONE, SECOND, add_key, list_faults
from helpers.councils import HEAD


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        (
            "frequency: monthly",
            "freqency: monthly",
            "7:9",
            "the key 'freqency' is not known here; did you mean 'frequency'?",
        ),
        (
            "frequency: monthly",
            "frequency: montly",
            "7:20",
            "frequency: 'montly' is not known; did you mean 'monthly'?",
        ),
        ("        title: Calls\n", "", "4:9", "the key 'title' is missing"),
        (
            'number: "1"',
            "number: 1",
            "4:17",
            'number: this is text, so write it in quotes: "1"',
        ),
        (
            "{at_least: 90}",
            "{at_least: ninety}",
            "8:28",
            "at_least: write a plain number, like 5, not 'ninety'",
        ),
        (
            "{at_least: 90}",
            "{at_least: 90, at_most: 95}",
            "8:17",
            "a target is one of at_least, at_most, above, below, between, no_worse_than, "
            "not at_least and at_most",
        ),
        (
            "{at_least: 90}",
            "{between: [20, 12]}",
            "8:27",
            "'between' wants the lower end first: [12, 20]",
        ),
        (
            "{at_least: 90}",
            "newish",
            "8:17",
            "target: 'newish' is not known; did you mean 'new'?",
        ),
        (
            "{at_least: 90}",
            '{at_least: 90}\n        linked: ["9"]',
            "9:18",
            "linked: there is no '9'; use one of 1",
        ),
        (
            "{at_least: 90}",
            "{at_least: 90}\n        accumulates: financial_year",
            "8:17",
            "a target has a 'profile' exactly where the indicator 'accumulates': "
            "give both or neither",
        ),
        (
            "{at_least: 90}",
            "{at_least: 90}\n        outturns: {2019/20: {note: lost}}",
            "9:29",
            "give either a 'value' or the 'status' that says why there is none",
        ),
        (
            "{at_least: 90}",
            "{at_least: 90}\n        outturns: {2019: 4}",
            "9:20",
            "'2019' is not a financial year: write it like 2019/20",
        ),
        (
            "{at_least: 90}",
            "{at_least: 90, profile: milestones, milestones: {2020-06: 50, 2020-09: 40}}",
            "8:65",
            "the 'milestones' of a running total never fall",
        ),
        (
            "{at_least: 90}",
            "{at_least: 90, profile: milestones, milestones: {2020-06: 50, 2020-09: 95}}",
            "8:65",
            "the last milestone goes past the target itself",
        ),
        (
            "{at_least: 90}",
            "{at_least: 90}\n        profile: full_year",
            "9:9",
            "the key 'profile' is not known here; it belongs in 'target'",
        ),
        (
            "{at_least: 90}",
            "{at_least: 90}\n        footnotes: [star]",
            "9:21",
            "footnotes: there is no 'star'; none is defined",
        ),
        (
            "frequency: monthly",
            "frequency: annual",
            "7:20",
            "an annual indicator wants 'due_months', like [3]",
        ),
    ],
)
def test_a_fault_is_one_sentence_with_its_place(
    old: str, new: str, place: str, message: str
) -> None:
    """Line (after the head's) and column: the key's where the key is wrong, else the value's."""
    (fault,) = list_faults(HEAD + ONE.replace(old, new))
    found, words = fault.split(": error: ")
    assert found == f"f:+{place}"
    assert words.removeprefix("indicator 1: ") == message


KEYS = [
    ("due_months: [3, 9, 3]", "28: 3 stands twice; keep one of them"),
    ("due_months: []", "21: list at least one here"),
    ("due_months: 3", "21: due_months: write a list, [3], not '3'"),
    (
        "due_months: [March]",
        "22: due_months: write a list of calendar months, like [3], not 'March'",
    ),
    ('linked: "2"', "17: linked: write a list, [\"2\"], not '2'"),
    ("linked: [2]", '18: linked: this is text, so write it in quotes: "2"'),
    ("decimals: 1.5", "19: decimals: write a whole number, like 5, not '1.5'"),
    ("decimals: 9", "19: decimals: write 6 or less, not '9'"),
    ("decimals: -1", "19: decimals: write 0 or more, not '-1'"),
    ('decimals: "1"', "19: decimals: this is a number, so write it without quotes: 1"),
    ("outturns: []", "19: outturns: write figures by year, like {2019/20: 53}, not a list"),
    ("outturns: {2019: 5}", "20: '2019' is not a financial year: write it like 2019/20"),
    (
        "outturns: {2019/20: 53%}",
        "29: 2019/20: write a plain number, like 53, or {value: 53} with its source and period, "
        "not '53%'",
    ),
    ("benchmarks: {Wales: 5}", "22: benchmarks: there is no 'Wales'; use one of England, London"),
    (
        "rate_of: 5",
        "18: rate_of: write the number of the indicator that counts, like {count: \"5\"}, not '5'",
    ),
    ("polarity: 3", "19: polarity: '3' is not known; use one of higher_is_better, lower_is_better"),
    (
        "suppress_small_numbers: 1",
        "33: suppress_small_numbers: write true or false, without quotes, not '1'",
    ),
    ("source: 2021", '17: source: this is text, so write it in quotes: "2021"'),
    ('source: ""', "17: source: write something between the quotes, or leave it out"),
    ("amber: none", "9: the key 'amber' is not known here; it belongs in 'bands'"),
    ("value: 5", "9: the key 'value' is not known here; it belongs in 'outturns' or 'benchmarks'"),
    (
        "bands: {amber: 1}",
        "24: amber: write {percentage_points: 1}, {units: 1} or "
        "{percent_of_target: 1}, or none, not '1'",
    ),
    (
        "bands: {amber: {units: 1, from: 2}}",
        "24: a band's edge is one of percentage_points, units, "
        "percent_of_target, from, not units and from",
    ),
    (
        "bands: {amber: {percentage_points: -1}}",
        "44: a tolerance is not negative: percentage_points can be 1, not -1",
    ),
    ('footnotes: ["*"]', "21: footnotes: there is no '*'; none is defined"),
]


@pytest.mark.parametrize(("line", "sentence"), KEYS, ids=[each[0] for each in KEYS])
def test_a_fault_of_a_value_says_what_to_write(line: str, sentence: str) -> None:
    """Each case has its column before its sentence."""
    column, message = sentence.split(": ", 1)
    last = ONE.count("\n") + 1
    assert list_faults(add_key(line)) == [f"f:+{last}:{column}: error: indicator 1: {message}"]


TARGETS = [
    (
        "3",
        "17: target: write {at_least: 3} or {at_most: 3}, or not_a_target_measure, or new, not '3'",
    ),
    (
        "at least 95",
        "17: target: write {at_least: 95} or {at_most: 95}, or not_a_target_measure, "
        "or new, not 'at least 95'",
    ),
    (
        "not a target measure",
        "17: target: 'not a target measure' is not known; did you mean 'not_a_target_measure'?",
    ),
    ("{atleast: 95}", "18: the key 'atleast' is not known here; did you mean 'at_least'?"),
    (
        "{owner: Head of Contact}",
        "18: the key 'owner' is not known here; use one of from, at_least, "
        "at_most, above, below, between, no_worse_than, years, profile, milestones",
    ),
    (
        "{}",
        "17: a target is one of at_least, at_most, above, below, between, no_worse_than, "
        "and none is given",
    ),
    ("{between: [1, 2, 3]}", "27: between: write two numbers, like [12, 20], not a list"),
    ("{between: [1]}", "27: between: write two numbers, like [12, 20], not a list"),
    ("{between: []}", "27: between: write two numbers, like [12, 20], not a list"),
    ("{between: [20, 12]}", "27: 'between' wants the lower end first: [12, 20]"),
    (
        "[5]",
        "18: target: write {at_least: 5} or {at_most: 5}, or not_a_target_measure, or new, not '5'",
    ),
]


@pytest.mark.parametrize(("target", "sentence"), TARGETS, ids=[each[0] for each in TARGETS])
def test_a_fault_of_a_target_says_what_to_write(target: str, sentence: str) -> None:
    column, message = sentence.split(": ", 1)
    issues = list_faults(HEAD + ONE.replace("{at_least: 90}", target))
    assert issues == [f"f:+8:{column}: error: indicator 1: {message}"]


BETWEEN_KEYS = [
    ("frequency: monthly", "frequency: annual", "7:20", "an annual indicator wants 'due_months', "
     "like [3]"),
    ("{at_least: 90}", "{at_least: 90}\n        polarity: higher_is_better", "9:19",
     "leave out 'polarity': the target says which way is better"),
    ("{at_least: 90}", "{no_worse_than: last_year}", "8:17",
     "'no_worse_than' wants the indicator's 'polarity'"),
    ("{at_least: 90}", "{no_worse_than: best}\n        polarity: higher_is_better", "8:33",
     "'no_worse_than: best' and 'worst' say of how many 'years', like 3"),
    ("{at_least: 90}", "{at_least: 90, years: 3}", "8:39",
     "'no_worse_than: best' and 'worst' say of how many 'years', like 3"),
    ("{at_least: 90}", "{at_least: 90, profile: milestones}", "8:41",
     "'profile: milestones' and the 'milestones' themselves go together"),
    ("{at_least: 90}", "{at_least: 90, milestones: {2020-06: 4}}", "8:44",
     "'profile: milestones' and the 'milestones' themselves go together"),
    ("{at_least: 90}", "{between: [1, 2], profile: full_year}", "8:44",
     "only a target that is one figure has a 'profile'"),
    ("{at_least: 90}", "{between: [1, 2]}\n        accumulates: financial_year", "8:17",
     "an indicator that accumulates cannot have a range as its target"),
    ("{at_least: 90}", "{at_least: 90}\n        rate_of: {count: \"2\"}", "9:18",
     "'rate_of' is for a 'rate_per_10000'"),
    ("{at_least: 90}", "{at_least: 90}\n        removed: Agreed.\n        replaced_by: \"2\"",
     "10:22", "an indicator is 'removed' or 'replaced_by' another, not both"),
    ("{at_least: 90}", "{at_least: 90}\n        linked: [\"2\", \"2\"]", "9:23",
     "2 stands twice; keep one of them"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "place", "message"), BETWEEN_KEYS, ids=[each[1] for each in BETWEEN_KEYS]
)
def test_a_fault_between_two_keys_is_placed_at_one_of_them(
    old: str, new: str, place: str, message: str
) -> None:
    issues = list_faults(HEAD + ONE.replace(old, new) + SECOND)
    assert issues == [f"f:+{place}: error: indicator 1: {message}"]


def test_the_same_footnote_twice_is_one() -> None:
    text = f"{HEAD}footnotes: {{a: words}}\n{ONE}        footnotes: [a, a]\n"
    assert list_faults(text) == ["f:+12:24: error: indicator 1: a stands twice; keep one of them"]


def test_an_indicator_whose_number_is_empty_has_no_name() -> None:
    assert list_faults(HEAD + ONE.replace('"1"', '""')) == [
        "f:+4:17: error: number: write something between the quotes"
    ]


def test_a_fault_of_a_key_at_a_wrong_level_says_where_it_belongs() -> None:
    """It belongs in an entry within this one; else the keys that may be given here are listed."""
    issues = list_faults(f"{HEAD}at_least: 5\n{ONE}")
    assert issues == [
        "f:+1:1: error: the key 'at_least' is not known here; "
        "use one of wards, meetings, data_statement, footnotes"
    ]
    issues = list_faults(f"{HEAD}date: 2021-01-13\n{ONE}")
    assert issues == ["f:+1:1: error: the key 'date' is not known here; it belongs in 'meetings'"]


@pytest.mark.parametrize("start", [" ", "\n          "], ids=["same line", "next line"])
def test_a_value_that_begins_on_a_later_line_is_placed_at_its_key(start: str) -> None:
    text = HEAD + ONE.replace(" {at_least: 90}", f"{start}{{at_least: 90, at_most: 95}}")
    (fault,) = list_faults(text)
    assert fault.startswith("f:+8:9: " if "\n" in start else "f:+8:17: ")
    text = HEAD + ONE.replace(" {at_least: 90}", f"{start}{{at_least: 90%}}")
    (fault,) = list_faults(text)
    assert fault.startswith("f:+9:22: " if "\n" in start else "f:+8:28: ")


def test_a_key_of_an_unlike_name_is_one_fault_with_the_key_that_is_missing() -> None:
    """Each unknown key is matched with one missing key, unless it belongs in another entry."""
    text = HEAD + ONE.replace("title: Calls", "name: Calls").replace("unit: per", "in: per")
    assert list_faults(text) == [
        "f:+5:9: error: indicator 1: the key 'name' is not known here, and 'title' is missing",
        "f:+6:9: error: indicator 1: the key 'in' is not known here, and 'unit' is missing",
    ]
    assert list_faults(HEAD + ONE.replace("title: Calls", "percent: Calls")) == [
        "f:+5:9: error: indicator 1: the key 'percent' is not known here, and 'title' is missing"
    ]
    assert list_faults(HEAD + ONE.replace("title: Calls", "amber: none")) == [
        "f:+4:9: error: indicator 1: the key 'title' is missing",
        "f:+5:9: error: indicator 1: the key 'amber' is not known here; it belongs in 'bands'",
    ]


def test_a_misspelt_key_is_one_fault() -> None:
    """The key that is meant is not reported as missing as well."""
    issues = list_faults(HEAD + ONE.replace("title: Calls", "titel: Calls"))
    assert issues == [
        "f:+5:9: error: indicator 1: the key 'titel' is not known here; did you mean 'title'?"
    ]
