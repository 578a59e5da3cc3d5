"""Every indicator's rating as at a month, alone and with all else that is worked out of it."""

from __future__ import annotations

import pytest
from helpers.councils import ROOT

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.loading.inputs import read_inputs
from merton_kpi.scorecard.assess import assess_indicators, rate_indicators


@pytest.mark.parametrize("month", [Month(2020, 6), Month(2020, 11)], ids=str)
def test_the_ratings_alone_are_those_of_the_assessment(month: Month) -> None:
    inputs = require(read_inputs(ROOT / "indicators.yaml", ROOT / "data", month))
    assessed = require(assess_indicators(inputs, month))
    verdicts = {number: each.assessment.verdict for number, each in assessed.items()}
    assert require(rate_indicators(inputs, month)) == verdicts
