"""`kpi check`: every fault with its place, the bad value and the right one, in three formats."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from helpers.councils import HEAD, ROOT, Outcome
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from merton_kpi.catalogue.model_errors import list_inner_models, list_model_issues
from merton_kpi.catalogue.models import Catalogue
from merton_kpi.catalogue.yaml_reader import read_yaml
from merton_kpi.catalogue.yaml_traps import check_plain_scalar
from merton_kpi.cli.check import write_issues
from merton_kpi.cli.options import IssueFormat
from merton_kpi.core.issues import Issue, Place, Severity
from merton_kpi.loading import check_completeness, read_catalogue, read_checked_definitions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from merton_kpi.catalogue.fields import Entry

    Kpi = Callable[..., Outcome]

FAULTY = Path(__file__).parent / "faulty"
TWELVE = [
    *("7:1", "10:12", "20:20", "21:28", "23:18", "25:17"),
    *("29:18", "32:17", "36:9", "38:17", "43:17", "49:33"),
]
LINE = HEAD.count("\n")
ONE = """\
sections:
  - title: Services
    indicators:
      - number: "1"
        title: Calls
        unit: percent
        frequency: monthly
        target: {at_least: 90}
        rationale: A call is a question.
        owner: Head of Contact
"""


def list_faults(text: str, *, gaps: bool = False) -> list[str]:
    """Each issue in its words, with a line behind HEAD counted from there: `f:+4:9: error: …`."""
    definitions = read_checked_definitions(text, "f")
    issues = check_completeness(definitions) if gaps else definitions.issues
    return [
        re.sub(r"^f:(\d+)", lambda found: f"f:+{int(found[1]) - LINE}", str(issue))
        if (issue.place.line or 0) > LINE
        else str(issue)
        for issue in issues
    ]


def with_key(line: str) -> str:
    """The catalogue of one indicator with one more line in it, the last."""
    return f"{HEAD}{ONE}        {line}\n"


def test_twelve_faults_are_twelve_lines_with_their_places(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(FAULTY)
    told = kpi("check")
    assert (told.code, told.out) == (1, "")
    places = [":".join(line.split(":")[1:3]) for line in told.err.splitlines()]
    assert places == TWELVE
    golden("check-faults.txt", told.err)


def test_twelve_faults_are_twelve_lines_of_json(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(FAULTY)
    told = kpi("check", "--format", "json")
    assert (told.code, told.err, told.out.count("\n")) == (1, "", 12)
    issues = json.loads(told.out)
    assert [f"{issue['line']}:{issue['column']}" for issue in issues] == TWELVE
    for issue, line in zip(issues, kpi("check").err.splitlines(), strict=True):
        words = (issue["severity"], issue["subject"], issue["message"])
        place = f"{issue['file']}:{issue['line']}:{issue['column']}"
        assert line == ": ".join(filter(None, (place, *words)))
    golden("check-faults.json", told.out)


def test_twelve_faults_are_twelve_annotations_on_github(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(FAULTY)
    told = kpi("check", "--format", "github")
    assert (told.code, told.err, told.out.count("\n")) == (1, "", 12)
    found = re.findall(r"^::error file=indicators.yaml,line=(\d+),col=(\d+),", told.out, re.M)
    assert [":".join(place) for place in found] == TWELVE
    golden("check-faults.github.txt", told.out)


def test_merton_is_sound_in_each_format(kpi: Kpi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = kpi("check", "--data", "data")
    warnings = len(text.err.splitlines())
    assert text.out == (
        f"indicators.yaml: 39 indicators, no faults, {warnings} warnings\n"
        "data: 185 rows in 8 extracts, all used\n"
    )
    told = kpi("check", "--data", "data", "--format", "json")
    assert (told.code, told.err, len(json.loads(told.out))) == (0, "", warnings)
    told = kpi("check", "--data", "data", "--format", "github")
    assert (told.code, told.err, told.out.count("::warning file=")) == (0, "", warnings)


def test_no_issues_are_an_empty_array_and_no_annotation(kpi: Kpi, council: Path) -> None:
    (council / "indicators.yaml").write_text(HEAD + ONE, encoding="utf-8")
    assert kpi("check", "--strict").out == "indicators.yaml: 1 indicator, no faults, 0 warnings\n"
    told = kpi("check", "--strict", "--format", "json")
    assert (told.code, told.out, told.err) == (0, "[]\n", "")
    told = kpi("check", "--strict", "--format", "github")
    assert (told.code, told.out, told.err) == (0, "", "")


def test_a_file_that_is_not_there_is_an_issue_in_each_format(kpi: Kpi, council: Path) -> None:
    (council / "indicators.yaml").unlink()
    told = kpi("check", "--format", "json")
    assert told.code == 1
    assert json.loads(told.out) == [
        {
            "severity": "error",
            "code": "missing_file",
            "file": "indicators.yaml",
            "line": None,
            "column": None,
            "subject": "",
            "message": "there is no such file; go to its folder, or name it with --catalogue",
        }
    ]
    assert kpi("check", "--format", "github").out == (
        "::error file=indicators.yaml,title=kpi check::"
        "there is no such file; go to its folder, or name it with --catalogue\n"
    )


def test_strict_fails_for_warnings_and_says_so(kpi: Kpi, council: Path) -> None:
    assert kpi("check").code == 0
    told = kpi("check", "--strict")
    assert told.code == 1
    assert told.out == (
        "indicators.yaml: 2 indicators, no faults, 3 warnings\n"
        "The check fails: --strict allows no warning\n"
    )
    assert kpi("check", "--strict", "--format", "github").code == 1
    assert kpi("check", "--strict", "--format", "json").code == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "--format", "xml"], "there is no 'xml'; use one of text, json, github"),
        (["due", "--format", "excel"], "there is no 'excel'; use one of text, csv, markdown"),
        (["explain", "1", "--format", "jsno"], "there is no 'jsno'; did you mean 'json'?"),
    ],
)
def test_an_unknown_format_is_wrong_usage(
    arguments: list[str], sentence: str, kpi: Kpi, council: Path
) -> None:
    told = kpi(*arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err.endswith(f"\n\nError: Invalid value for '--format': {sentence}\n")


def test_github_reads_each_issue_as_one_command() -> None:
    """What would end a line, a property or the properties is written in its code."""
    place = Place(file="a,b:c%.yaml", line=3, column=5)
    issue = Issue(code="x", place=place, subject="indicator 1,\n2", message="50%: a, b\r\nc")
    assert write_issues([issue], IssueFormat.GITHUB) == (
        "::error file=a%2Cb%3Ac%25.yaml,line=3,col=5,title=indicator 1%2C%0A2::50%25: a, b%0D%0Ac\n"
    )


def test_json_keeps_an_issue_on_one_line() -> None:
    place = Place(file="é.yaml")
    issue = Issue(severity=Severity.WARNING, code="x", place=place, message='a\n"b"')
    text = write_issues([issue, issue], IssueFormat.JSON)
    assert text.count("\n") == 2
    assert "é.yaml" in text
    assert json.loads(text)[1]["message"] == 'a\n"b"'


TRAPS = [
    ("no", "false", ", or false"),
    ("Yes", "true", ", or true"),
    ("on", "true", ", or true"),
    ("OFF", "false", ", or false"),
    ("y", "true", ", or true"),
    ("True", "true", ", or true"),
    ("NULL", "nothing", ", or leave it out"),
    ("010", "8", ", or 10"),
    ("-010", "-8", ", or -10"),
    ("08", "8", ", or 8"),
    ("0x1F", "31", ", or 31"),
    ("0o17", "15", ", or 15"),
    ("0b101", "5", ", or 5"),
    ("1:30", "90", ""),
    ("1:30:05", "5405", ""),
    ("1_000", "1000", ", or 1000"),
    ("1e3", "1000", ", or 1000"),
    ("1.5E+3", "1500", ", or 1500"),
    (".5", "0.5", ", or 0.5"),
    ("5.", "5", ", or 5"),
    ("+5", "5", ", or 5"),
    (".inf", "infinity", ""),
    ("-.Inf", "infinity", ""),
    (".nan", "not a number", ""),
    ("99999999999999999999", "a number", ""),
    ("1e999999", "a number", ""),
    ("1e99999999999999999999", "a number", ""),
    ("1e-9999999999999", "a number", ""),
]


@pytest.mark.parametrize(("text", "seen", "otherwise"), TRAPS, ids=[each[0] for each in TRAPS])
def test_what_other_programs_read_otherwise_wants_quotes(
    text: str, seen: str, otherwise: str
) -> None:
    sentence = f"'{text}' without quotes is {seen} to other programs; write \"{text}\""
    line = ONE.count("\n") + 1
    told = list_faults(with_key(f"source: {text}"))
    assert told == [f"f:+{line}:17: error: indicator 1: {sentence}{otherwise}"]
    told = list_faults(HEAD + f"footnotes: {{{text}: words}}\n" + ONE)
    assert told == [f"f:+1:13: error: {sentence}"]
    assert list_faults(with_key(f'source: "{text}"')) == []


@pytest.mark.parametrize(
    "text",
    ["2020-11", "2021-01-13", "2019/20", "true story", "1.2.3", "12-20", "5%", "09:30", "nO", "-"],
)
def test_dates_years_and_words_are_no_traps(text: str) -> None:
    assert list_faults(with_key(f"rating_withheld: a\n        source: x {text}")) == []
    assert read_yaml(f"[{text}]", "f").value == (text,)
    assert not read_yaml(f"[{text}]", "f").issues


@given(st.text("0123456789+-._:eExXoObBaAfFnN", min_size=1, max_size=40))
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_trap_or_none(text: str) -> None:
    """None stops the reader, and what it is told to be written like is no trap itself."""
    trap = check_plain_scalar(text)
    if ", or " in trap:
        assert not check_plain_scalar(trap.rsplit(", or ", 1)[1])


def test_what_pyyaml_reads_as_no_text_is_a_trap_or_the_same_here() -> None:
    """PyYAML is one of the other programs: what it takes for no text is refused, or read alike."""
    words = [each[0] for each in TRAPS] + ["0", "-5", "83.10", "true", "false", "null", "~"]
    for word in words:
        document = read_yaml(f"[{word}]", "f")
        (theirs,) = yaml.safe_load(f"[{word}]")
        (ours,) = document.value
        assert document.issues or ours == theirs or float(ours) == theirs, word


MEETING = "meetings:\n  - {{date: {}, data_to: {}, papers_due: {}}}\n"


@pytest.mark.parametrize(
    ("meeting", "sentence"),
    [
        (
            ("20210113", "2020-11", "2021-01-05T12:00"),
            "+2:12: error: '20210113' is not a date: write it like 2021-01-13",
        ),
        (
            ("2021-W02-3", "2020-11", "2021-01-05T12:00"),
            "+2:12: error: '2021-W02-3' is not a date: write it like 2021-01-13",
        ),
        (
            ("13/1/2021", "2020-11", "2021-01-05T12:00"),
            "+2:12: error: '13/1/2021' is not a date: write it like 2021-01-13",
        ),
        (
            ("2021-02-30", "2020-11", "2021-01-05T12:00"),
            "+2:12: error: '2021-02-30' is not a date: write it like 2021-01-13",
        ),
        (
            ("2021-01-13", "11/2020", "2021-01-05T12:00"),
            "+2:33: error: '11/2020' is not a month: write it as year and month, like 2020-11",
        ),
        (
            ("2021-01-13", "2020-11", "2021-01-05"),
            "+2:54: error: '2021-01-05' is not a date and time: write it like 2021-01-05T12:00",
        ),
        (
            ("2021-01-13", "2020-11", "2021-01-05T24:00"),
            "+2:54: error: '2021-01-05T24:00' is not a date and time: "
            "write it like 2021-01-05T12:00",
        ),
        (
            ("2021-01-13", "2020-11", "2021-01-05T12:00Z"),
            "+2:54: error: '2021-01-05T12:00Z' is not a date and time: "
            "write it like 2021-01-05T12:00",
        ),
        (
            ("2021-01-13", "2020-11", "05/01/2021 12:00"),
            "+2:54: error: '05/01/2021 12:00' is not a date and time: "
            "write it like 2021-01-05T12:00",
        ),
        (
            ("2020-11-30", "2020-11", "2020-11-20T12:00"),
            "+2:33: error: the meeting on 2020-11-30 comes before the end of its 'data_to', "
            "2020-11; the last month that is over by then is 2020-10",
        ),
        (
            ("2021-01-13", "2020-11", "2021-01-14T12:00"),
            "+2:54: error: the papers of the meeting on 2021-01-13 are due after it",
        ),
    ],
)
def test_a_meeting_is_in_its_order_and_written_as_shown(
    meeting: tuple[str, str, str], sentence: str
) -> None:
    assert list_faults(HEAD + MEETING.format(*meeting) + ONE) == [f"f:{sentence}"]


def test_papers_due_on_the_day_itself_and_a_meeting_on_the_first_are_sound() -> None:
    meeting = MEETING.format("2020-12-01", "2020-11", "2020-12-01T09:00")
    assert list_faults(HEAD + meeting + ONE) == []


def test_two_meetings_on_one_day_are_one() -> None:
    text = "meetings:\n" + "  - {date: 2021-01-13, data_to: 2020-11}\n" * 2
    assert list_faults(HEAD + text + ONE) == [
        "f:+3:12: error: the meeting on 2021-01-13 was given on line "
        f"{LINE + 2} already; keep one of them"
    ]


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
def test_a_bad_value_is_told_with_the_right_one(line: str, sentence: str) -> None:
    """The column, and the sentence."""
    column, message = sentence.split(": ", 1)
    last = ONE.count("\n") + 1
    assert list_faults(with_key(line)) == [f"f:+{last}:{column}: error: indicator 1: {message}"]


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
def test_a_bad_target_is_told_with_a_right_one(target: str, sentence: str) -> None:
    column, message = sentence.split(": ", 1)
    told = list_faults(HEAD + ONE.replace("{at_least: 90}", target))
    assert told == [f"f:+8:{column}: error: indicator 1: {message}"]


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
def test_a_fault_between_two_keys_is_told_at_one_of_them(
    old: str, new: str, place: str, message: str
) -> None:
    second = ONE[ONE.index("      - number") :].replace('"1"', '"2"')
    told = list_faults(HEAD + ONE.replace(old, new) + second)
    assert told == [f"f:+{place}: error: indicator 1: {message}"]


def test_the_same_footnote_twice_is_one() -> None:
    text = f"{HEAD}footnotes: {{a: words}}\n{ONE}        footnotes: [a, a]\n"
    assert list_faults(text) == ["f:+12:24: error: indicator 1: a stands twice; keep one of them"]


def test_an_indicator_whose_number_is_empty_has_no_name() -> None:
    assert list_faults(HEAD + ONE.replace('"1"', '""')) == [
        "f:+4:17: error: number: write something between the quotes"
    ]


def test_a_key_at_a_wrong_level_is_told_where_it_belongs() -> None:
    """In an entry right within this one; else what may stand here."""
    told = list_faults(f"{HEAD}at_least: 5\n{ONE}")
    assert told == [
        "f:+1:1: error: the key 'at_least' is not known here; "
        "use one of wards, meetings, data_statement, footnotes"
    ]
    told = list_faults(f"{HEAD}date: 2021-01-13\n{ONE}")
    assert told == ["f:+1:1: error: the key 'date' is not known here; it belongs in 'meetings'"]


@pytest.mark.parametrize("start", [" ", "\n          "], ids=["same line", "next line"])
def test_a_value_that_begins_on_a_later_line_is_placed_at_its_key(start: str) -> None:
    text = HEAD + ONE.replace(" {at_least: 90}", f"{start}{{at_least: 90, at_most: 95}}")
    (fault,) = list_faults(text)
    assert fault.startswith("f:+8:9: " if "\n" in start else "f:+8:17: ")
    text = HEAD + ONE.replace(" {at_least: 90}", f"{start}{{at_least: 90%}}")
    (fault,) = list_faults(text)
    assert fault.startswith("f:+9:22: " if "\n" in start else "f:+8:28: ")


def test_a_key_of_an_unlike_name_is_one_fault_with_the_key_that_is_missing() -> None:
    """One for each that is missing; a key that belongs elsewhere is a fault of its own."""
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
    """And not a second one, for the key that is then missing."""
    told = list_faults(HEAD + ONE.replace("title: Calls", "titel: Calls"))
    assert told == [
        "f:+5:9: error: indicator 1: the key 'titel' is not known here; did you mean 'title'?"
    ]


WHOLE = """\
authority: A
short_name: A
panel: P
financial_year: 2020/21
wards: All
lead_officer: D
lead_member: M
contact_officer: O
meetings: [{date: 2021-01-13, data_to: 2020-11, papers_due: 2021-01-05T12:00}]
data_statement: x
bands:
  percent: {amber: {percentage_points: 1}, green: {units: 1}, blue: {from: 3}}
  other: {amber: {percent_of_target: 5}}
benchmark_areas: [England, London]
footnotes: {a: b}
sections:
- title: S
  bands: {other: {amber: none}}
  indicators:
  - number: "1"
    title: T
    unit: percent
    decimals: 1
    frequency: monthly
    due_months: [3]
    arrears: 1
    accumulates: financial_year
    polarity: lower_is_better
    target:
      from: 2020-04
      at_least: 5
      at_most: 4
      above: 4
      below: 3
      between: [1, 2]
      no_worse_than: best
      years: 3
      profile: milestones
      milestones: {2020-04: 4}
    bands: {amber: {units: 1}}
    carry_forward: 1
    rating_withheld: x
    outturns:
      2019/20:
        value: 5
        status: new
        unit: percent
        source: x
        period: x
        note: x
        comparable: true
        confirmed: x
    earlier_months: {2019-04: 4}
    benchmarks: {England: 4}
    rationale: x
    linked: ["1"]
    rate_of: {count: "1", population: 3}
    suppress_small_numbers: true
    confirmed: x
    owner: x
    source: x
    footnotes: [a]
    removed: x
    replaced_by: "1"
"""
WRONG = (
    *("5", "1.5", "-1", "99", "2019", '"5"', '""', "words", "5%", "13/01/2021", "1,2"),
    *("true", "null", "[]", "[5]", "[a, b, c]", "{}", "{zz: 1}"),
)


def put(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    """A document with another value at a path."""
    if not path:
        return new
    if isinstance(value, dict):
        return {**value, path[0]: put(value[path[0]], path[1:], new)}
    return tuple(put(each, path[1:], new) if i == path[0] else each for i, each in enumerate(value))


def spoil_each_field() -> Iterator[tuple[Any, str]]:
    """Every error of the models when each value of WHOLE in turn is of each wrong kind."""
    document = read_yaml(WHOLE, "f")
    for path in document.marks:
        for word in WRONG:
            value = put(document.value, path, read_yaml(word, "w").value)
            try:
                Catalogue.model_validate(value)
            except ValidationError as error:
                for details in error.errors(include_url=False):
                    spoilt = replace(document, value=value)
                    for issue in list_model_issues(spoilt, [details]):
                        yield details, issue.message


def test_no_word_of_pydantic_reaches_a_user() -> None:
    """Whatever field has whatever wrong kind of value, the sentence is ours and says what to do."""
    seen, told = set(), set()
    for details, message in spoil_each_field():
        seen.add(details["type"])
        told.add(message)
        if details["type"] != "value_error":
            assert details["msg"] not in message
        assert "another kind of value" not in message, details
        assert not re.search(r"Input|instance|tuple|dict|Decimal|#|None|True|False", message)
        assert re.search(
            r"write |did you mean |use one of |is missing$|list at least|is not a|give |a target|"
            r"it belongs in |tolerance|band's edge|wants|go together|milestone|comes before|"
            r"'removed'|'rate_of' is|'polarity'|stands twice",
            message,
        ), message
    assert len(seen) >= 20
    assert len(told) >= 500


def test_every_key_of_the_models_is_spoilt() -> None:
    document = read_yaml(WHOLE, "f")
    spoilt = {part for path in document.marks for part in path}
    entries: list[type[Entry]] = [Catalogue]
    for entry in entries:  # which grows
        for name, field in entry.model_fields.items():
            assert (field.alias or name) in spoilt
        for inner in list_inner_models(entry).values():
            if inner not in entries:
                entries.append(inner)
    assert len(entries) == 10


def test_bands_that_contradict_a_target_are_told_beside_other_faults() -> None:
    """And in an entry of their own, whatever is wrong with the head or with another entry."""
    second = ONE[ONE.index("      - number") :].replace('"1"', '"2"')
    text = HEAD.replace("panel: Services Panel\n", "panel: 5\n") + ONE + second
    text = text.replace(
        "{at_least: 90}", "{at_least: 0}\n        bands: {amber: {percent_of_target: 5}}", 1
    )
    text = text.replace("percentage_points: 1", "percentage_points: 1}, blue: {from: 80", 1)
    assert list_faults(text) == [
        'f:3:8: error: panel: this is text, so write it in quotes: "5"',
        "f:10:50: error: target and bands: blue would begin at 80%, "
        "which is no better than the target; seen first on indicator 2",
        "f:+8:17: error: indicator 1: target and bands: 5% of a target of 0 is nothing: "
        "give the band in 'percentage_points', or say 'none'",
    ]


GAPS = ONE.replace("        rationale: A call is a question.\n", "").replace(
    "Head of Contact", '" "'
)


def test_a_rationale_or_owner_that_is_missing_is_a_warning() -> None:
    catalogue, issues = read_catalogue(HEAD + GAPS, "f")
    assert catalogue is not None
    assert list_faults(HEAD + GAPS, gaps=True) == [
        "f:+4:9: warning: indicator 1: the rationale is missing; "
        "say in a sentence or two why the indicator matters",
        "f:+4:9: warning: indicator 1: the owner is missing; "
        "give the job title of the one who answers for the figures",
    ]
    assert issues == ()


def test_gaps_are_told_beside_errors() -> None:
    text = (HEAD + GAPS).replace("frequency: monthly", "frequency: montly")
    assert [line.split(": ")[1] for line in list_faults(text, gaps=True)] == [
        "warning",
        "warning",
        "error",
    ]


def test_an_owner_under_a_misspelt_key_is_not_missing_as_well() -> None:
    assert list_faults(HEAD + ONE.replace("owner:", "owmer:"), gaps=True) == [
        "f:+10:9: error: indicator 1: the key 'owmer' is not known here; did you mean 'owner'?"
    ]


def test_a_closed_indicator_needs_no_rationale_or_owner() -> None:
    for key in ("removed: Agreed by the panel", 'replaced_by: "2"'):
        text = HEAD + GAPS + f"        {key}\n"
        text += ONE[ONE.index("      - number") :].replace('"1"', '"2"')
        assert list_faults(text, gaps=True) == []


def test_a_target_that_rates_no_month_is_a_warning() -> None:
    text = HEAD + ONE.replace("{at_least: 90}", "{no_worse_than: last_year}")
    text += "        polarity: higher_is_better\n        outturns: {2018/19: 5}\n"
    assert list_faults(text) == []
    assert list_faults(text, gaps=True) == [
        "f:+8:17: warning: indicator 1: target: no month of 2020/21 can be rated: "
        "There is no outturn to compare with last year's outturn."
    ]
    assert list_faults(text.replace("2018/19", "2019/20"), gaps=True) == []
    assert list_faults(f"{text}        rating_withheld: Agreed.\n", gaps=True) == []


def test_only_check_tells_of_gaps(kpi: Kpi, council: Path) -> None:
    assert "rationale" in kpi("check", "--data", "data").err
    assert "rationale" not in kpi("build", "--month", "2020-04").err


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
def test_broken_yaml_is_told_with_what_to_do(line: str, place: str, sentence: str) -> None:
    assert list_faults(line) == [f"f:{place}: error: this is not YAML: {sentence}"]


@given(st.text(st.sampled_from("ab:-?!*&%@`\\'\"[]{},|>#\t\n  19"), max_size=40))
@settings(max_examples=400, deadline=None)
def test_no_word_of_the_parser_is_printed(text: str) -> None:
    """It calls a sign an indicator, which is here what the catalogue is made of."""
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
def test_a_comma_in_a_number_is_told_once(value: str, place: str, sentence: str) -> None:
    """Whatever the rest of the number would be as a key, and the beginning as a figure."""
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
def test_curly_quotes_around_a_value_are_told_once(
    old: str, new: str, place: str, sentence: str
) -> None:
    second = ONE[ONE.index("      - number") :].replace('"1"', '"2"')
    text = HEAD + ONE.replace(old, new, 1) + second + '        linked: ["1"]\n'
    assert list_faults(text) == [f"f:+{place}: error: indicator 1: {sentence}"]


@pytest.mark.parametrize("title", ["'“Calls”'", "“Calls” and “visits”", "Answered “calls”"])
def test_curly_quotes_within_a_text_are_its_own(title: str) -> None:
    assert list_faults(HEAD + ONE.replace("Calls", title)) == []


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that another program's file names, as that program would."""
    scripts = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    return subprocess.run(
        shlex.split(command),
        cwd=folder,
        env=os.environ | {"PATH": scripts},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_pre_commit_hook_runs_on_the_catalogue_alone() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("kpi-check", "python", False)
    assert [bool(re.search(hook["files"], name)) for name in ("indicators.yaml", "a.yaml")] == [
        True,
        False,
    ]
    assert run(hook["entry"], ROOT).returncode == 0
    assert run(hook["entry"], FAULTY).returncode == 1


def test_the_workflow_checks_pull_requests() -> None:
    text = (ROOT / "docs/examples/check-definitions.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["on"]["pull_request"]["paths"] == ["indicators.yaml", "data/**"]
    assert not read_yaml(text, "f").issues  # none of YAML's traps, such as an unquoted on
    steps = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert steps == ["pip install .", "kpi check --data data --format github"]
    told = run(steps[1], ROOT)
    assert (told.returncode, told.stderr) == (0, "")
    assert all(line.startswith("::warning file=") for line in told.stdout.splitlines())
    assert run(steps[1].replace(" --data data", ""), FAULTY).stdout.startswith("::error file=")
