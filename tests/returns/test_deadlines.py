"""Papers are due so many working days before a meeting, or on the date that the meeting gives."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from helpers.catalogues import ONE
from helpers.councils import HEAD

from merton_kpi.core.vocabulary import Nation
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.returns.deadlines import count_back_working_days, work_out_deadline

RULE = 'papers_due: {working_days_before: 6, at: "12:00"}\n'
# The six meetings of 2017/18, and when the published work programme says that papers are due.
PUBLISHED = [
    ("2017-07-24", "2017-07-14T12:00"),
    ("2017-10-10", "2017-10-02T12:00"),
    ("2017-11-08", "2017-10-31T12:00"),
    ("2018-01-17", "2018-01-09T12:00"),
    ("2018-02-01", "2018-01-24T12:00"),
    ("2018-03-14", "2018-03-06T12:00"),
]


@pytest.mark.parametrize(("meeting", "due"), PUBLISHED)
def test_noon_six_working_days_before_gives_each_published_deadline(meeting: str, due: str) -> None:
    head = HEAD.replace("2020/21", "2017/18") + RULE
    head += f"meetings:\n  - {{date: {meeting}, data_to: 2017-04}}\n"
    catalogue, _ = read_catalogue(head + ONE, "indicators.yaml")
    assert catalogue is not None
    deadline = work_out_deadline(catalogue, catalogue.meetings[0])
    assert deadline == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("meeting", "nation", "due"),
    [
        # Christmas: 25, 26 and 28 December 2020 and 1 January 2021 are holidays in England.
        (date(2021, 1, 5), Nation.ENGLAND, date(2020, 12, 23)),
        # 2 January is one too in Scotland: it falls on a Saturday, so 4 January is.
        (date(2021, 1, 5), Nation.SCOTLAND, date(2020, 12, 22)),
        # Good Friday and Easter Monday 2021; Easter Monday is none in Scotland.
        (date(2021, 4, 7), Nation.ENGLAND, date(2021, 3, 26)),
        (date(2021, 4, 7), Nation.WALES, date(2021, 3, 26)),
        (date(2021, 4, 7), Nation.SCOTLAND, date(2021, 3, 29)),
        # St Patrick's Day, in Northern Ireland alone.
        (date(2021, 3, 18), Nation.NORTHERN_IRELAND, date(2021, 3, 9)),
        (date(2021, 3, 18), Nation.ENGLAND, date(2021, 3, 10)),
        # A single day: the coronation, on Monday, 8 May 2023; 1 May is the early May holiday.
        (date(2023, 5, 10), Nation.ENGLAND, date(2023, 4, 28)),
    ],
)
def test_bank_holidays_of_the_nation_are_no_working_days(
    meeting: date, nation: Nation, due: date
) -> None:
    assert count_back_working_days(meeting, 6, nation) == due


def test_a_meetings_own_deadline_takes_the_place_of_the_rule() -> None:
    meetings = "meetings:\n  - {date: 2021-01-13, data_to: 2020-11, papers_due: 2021-01-04T09:00}\n"
    catalogue, _ = read_catalogue(HEAD + RULE + meetings + ONE, "indicators.yaml")
    assert catalogue is not None
    assert work_out_deadline(catalogue, catalogue.meetings[0]) == datetime(2021, 1, 4, 9)


def test_without_a_rule_or_a_date_no_deadline_is_known() -> None:
    meetings = "meetings:\n  - {date: 2021-01-13, data_to: 2020-11}\n"
    catalogue, _ = read_catalogue(HEAD + meetings + ONE, "indicators.yaml")
    assert catalogue is not None
    assert work_out_deadline(catalogue, catalogue.meetings[0]) is None
