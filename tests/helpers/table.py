"""Small catalogues with a few extracts, and the CSV of their papers, read back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from disclosure.published import read_month, read_rows

from helpers.councils import HEAD, make_catalogue, score
from merton_kpi.papers.csv_table import list_fields, write_csv
from merton_kpi.scorecard.periods.figures import compose_figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.papers.csv_fields import Field
    from merton_kpi.scorecard.records import Scorecard


def write_table(card: Scorecard) -> bytes:
    """The CSV as a build writes it."""
    return write_csv(card, compose_figures(card))


def list_card_fields(card: Scorecard) -> tuple[Field, ...]:
    """The columns of the CSV that a build writes."""
    return list_fields(card, compose_figures(card))


def read_table(card: Scorecard) -> list[dict[str, str]]:
    """The rows of the CSV, each cell by its column."""
    text = write_table(card).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def make_card(indicators: str, extracts: Mapping[str, str], head: str = HEAD) -> Scorecard:
    """The scorecard of the last extract's month; rows stand between semicolons."""
    rows = [each for month, text in extracts.items() for each in read_rows(read_month(month), text)]
    return score(make_catalogue(indicators, head), rows, read_month(max(extracts)))
