"""A council that is not Merton, with another panel, another year, other bands and its figures."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from helpers.councils import ROOT, score
from merton_kpi.core.issues import Place
from merton_kpi.core.periods import FinancialYear, Month
from merton_kpi.extracts.observations import Observation
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard

CATALOGUE = ROOT / "tests/whole/second-council/indicators.yaml"
# April to March; H2 is quarterly.
FIGURES = {
    "H1": "91.4 92.0 90.2 86.1 88.7 87.5 93.3 94.1 95 97 96.2 97.4",
    "H2": "- - 22 - - 19 - - 18 - - 17",
    "H3": "131 128 133 137 141 139 136 140 146 151 149 144",
    "H4": "4 9 13 20 22 31 34 39 45 47 53 61",
    "S1": "84 83 86 91 95 92 85 84 82 77 79 83",
}
WORDS = {"H1": "Two electricians were away in July.", "S1": "The contractor changed lamps in bulk."}
NO_WORDS = "No home was finished in the summer."


def score_eastfold(month: Month) -> Scorecard:
    """Its scorecard as at a month of 2023/24."""
    catalogue, issues = read_catalogue(CATALOGUE.read_text(encoding="utf-8"), CATALOGUE.name)
    assert catalogue is not None, issues
    observations = [
        Observation(
            indicator=number,
            month=each,
            known=each,
            place=Place(file=f"{each}.csv", line=2),
            value=Decimal(figure),
            commentary=WORDS.get(number, NO_WORDS),
        )
        for number, figures in FIGURES.items()
        for each, figure in zip(FinancialYear(2023).months, figures.split(), strict=True)
        if each <= month and figure != "-"
    ]
    return score(catalogue, observations, month)
