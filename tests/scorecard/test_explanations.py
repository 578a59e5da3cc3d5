"""What explains an indicator: beside its rating, the figures of earlier years."""

from __future__ import annotations

from decimal import Decimal

from helpers.councils import NOVEMBER, make_catalogue
from helpers.history import score_with_history

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import FinancialYear, Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Observation
from merton_kpi.scorecard.explanations import explain_indicator
from merton_kpi.scorecard.periods.figures import compose_figures

ENTRY = '- {number: "1", title: Calls, unit: percent, frequency: monthly, target: {at_least: 50}}\n'


def observe(month: Month, figure: str | None) -> Observation:
    return Observation(
        indicator="1",
        month=month,
        known=max(month, Month(2020, 4)),
        place=Place(file="any.csv", line=2),
        value=Decimal(figure) if figure else None,
        status=None if figure else Status.NOT_AVAILABLE,
    )


YEAR = FinancialYear(2020)
EARLIER = {
    Month(2019, 3): "54",
    Month(2019, 4): "52",
    Month(2019, 6): None,
    Month(2020, 2): "51",
}
OBSERVATIONS = [observe(month, figure) for month, figure in EARLIER.items()]


def test_the_figures_of_earlier_years_are_listed_year_by_year() -> None:
    (assessed,) = score_with_history(make_catalogue(ENTRY), OBSERVATIONS, NOVEMBER).assessed
    heading, sentences = explain_indicator(assessed, YEAR).sections[-1]
    assert heading == "Figures of earlier years, in the last 36 months"
    first, second = map(str, sentences)
    assert first == "2018/19: Mar 54%"
    assert second.startswith("2019/20: Apr 52%, May none, Jun N/A, Jul none,")
    assert second.endswith("Jan none, Feb 51%, Mar none")


def test_for_a_program_each_has_its_month_and_its_figure_or_the_words_in_its_place() -> None:
    (assessed,) = score_with_history(make_catalogue(ENTRY), OBSERVATIONS, NOVEMBER).assessed
    facts = explain_indicator(assessed, YEAR).facts["earlier_figures"]
    assert facts[1] == {"month": "2019-04", "figure": "52", "words": "", "total": None}
    assert facts[2] == {"month": "2019-05", "figure": None, "words": "", "total": None}
    assert facts[3] == {"month": "2019-06", "figure": None, "words": "N/A", "total": None}
    assert len(facts) == 13


def test_for_a_program_a_figure_that_is_added_up_has_the_sum_since_its_year_began() -> None:
    added_up = "accumulates: financial_year, figures: of_period, target: new"
    entry = f'- {{number: "1", title: Calls, unit: number, frequency: monthly, {added_up}}}\n'
    observations = [observe(Month(2019, month), "5") for month in (4, 5)]
    (assessed,) = score_with_history(make_catalogue(entry), observations, NOVEMBER).assessed
    facts = explain_indicator(assessed, YEAR).facts["earlier_figures"]
    assert [(each["figure"], each["total"]) for each in facts[:3]] == [
        *(("5", "5"), ("5", "10")),
        (None, None),
    ]


def test_they_are_those_that_the_papers_have_of_the_last_36_months() -> None:
    observations = [observe(NOVEMBER.add_months(-back), "50") for back in range(60)]
    card = score_with_history(make_catalogue(ENTRY), observations, NOVEMBER)
    facts = explain_indicator(card.assessed[0], card.year).facts["earlier_figures"]
    assert (facts[0]["month"], facts[-1]["month"]) == ("2017-12", "2020-03")
    listed = compose_figures(card)["1"].earlier
    assert [each["month"] for each in facts] == [str(each.month) for each in listed]


def test_without_a_history_nothing_is_said_of_it() -> None:
    (assessed,) = score_with_history(
        make_catalogue(ENTRY), [observe(NOVEMBER, "51")], NOVEMBER
    ).assessed
    explanation = explain_indicator(assessed, YEAR)
    assert explanation.sections[-1][1] == ()
    assert explanation.facts["earlier_figures"] == []
