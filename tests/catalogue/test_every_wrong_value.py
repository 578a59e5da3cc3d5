"""A wrong value of any kind in any field gets one of our own sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from merton_kpi.catalogue.models import Catalogue
from merton_kpi.catalogue.reading.advice.model_keys import list_inner_models
from merton_kpi.catalogue.reading.model_errors import list_model_issues
from merton_kpi.catalogue.reading.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.fields import Entry


WHOLE = """\
authority: A
short_name: A
panel: P
financial_year: 2020/21
wards: All
lead_officer: D
lead_member: M
contact_officer: O
meetings:
- date: 2021-01-13
  data_to: 2020-11
  papers_due: 2021-01-05T12:00
  time: "19:15"
  venue: x
  agenda_item: "5"
papers_due: {working_days_before: 6, at: "12:00", nation: wales}
service_heading: x
index_note: x
data_statement: x
papers: [workbook, csv]
licence: OGL-UK-3.0
bands:
  percent: {amber: {percentage_points: 1}, green: {units: 1}, blue: {from: 3}}
  other: {amber: {percent_of_target: 5}, green: {below: {units: 1}, above: none}}
benchmark_areas: [England, London]
report_sections:
  recommendations: T
  for_decision: T
  alternative_options: T
  consultation: T
  timetable: T
  financial: T
  legal: T
  equalities: T
  crime_and_disorder: T
  risk: T
  background_papers: T
  required: [legal, risk]
page_colours:
  {band: "#000000", link: "#000000", link_in_the_dark: "#FFFFFF", blue: "#000000",
   green: "#000000", amber: "#000000", red: "#000000"}
rating_words: {blue: {label: I, means: information}, green: G, amber: A, red: R}
footnotes: {a: b}
history: x
worsening_is_an_exception: false
usual_amber_needs_no_commentary: false
sources:
- files: "*-x*"
  sheet: x
  columns: {indicator: a, title: b, period: c, value: d, numerator: e, denominator: f, status: g,
    note: h, commentary: i, caveat: j, of_note: k, confirmed: l, judgement: m, judgement_reason: n,
    judgement_by: o, forecast: p, forecast_by: q}
  pass_over: [r]
  pass_over_rows: [t]
  indicators: {s: "1"}
owners: [{name: x, address: x@y}]
sections:
- title: S
  bands: {other: {amber: none}}
  indicators:
  - number: "1"
    formerly: {2019/20: "2"}
    title: T
    unit: percent
    decimals: 1
    frequency: monthly
    due_months: [3]
    first_due: 2020-05
    arrears: 1
    accumulates: financial_year
    figures: of_period
    polarity: lower_is_better
    target:
      from: 2020-04
      at_least: 5
      at_most: 4
      above: 4
      below: 3
      between: [1, 2]
      no_worse_than: best
      withdrawn: x
      bands: {amber: {units: 1}}
      years: 3
      profile: milestones
      milestones: {2020-04: 4}
    bands: {amber: {better_than: same_period_last_year}}
    carry_forward: 1
    rating_withheld: x
    breaks: [{from: 2020-09, reason: x}]
    stock: true
    baseline: 12
    outturns:
      2019/20:
        value: 5
        rating: amber
        status: new
        unit: {label: x, singular: y}
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
    sum_of: ["1", "2"]
    running_total_of: "1"
    percentage_of: {count: "1", of: "2"}
    suppress: {below: 6, round_to: 5}
    suppress_small_numbers: true
    confirmed: x
    owner: x
    service: x
    part_of: "1"
    source: x
    footnotes: [a]
    removed: {from: 2020-09, reason: x}
    replaced_by: {from: 2020-09, indicator: "1"}
"""
WRONG = (
    *("5", "1.5", "-1", "99", "2019", '"5"', '""', "words", "5%", "13/01/2021", "1,2"),
    *("true", "null", "[]", "[5]", "[a, b, c]", "{}", "{zz: 1}"),
)


def replace_value(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    """A value with another one at a path in it."""
    if not path:
        return new
    if isinstance(value, dict):
        return {**value, path[0]: replace_value(value[path[0]], path[1:], new)}
    return tuple(
        replace_value(each, path[1:], new) if i == path[0] else each for i, each in enumerate(value)
    )


def list_errors_of_wrong_values() -> Iterator[tuple[Any, str]]:
    """Every error of the models, with its sentence, where one value of WHOLE is a wrong one."""
    document = read_yaml(WHOLE, "f")
    for path in document.marks:
        for word in WRONG:
            value = replace_value(document.value, path, read_yaml(word, "w").value)
            try:
                Catalogue.model_validate(value)
            except ValidationError as error:
                for details in error.errors(include_url=False):
                    changed = replace(document, value=value)
                    for issue in list_model_issues(changed, [details]):
                        yield details, issue.message


def test_no_sentence_of_pydantic_is_printed() -> None:
    """Each sentence says what to write instead."""
    types, messages = set(), set()
    for details, message in list_errors_of_wrong_values():
        types.add(details["type"])
        messages.add(message)
        if details["type"] != "value_error":
            assert details["msg"] not in message
        assert "another kind of value" not in message, details
        unfilled = r"Input|instance|tuple|dict|Decimal|#(?!1F3864)|None|True|False"
        assert not re.search(unfilled, message)
        assert re.search(
            r"write |did you mean |use one of |is missing$|is not a|give |needs? |must not |"
            r"it belongs in |can have|leave out|milestone|is before|are due after|is only for|"
            r"appears twice|the only one known is ",
            message,
        ), message
    assert len(types) >= 20
    assert len(messages) >= 500


def test_the_catalogue_of_these_tests_has_every_key_of_the_models() -> None:
    document = read_yaml(WHOLE, "f")
    keys = {part for path in document.marks for part in path}
    entries: list[type[Entry]] = [Catalogue]
    for entry in entries:  # which grows
        for name, field in entry.model_fields.items():
            assert (field.alias or name) in keys
        for inner in list_inner_models(entry).values():
            if inner not in entries:
                entries.append(inner)
    assert len(entries) == 24
