"""The data package: what each column of the CSV holds, for programs."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from helpers.catalogues import list_issues
from helpers.councils import HEAD, make_catalogue, score
from helpers.table import read_table, write_table

from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import Rating
from merton_kpi.core.vocabulary import Licence
from merton_kpi.papers.data_package import write_data_package
from merton_kpi.scorecard.periods.figures import compose_figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.scorecard.records import Scorecard

ONE = '- {number: "1", title: Visits on time, unit: percent, frequency: monthly, target: new}'


def write_package(card: Scorecard) -> bytes:
    return write_data_package(card, compose_figures(card), write_table(card))


def describe(card: Scorecard) -> Any:
    return json.loads(write_package(card))


@pytest.fixture
def package(november: Scorecard) -> Any:
    return describe(november)


def test_it_describes_every_column_in_order(november: Scorecard, package: Any) -> None:
    (resource,) = package["resources"]
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == list(read_table(november)[0])
    assert {field["type"] for field in fields} == {"date", "string", "number"}
    assert all(field["description"].endswith(".") for field in fields)
    assert "`" not in str(fields)


def test_the_columns_contain_what_it_says(november: Scorecard, package: Any) -> None:
    """Required columns are filled, words are of their list, and the key is unique."""
    rows, schema = read_table(november), package["resources"][0]["schema"]
    for field in schema["fields"]:
        constraints = field.get("constraints", {})
        cells = {row[field["name"]] for row in rows}
        assert not (constraints.get("required") and "" in cells), field
        assert cells - {""} <= set(constraints.get("enum", cells))
        if pattern := constraints.get("pattern"):
            assert all(re.fullmatch(pattern, cell) for cell in cells if cell)
    keys = {tuple(row[name] for name in schema["primaryKey"]) for row in rows}
    assert len(keys) == len(rows)


def test_every_rating_that_a_period_can_have_is_in_the_list(package: Any) -> None:
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    words = fields["rating"]["constraints"]["enum"]
    assert words == [each.label for each in Rating if each is not Rating.CLOSED]


def test_it_names_the_file_its_size_and_its_hash(november: Scorecard, package: Any) -> None:
    table = write_table(november)
    (resource,) = package["resources"]
    assert package["name"] == "performance-index-2020-11"
    assert resource["path"] == "performance-index-2020-11.csv"
    assert resource["bytes"] == len(table)
    assert resource["hash"] == f"sha256:{hashlib.sha256(table).hexdigest()}"


def test_it_names_the_sources_without_their_hashes(november: Scorecard) -> None:
    """A hash of a small file would disclose a suppressed count."""
    content = write_package(november)
    package = json.loads(content)
    assert package["sources"][:2] == [{"title": "indicators.yaml"}, {"title": "2020-04.csv"}]
    for source in november.sources:
        assert source.sha256.encode() not in content


def test_it_is_the_same_for_the_same_papers_and_ends_with_a_newline(november: Scorecard) -> None:
    content = write_package(november)
    assert content == write_package(november)
    assert content.endswith(b"}\n")


def test_it_says_whether_the_papers_are_final(november: Scorecard) -> None:
    assert describe(november)["description"].startswith("Draft papers.")
    assert describe(replace(november, is_final=True))["description"].startswith("Final papers.")


@pytest.mark.parametrize("licence", Licence)
def test_the_licence_is_the_catalogues(licence: Licence) -> None:
    catalogue = make_catalogue(ONE, f"{HEAD}licence: {licence.value}\n")
    (given,) = describe(score(catalogue, [], Month(2020, 4)))["licenses"]
    assert given == {"name": licence.value, "title": licence.meaning, "path": licence.path}
    assert given["path"].startswith("https://")


def test_without_a_licence_there_is_no_word_of_one() -> None:
    assert "licenses" not in describe(score(make_catalogue(ONE), [], Month(2020, 4)))


def test_an_unknown_licence_is_answered_with_the_nearest(messages: Callable[..., None]) -> None:
    text = f"{HEAD}licence: OGL\nsections:\n- title: One\n  indicators:\n  {ONE}\n"
    (issue,) = list_issues(text)
    assert issue.code == "unknown_word"
    messages(issue)
