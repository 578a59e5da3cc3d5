"""Each fault of a catalogue is one sentence with its line; all come together."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from helpers.councils import HEAD, make_catalogue

from merton_kpi.catalogue.targets import Target
from merton_kpi.catalogue.yaml_reader import read_yaml
from merton_kpi.loading import read_catalogue

ONE = """\
sections:
  - title: Services
    indicators:
      - number: "1"
        title: Calls
        unit: percent
        frequency: monthly
        target: {at_least: 90}
"""
LINE = HEAD.count("\n")  # the lines before `sections:`


def list_faults(text: str) -> list[str]:
    catalogue, issues = read_catalogue(text, "indicators.yaml")
    assert (catalogue is None) == bool(issues)
    return [re.sub(r"^indicators.yaml:(?=\d)", "line ", str(issue)) for issue in issues]


def test_a_sound_catalogue_has_no_faults() -> None:
    assert list_faults(HEAD + ONE) == []


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
    line, column = found.removeprefix("line ").split(":")
    assert f"{int(line) - LINE}:{column}" == place
    assert words.removeprefix("indicator 1: ") == message


def test_all_faults_come_together_in_the_order_of_their_lines() -> None:
    text = HEAD.replace("panel: Services Panel\n", "") + ONE.replace("title: Calls", "titel: Calls")
    text += ONE.replace("sections:\n", "").replace("percent", "per cent")
    assert [fault.split(": error: ")[1] for fault in list_faults(text)] == [
        "the key 'panel' is missing",
        "indicator 1: the key 'titel' is not known here; did you mean 'title'?",
        f"indicator 1: number 1 was given on line {LINE + 3} already; give each its own",
        "indicator 1: unit: 'per cent' is not known; did you mean 'percent'?",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "indicators.yaml: error: the catalogue is empty; describe its authority, panel"),
        ("---\n", "line 2:1: error: the catalogue is empty; describe its authority, panel"),
        ("~\n", "line 1:1: error: the catalogue is empty; describe its authority, panel"),
        ("a: [1", "line 1:4: error: this is not YAML: close the bracket that opens here"),
        (
            "a: 1\na: 2\n",
            "line 2:1: error: the key 'a' stands on line 1 already; keep",
        ),
        ("a: &x 1\nb: *x\n", "line 2:4: error: aliases (*name) are not used here"),
        ("a: !!python/name:os.system 1\n", "line 1:4: error: tags (tag:yaml.org,2002:python"),
        ("a: 1\n---\nb: 2\n", "line 2:1: error: a second document begins here"),
        ("? [a]\n: 1\n", "line 1:3: error: this is not YAML: a key must be a word"),
        ("[" * 50, "line 1:22: error: this is not YAML: it nests too deep"),
        ("a: é\x01\n", "line 1:5: error: this is not YAML: it has the control character U+0001"),
        ("a: b\nc: \x00", "line 2:4: error: this is not YAML: it has the control character U+0000"),
        ("a: \ufffe", "line 1:4: error: this is not YAML: it has the control character U+FFFE"),
    ],
)
def test_broken_yaml_is_told_with_its_place(text: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in list_faults(text))


def test_numbers_are_exact() -> None:
    """No float is made; dates and years are text, and the models' to read."""
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


def test_what_is_read_is_exact_decimal() -> None:
    catalogue = make_catalogue("""
        - number: "1"
          title: Calls
          unit: percent
          frequency: monthly
          target: {at_least: 90.50}
        """)
    target = catalogue.indicators[0].target
    assert isinstance(target, Target)
    assert str(target.at_least) == "90.50"
