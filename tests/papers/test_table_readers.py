"""Other programs read the CSV with the right types and no options, and find it as described.

Slow. The libraries are the project's extra `readers`; one that is not installed is skipped.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from helpers.cards import CARDS
from helpers.councils import HEAD, NOVEMBER, read_merton
from helpers.table import list_card_fields, make_card, read_table

from merton_kpi.core.vocabulary import Edition
from merton_kpi.papers.csv_table import write_csv
from merton_kpi.papers.data_package import write_data_package
from merton_kpi.scorecard.periods.figures import compose_figures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from merton_kpi.scorecard.records import Scorecard

pytestmark = pytest.mark.slow


def make_parts() -> Scorecard:
    """Every column is used: parts, totals, services, judgements, a forecast, benchmarks."""
    return make_card(
        """\
        - {number: "1.10", title: Visits on time, unit: percent, frequency: monthly,
           service: Housing, target: {between: [40, 60]}, earlier_months: {2019-04: 50},
           benchmarks: {England: 50.5, London: 49}}
        - {number: "1.2", title: Visits, unit: number, frequency: monthly, part_of: "1.10",
           accumulates: financial_year, figures: of_period,
           target: {at_most: 90, profile: share_of_year}}
        """,
        {"2020-04": "1.10,,,40,80; 1.2,,9", "2020-05": "1.10,,,39,81; 1.2,,5"},
        f"{HEAD}licence: CC-BY-4.0\nservice_heading: Team\n",
    )


CASES: dict[str, Callable[[], Scorecard]] = {**CARDS, "every column": make_parts}


@dataclass(frozen=True, kw_only=True)
class Written:
    """A CSV in a folder, with its data package beside it."""

    card: Scorecard
    table: Path
    package: Path


def write(card: Scorecard, folder: Path) -> Written:
    span = card.year.format_span(card.month)
    written = Written(
        card=card,
        table=folder / Edition.CSV.format_name(span),
        package=folder / Edition.DATA_PACKAGE.format_name(span),
    )
    figures = compose_figures(card)
    content = write_csv(card, figures)
    written.table.write_bytes(content)
    written.package.write_bytes(write_data_package(card, figures, content))
    return written


@pytest.fixture(params=list(CASES))
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Written:
    return write(CASES[request.param](), tmp_path)


def import_frictionless() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("frictionless", reason="install '.[readers]'")


def list_columns(written: Written) -> dict[str, tuple[str, set[str]]]:
    """The type and the cells of each column that is not blank in every row."""
    rows = read_table(written.card)
    columns = {
        each.name: (each.type, {row[each.name] for row in rows if row[each.name]})
        for each in list_card_fields(written.card)
    }
    return {name: column for name, column in columns.items() if column[1]}


def is_text(cells: set[str]) -> bool:
    """Whether the cells of a column of text cannot all be read as numbers."""
    try:
        return not [float(cell) for cell in cells]
    except ValueError:
        return True


def test_frictionless_finds_it_valid(written: Written) -> None:
    frictionless = import_frictionless()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = frictionless.validate(str(written.package))
    assert report.valid, report.to_summary()


def test_frictionless_finds_a_changed_file_and_a_wrong_rating(tmp_path: Path) -> None:
    frictionless = import_frictionless()
    written = write(read_merton(NOVEMBER), tmp_path)
    content = written.table.read_bytes()
    written.table.write_bytes(content.replace(b",Green,Green,", b",Teals,Green,", 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = frictionless.validate(str(written.package))
    found = {error for (error,) in report.flatten(["type"])}
    assert found == {"hash-count", "constraint-error"}


def test_pandas_gives_right_types_without_options(written: Written) -> None:
    pandas = pytest.importorskip("pandas", reason="install '.[readers]'")
    frame = pandas.read_csv(written.table)
    assert list(frame.columns) == [each.name for each in list_card_fields(written.card)]
    assert len(frame) == len(read_table(written.card))
    for name, (kind, cells) in list_columns(written).items():
        is_number = pandas.api.types.is_numeric_dtype(frame[name])
        assert is_number == (kind == "number" or not is_text(cells)), name


def test_duckdb_gives_right_types_without_options(written: Written) -> None:
    duckdb = pytest.importorskip("duckdb", reason="install '.[readers]'")
    relation = duckdb.read_csv(str(written.table))
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    assert list(types) == [each.name for each in list_card_fields(written.card)]
    assert len(relation.fetchall()) == len(read_table(written.card))
    wanted = {"date": {"DATE"}, "number": {"DOUBLE", "BIGINT"}, "string": {"VARCHAR"}}
    for name, (kind, cells) in list_columns(written).items():
        kinds = wanted[kind] if kind != "string" or is_text(cells) else wanted["number"]
        assert types[name] in kinds, name


def test_polars_gives_right_types_with_the_options_of_the_docs(written: Written) -> None:
    polars = pytest.importorskip("polars", reason="install '.[readers]'")
    frame = polars.read_csv(written.table, infer_schema_length=None, try_parse_dates=True)
    for name, (kind, cells) in list_columns(written).items():
        if kind == "date":
            assert frame[name].dtype == polars.Date, name
        else:
            assert frame[name].dtype.is_numeric() == (kind == "number" or not is_text(cells)), name


def test_duckdb_and_pandas_read_every_value_of_mertons_november(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="install '.[readers]'")
    pandas = pytest.importorskip("pandas", reason="install '.[readers]'")
    written = write(read_merton(NOVEMBER), tmp_path)
    rows = read_table(written.card)
    frame = pandas.read_csv(written.table)
    read = duckdb.read_csv(str(written.table)).fetchall()
    for name in ("value", "target_lower", "benchmark_england"):
        wanted = [float(row[name]) if row[name] else None for row in rows]
        place = list(frame.columns).index(name)
        assert [None if pandas.isna(each) else each for each in frame[name]] == wanted
        assert [row[place] for row in read] == wanted


def test_the_columns_that_are_blank_in_every_row_are_few_and_known(tmp_path: Path) -> None:
    """No program can guess their types; the data package has them."""
    written = write(read_merton(NOVEMBER), tmp_path)
    filled = list_columns(written)
    blank = {each.name for each in list_card_fields(written.card)} - filled.keys()
    of_a_year = {"finding_rule", "mean", "lower_limit", "upper_limit", "assurance"}  # too short
    assert blank == {"numerator", "denominator", "year_on_year", "stated_forecast", *of_a_year}
    package = json.loads(written.package.read_bytes())
    types = {field["name"]: field["type"] for field in package["resources"][0]["schema"]["fields"]}
    assert types["numerator"] == types["denominator"] == "number"
