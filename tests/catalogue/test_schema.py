"""The JSON Schema, and an editor that checks by it, accept what `kpi check` accepts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from helpers.councils import HEAD, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from merton_kpi.catalogue.models import Catalogue
from merton_kpi.catalogue.reading.yaml_reader import read_yaml
from merton_kpi.catalogue.schema.generate import compose_schema, format_schema
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from helpers.councils import Outcome

SCHEMA = compose_schema()
EDITOR = jsonschema.Draft7Validator(SCHEMA)
ENTRY = {
    "number": "1",
    "title": "Any",
    "unit": "percent",
    "frequency": "monthly",
    "target": {"at_least": 90},
}
# For an indicator that is the sum of others, or a percentage of one.
COUNTS = [
    ENTRY | {"number": number, "unit": "number", "target": "not_a_target_measure"}
    for number in ("2", "3")
]

# Each sets keys of the indicator above; `~` before a name takes it out.
SOUND = """
bands: {amber: none, blue: {from: 97}}
bands: {amber: {better_than: same_period_last_year}}
target: {between: [12, 20]}; bands: {amber: {below: {from: 11}, above: none}}
due_months:
frequency: half_yearly
frequency: termly; first_due: 2020-10
frequency: every_second_year; first_due: 2019-03
outturns: {2019/20: 5.5, 2018/19: {value: 4, status: provisional}, 2017/18: {status: covid}}
benchmarks: {England: {value: 54.6, period: 2018/19, comparable: false}}
earlier_months: {2019-11: 95}
target: not_a_target_measure
target: [{at_least: 80}, {from: 2020-10, at_least: 90}]
target: [{from: 2020-06, at_least: 80}, {from: 2020-10, withdrawn: Agreed.}]
target: {from: 2020-06, at_least: 80, bands: {amber: {from: 70}}}
target: [{between: [12, 20]}, {from: 2020-10, at_least: 15}, {from: 2021-01, between: [9, 20]}]
target: [{no_worse_than: last_year}, {from: 2020-10, at_least: 80}]
target: [{no_worse_than: last_year}, {from: 2020-10, between: [1, 2]}]; polarity: lower_is_better
target: {at_least: {2020-04: 80, 2020-07: 85}}
target: {no_worse_than: England}; polarity: lower_is_better; benchmarks: {England: 22}
target: {no_worse_than: best, years: 2}; polarity: lower_is_better
target: {at_most: 5, profile: share_of_year}; accumulates: financial_year
target: {at_most: 5, profile: share_of_year}; accumulates: financial_year; figures: of_period
target: {at_most: 5, profile: share_of_year}; accumulates: financial_year; figures: running_total
figures: to_date
figures: of_period
target: {at_least: 9, profile: milestones, milestones: {2020-09: 4}}; accumulates: academic_year
target: {between: [12, 20]}
unit: number; sum_of: ["2", "3"]
unit: number; sum_of: ["2", "3"]; figures: of_period
target: new; unit: number; running_total_of: "2"; accumulates: financial_year
percentage_of: {count: "2"}
percentage_of: {count: "2", of: "3"}
unit: ratio; percentage_of: {count: "2", of: "3"}
unit: {label: cases per worker}; percentage_of: {count: "2", of: "3"}
unit: rate_per_1000; percentage_of: {count: "2", of: "3"}
target: judged; ~unit:; sum_of: ["2", "3"]
removed: The panel agreed.; sum_of: ["2", "3"]
suppress: {below: 2}
suppress: {below: 6, round_to: 5}; suppress_small_numbers: false
suppress: {below: 5, round_to: 10}
suppress:; suppress_small_numbers: true
removed: The panel agreed to take it out.; ~frequency:
removed: {from: 2020-06, reason: Not collected.}
removed: {reason: Not collected.}; ~frequency:
"""
FAULTY = """
number: 1
title: ""
unit: percents
decimals: 7
decimals: -1
frequency: annual
frequency: every_second_year
frequency: every_second_year; first_due: 2020-10; due_months: [10]
first_due: 2020-13
~frequency:
due_months: []
due_months: [13]
arrears: 1.5
target: ninety
target: {at_least: "90"}
target: {at_least: true}
target: {at_least: 90, at_most: 95}
target: {}
target: {between: [12]}
target: {at_least: 90, years: 3}
target: {at_least: {}}
target: {at_least: {2020-13: 80}}
target: {at_least: {2020-04: many}}
target: {from: 2020-04, below: {2020-04: 80}}
target: {at_least: {2020-04: 80}, profile: full_year}; accumulates: financial_year
target: {at_most: {2020-04: 80}}; accumulates: financial_year
target: [{at_least: {2020-04: 80}}, {from: 2020-07, at_least: 85}]
target: {at_least: {2020-04: 80}}; polarity: lower_is_better
target: {no_worse_than: England}; benchmarks: {England: 22}
target: {no_worse_than: 22}; polarity: lower_is_better
target: {no_worse_than: England, years: 2}; polarity: lower_is_better; benchmarks: {England: 22}
target: {no_worse_than: best}; polarity: lower_is_better
target: {no_worse_than: last_year}
target: {at_least: 90}; polarity: higher_is_better
target: {at_least: 90, profile: full_year}
accumulates: financial_year
figures: running_total
figures: to_date; accumulates: financial_year; target: {at_least: 9, profile: full_year}
figures: monthly
target: {between: [12, 20]}; accumulates: financial_year
target: {between: [12, 20], profile: full_year}; accumulates: financial_year
target: {at_least: 9, profile: milestones}; accumulates: financial_year
target: {at_least: 9, milestones: {2020-06: 4}}
target: [{at_least: 80}]
target: [{at_least: 80}, {at_least: 90}]
target: [{at_least: 80}, {from: 2020-10, at_most: 90}]
target: [{at_least: 80}, {from: 2020-10, between: [1, 2]}, {from: 2020-11, below: 90}]
target: [{no_worse_than: last_year}, {from: 2020-10, between: [1, 2]}]
target: [{no_worse_than: last_year}, {from: 2020-10, at_least: 2}]; polarity: lower_is_better
target: {between: [1, 2]}; polarity: lower_is_better
target: [{withdrawn: Agreed.}, {from: 2020-10, at_least: 90}]
target: {withdrawn: Agreed.}
target: [{at_least: 80}, {withdrawn: Agreed.}]
target: [{at_least: 80}, {from: 2020-10, withdrawn: Agreed., bands: {amber: none}}]
target: [{at_least: 80}, {from: 2020-10, withdrawn: ""}]
target: {at_least: 80, bands: {amber: many}}
bands: {amber: {percentage_points: -1}}
bands: {amber: {percentage_points: 1, from: 85}}
bands: {amber: no}
bands: {amber: {better_than: last_year}}
bands: {green: {better_than: same_period_last_year}}
bands: {blue: {better_than: same_period_last_year, from: 3}}
bands: {amber: {below: {from: 3}}}
bands: {amber: {below: {from: 3}, above: {units: -1}}}
bands: {amber: {below: {from: 3}, above: {}}}
bands: {blue: {below: {from: 3}, above: none}}
bands: {green: {below: {better_than: same_period_last_year}, above: none}}
bands: {ambre: {from: 85}}
outturns: {2019/21: 5}
outturns: {2019/20: {value: 5, status: covid}}
outturns: {2019/20: {note: provisional}}
earlier_months: {2019-13: 95}
benchmarks: {Wales: many}
suppress_small_numbers: yes
sum_of: ["2", "3"]
unit: pounds; sum_of: ["2", "3"]
unit: number; sum_of: ["2"]
unit: number; sum_of: []
unit: number; sum_of: ["2", "3", "2"]
unit: number; sum_of: "2"
unit: number; sum_of: ["2", "3"]; figures: to_date
running_total_of: "2"; target: new; accumulates: financial_year
unit: number; running_total_of: "2"
unit: number; running_total_of: "2"; target: new; accumulates: academic_year; figures: of_period
unit: number; running_total_of: ["2"]; target: new; accumulates: academic_year
target: judged; ~unit:; running_total_of: "2"
unit: weeks; percentage_of: {count: "2"}
percentage_of: {of: "3"}
percentage_of: "2"
unit: number; sum_of: ["2", "3"]; percentage_of: {count: "2"}
unit: rate_per_1000; rate_of: {count: "2"}; percentage_of: {count: "2"}
suppress: true
suppress: {round_to: 5}
suppress: {below: 1}
suppress: {below: 101}
suppress: {below: 6, round_to: 1}
suppress: {below: 5.5}
suppress: {below: 5}; suppress_small_numbers: true
linked: "2"
linked: ["2", "2"]
footnotes: [a, a]
rate_of: {count: "1"}
removed: Agreed.; replaced_by: "1"
removed: ""
removed: {from: 2020-06}
removed: {from: June, reason: Not collected.}
removed: {from: 2020-06, reason: Not collected.}; ~frequency:
replaced_by: {from: 2020-06, indicator: 40}
ownr: Head of Service
"""
HEADS = """
financial_year: 2020/22
meetings: [{date: 13/01/2021, data_to: 2020-11}]
meetings: [{date: 2021-01-13, data_to: Nov 2020}]
meetings: [{date: 2021-01-13, data_to: 2020-11, papers_due: noon}]
bands: {percents: {amber: none}}
footnotes: {new: ""}
wards:
benchmark_areas: [A, B, C, D, E, F, G]
sections: []
~lead_officer:
"""


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a date is a text, and so are `yes` and `no`."""


Editor.yaml_implicit_resolvers = {
    first: [
        (tag, form)
        for tag, form in resolvers
        if not tag.endswith(":timestamp") and (not tag.endswith(":bool") or first in "tf")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def list_lines(table: str) -> list[str]:
    return table.strip().splitlines()


def set_keys(values: dict[str, Any], line: str) -> dict[str, Any]:
    """The values with the keys of a table's line set, or taken out."""
    keys = yaml.load(line.replace("; ", "\n"), Editor)
    dropped = [key.removeprefix("~") for key in keys if key.startswith("~")]
    changed = values | {key: value for key, value in keys.items() if not key.startswith("~")}
    return {key: value for key, value in changed.items() if key not in dropped}


def write_catalogue(*lines: str, head: str = "") -> str:
    """A catalogue of the indicator with these lines set in it, and of the two counts."""
    entry = ENTRY
    for line in lines:
        entry = set_keys(entry, line)
    values = yaml.load(HEAD, Editor) | {
        "sections": [{"title": "Any", "indicators": [entry, *COUNTS]}]
    }
    return yaml.safe_dump(set_keys(values, head) if head else values, sort_keys=False)


def list_editor_faults(text: str) -> list[jsonschema.ValidationError]:
    return list(EDITOR.iter_errors(yaml.load(text, Editor)))


def list_sentences(faults: list[jsonschema.ValidationError]) -> Iterator[str]:
    """The schema's own sentences for these faults, where it gives the editor one."""
    for fault in faults:
        rule = fault.schema
        if isinstance(rule, dict) and "errorMessage" in rule and isinstance(fault.instance, dict):
            yield rule["errorMessage"]
        yield from list_sentences(fault.context or [])


def test_the_schema_in_the_repository_is_what_kpi_schema_prints(
    golden: Callable[[str, str], None], kpi: Callable[..., Outcome]
) -> None:
    done = kpi("schema")
    assert (done.code, done.err) == (0, "")
    golden(str(ROOT / "indicators.schema.json"), done.out)


def test_the_schema_is_written_again_in_the_same_bytes_on_every_machine(
    kpi: Callable[..., Outcome], tmp_path: Path
) -> None:
    path = tmp_path / "indicators.schema.json"
    path.write_text("an older one", encoding="utf-8")
    done = kpi("schema", "--out", path)
    assert (done.code, done.out) == (0, f"{path.as_posix()}\n")
    assert path.read_bytes() == (ROOT / "indicators.schema.json").read_bytes()


def test_a_schema_that_cannot_be_written_is_an_error(
    kpi: Callable[..., Outcome], tmp_path: Path
) -> None:
    done = kpi("schema", "--out", tmp_path)
    assert done.code == 1
    assert done.err.startswith(f"{tmp_path.as_posix()}: error: ")
    assert done.err.count("\n") == 1


def test_an_option_that_is_not_there_is_wrong_usage(kpi: Callable[..., Outcome]) -> None:
    assert kpi("schema", "--month", "2020-11").code == 2


def test_the_command_imports_neither_openpyxl_nor_jinja2() -> None:
    code = (
        "import sys\nfrom merton_kpi.cli.app import main\n"
        "try:\n    main(['schema'])\nexcept SystemExit:\n    pass\n"
        "sys.exit(bool({'openpyxl', 'jinja2', 'yaml'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_it_is_a_schema_of_draft_07_that_the_catalogue_names_first() -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(format_schema()))
    first = (ROOT / "indicators.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=indicators.schema.json"


def test_every_key_and_every_definition_is_described() -> None:
    definitions = {"indicators.yaml": SCHEMA} | SCHEMA["definitions"]
    for name, piece in definitions.items():
        assert piece["description"].endswith("."), name
        for key, field in piece.get("properties", {}).items():
            assert field["description"].endswith("."), (name, key)


def test_mertons_catalogue_has_no_fault() -> None:
    assert not list_editor_faults((ROOT / "indicators.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_every_whole_catalogue_in_the_docs_has_no_fault(path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for block in blocks:
        if "sections:" in block:
            assert not list_editor_faults(block)


@pytest.mark.parametrize("line", list_lines(SOUND))
def test_what_kpi_accepts_an_editor_accepts(line: str) -> None:
    catalogue, issues = read_catalogue(write_catalogue(line), "indicators.yaml")
    assert catalogue is not None, issues
    assert not list_editor_faults(write_catalogue(line))


@pytest.mark.parametrize("line", [*list_lines(FAULTY), *list_lines(HEADS)])
def test_what_an_editor_underlines_kpi_check_refuses(
    line: str, council: Path, kpi: Callable[..., Outcome]
) -> None:
    """Where the schema gives the editor sentences for it, `kpi check` prints one of them."""
    text = write_catalogue(head=line) if line in HEADS else write_catalogue(line)
    (council / "indicators.yaml").write_text(text, encoding="utf-8")
    faults, done = list_editor_faults(text), kpi("check")
    assert faults
    assert done.code == 1
    sentences = list(list_sentences(faults))
    assert not sentences or any(each in done.err for each in sentences)


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.sampled_from(list_lines(SOUND) + list_lines(FAULTY)), max_size=3))
def test_schema_and_models_agree_on_every_mixture(lines: list[str]) -> None:
    text = write_catalogue(*lines)
    try:
        Catalogue.model_validate(read_yaml(text, "indicators.yaml").value)
        accepted = True
    except ValidationError:
        accepted = False
    assert accepted == (not list_editor_faults(text)), text
