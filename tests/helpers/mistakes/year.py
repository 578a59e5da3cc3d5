"""A good year of Merton's, places in it to make mistakes in, and what is noticed of each.

The year is the council's own from April to November 2020; the months from December on are made up
in the same manner. Percentages can have made-up parts, of at most a hundred cases, that they follow
from.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from helpers.councils import ROOT
from merton_kpi.core.issues import Place, require
from merton_kpi.core.periods import Month
from merton_kpi.core.rounding import round_half_up
from merton_kpi.extracts.quoting import list_quotable_rows
from merton_kpi.extracts.reader import Extract, read_extract
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.quality.warnings import check_data
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue

FOLDER = ROOT / "tests/whole/mistakes"
MONTHS = tuple(Month(2020, 4).add_months(index) for index in range(12))
# What the percentages with parts are shares of, for each month a few more or fewer.
CASES = {"2": 71, "3": 48, "9": 52, "10": 83, "11": 39, "17": 66, "18": 58, "20": 44, "26": 57}

_T = TypeVar("_T")
Row = dict[str, str]
# What an issue is: its code, the indicator's number, and where it is.
Noticed = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """An indicator's figure in the extract of a month: `month` is the extract's."""

    month: Month
    number: str


@dataclass(slots=True)
class Year:
    """The rows of each month's extract, which a mistake can change; `files` replace whole ones."""

    rows: dict[Month, list[Row]]
    titles: bool = False
    files: dict[str, bytes] = field(default_factory=dict)

    def row(self, month: Month, number: str) -> Row:
        """An indicator's row with a figure in a month's extract."""
        return next(each for each in self.rows[month] if _is_figure(each, number))

    def row_or(self, row: Row, month: Month) -> Row:
        """Another month's row of the same indicator; the row itself where it has no figure then."""
        found = (each for each in self.rows[month] if _is_figure(each, row["indicator"]))
        return next(found, row)

    def value(self, spot: Spot) -> Decimal:
        """The figure in a place."""
        return Decimal(self.row(spot.month, spot.number)["value"])

    def write(self, spot: Spot, value: object) -> None:
        """Replace the figure in a place."""
        self.row(spot.month, spot.number)["value"] = (
            f"{value:f}" if _is_number(value) else str(value)
        )

    def place(self, month: Month, number: str) -> str:
        """The file and line of an indicator's row with a figure."""
        row = self.row(month, number)
        return f"{month}.csv:{self.rows[month].index(row) + 2}"

    def text(self, month: Month) -> str:
        """A month's extract as it is saved."""
        out = io.StringIO()
        names = list(self.rows[month][0]) if self.rows[month] else []
        table = csv.DictWriter(out, names, lineterminator="\n")
        table.writeheader()
        table.writerows(self.rows[month])
        return out.getvalue()

    def save(self, as_at: Month) -> dict[str, bytes]:
        """Every file up to a month, by name."""
        saved = {f"{month}.csv": self.text(month).encode() for month in MONTHS if month <= as_at}
        return {name: content for name, content in (saved | self.files).items() if content}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal))


def _is_figure(row: Row, number: str) -> bool:
    return row["indicator"] == number and row["value"] != ""


@cache
def read_merton_catalogue() -> tuple[Catalogue, Mapping[str, Indicator]]:
    """Merton's catalogue, and its indicators by number."""
    text = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
    catalogue = require(read_catalogue(text, "indicators.yaml"))
    return catalogue, {each.number: each for each in catalogue.indicators}


@cache
def _read_rows(month: Month) -> tuple[tuple[tuple[str, str], ...], ...]:
    path = ROOT / "data" / f"{month}.csv"
    if not path.exists():
        path = FOLDER / f"{month}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row.items()) for row in csv.DictReader(file))


def read_year(*, parts: bool = False) -> Year:
    """The good year, with parts or without."""
    year = Year({month: [dict(row) for row in _read_rows(month)] for month in MONTHS})
    if parts:
        for index, month in enumerate(MONTHS):
            for row in year.rows[month]:
                if row["indicator"] in CASES and row["value"]:
                    _add_parts(row, CASES[row["indicator"]] + index % 5)
    return year


def _add_parts(row: Row, about: int) -> None:
    """Give a percentage parts that it follows from: the first whole of `about` cases or more."""
    value = Decimal(row["value"])
    for whole in range(about, about + 60):
        part = int(round_half_up(value * whole / 100, 0))
        if round_half_up(Decimal(part) * 100 / whole, 0) == value:
            row["numerator"], row["denominator"] = str(part), str(whole)
            return


@cache
def _read_file(content: bytes, name: str, known: Month) -> Extract:
    catalogue, _ = read_merton_catalogue()
    return read_extract(content, name, known, list_quotable_rows(catalogue))


def list_noticed(year: Year, as_at: Month) -> set[Noticed]:
    """Everything noticed in the extracts up to a month, as its papers would be built."""
    return _list_noticed(tuple(year.save(as_at).items()), as_at)


def _list_noticed(files: Iterable[tuple[str, bytes]], as_at: Month) -> set[Noticed]:
    catalogue, indicators = read_merton_catalogue()
    extracts = [_read_file(content, name, Month.read(name[:7])) for name, content in sorted(files)]
    observations = [each for extract in extracts for each in extract.observations]
    series, misfits = match_observations(catalogue, observations, as_at)
    places = {number: Place(file="indicators.yaml") for number in indicators}
    issues = [
        *(issue for extract in extracts for issue in extract.issues),
        *misfits,
        *(each.issue for each in check_data(catalogue, series, places) if not each.answer),
    ]
    found = {
        (issue.code, issue.subject.removeprefix("indicator "), str(issue.place)) for issue in issues
    }
    # A missing figure is noticed at the indicator's entry, for months.
    found |= {
        ("missing", number, month.label)
        for number, each in series.items()
        for month in each.missing
    }
    return found


@cache
def list_good(as_at: Month, *, parts: bool) -> frozenset[Noticed]:
    """What is noticed in the good year's extracts up to a month."""
    return frozenset(list_noticed(read_year(parts=parts), as_at))


def list_spots(
    year: Year, keep: Callable[[Spot, Indicator, Decimal], bool] = lambda *_: True
) -> list[Spot]:
    """The places of figures that a condition keeps, in the order of the months."""
    _, indicators = read_merton_catalogue()
    spots = [
        Spot(month, row["indicator"])
        for month in MONTHS
        for row in year.rows[month]
        if row["value"]
    ]
    return [each for each in spots if keep(each, indicators[each.number], year.value(each))]


def choose_ten(places: Sequence[_T]) -> list[_T]:
    """Ten of the places, evenly spread; all of them where there are no more."""
    if len(places) <= 10:
        return list(places)
    return [places[index * (len(places) - 1) // 9] for index in range(10)]
