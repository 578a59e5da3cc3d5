"""The panel's calendar, which decides the month reported where --month is not given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

MEETINGS = """\
meetings:
  - {date: 2020-09-10, data_to: 2020-05}
  - {date: 2020-06-18, data_to: 2020-04, papers_due: 2020-06-08T12:00}
"""


@pytest.fixture
def panel(council: Path) -> Path:
    """The small council, with two meetings, not in order, and two months' extracts."""
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("bands:", MEETINGS + "bands:"), encoding="utf-8")
    (council / "data/2020-05.csv").write_text("indicator,value\n1,92\n")
    return council


@pytest.mark.parametrize(
    ("today", "month"),
    [
        ("2020-01-01", "2020-04"),
        ("2020-06-18", "2020-04"),  # the day of the meeting itself
        ("2020-06-19", "2020-05"),
        ("2020-09-10", "2020-05"),
    ],
)
def test_a_build_is_for_the_next_meeting(today: str, month: str, kpi: Kpi, panel: Path) -> None:
    outcome = kpi("build", "--today", today)
    assert outcome.code == 0
    assert (panel / f"output/performance-index-{month}.xlsx").exists()
    assert kpi("verify", "--today", today).code == 0


def test_a_month_given_is_used_instead_of_the_next_meetings(kpi: Kpi, panel: Path) -> None:
    kpi("build", "--month", "2020-05", "--today", "2020-01-01")
    assert (panel / "output/performance-index-2020-05.xlsx").exists()


def test_without_a_later_meeting_the_month_must_be_given(
    kpi: Kpi, panel: Path, messages: Messages
) -> None:
    outcome = kpi("build", "--today", "2020-09-11")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("indicators.yaml: error: ")
    messages(outcome.err)


def test_a_day_that_is_not_a_date_is_wrong_usage(kpi: Kpi, panel: Path, messages: Messages) -> None:
    for day, like in (
        ("tomorrow", "2021-01-13"),
        ("20200601", "2020-06-01"),
        ("1/6/2020", "2020-06-01"),
    ):
        outcome = kpi("build", "--today", day)
        assert outcome.code == 2
        sentence = outcome.err.splitlines()[-1]
        assert f"'{day}'" in sentence
        assert like in sentence
        messages(sentence)


def test_quiet_prints_only_problems(kpi: Kpi, panel: Path) -> None:
    outcome = kpi("build", "--today", "2020-06-01", "--quiet")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    (panel / "data/2020-05.csv").write_text("indicator,value\n1,101\n")
    outcome = kpi("build", "--today", "2020-09-01", "--quiet")
    assert (outcome.code, outcome.out) == (0, "")
    assert len(outcome.err.splitlines()) == 1


def test_the_meetings_are_listed_in_order(kpi: Kpi, panel: Path) -> None:
    outcome = kpi("meetings", "--today", "2020-06-17")
    assert outcome.code == 0
    assert (
        outcome.out
        == """\
Services Panel

Meeting            Papers due          Data to
18 June 2020       8 June 2020, 12:00  April 2020  next, in 1 day
10 September 2020  not given           May 2020
"""
    )
    assert "April 2020  today\n" in kpi("meetings", "--today", "2020-06-18").out
    assert "next" not in kpi("meetings", "--today", "2021-01-01").out


def test_a_catalogue_without_meetings_has_no_calendar(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    outcome = kpi("meetings", "--today", "2020-06-17")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("indicators.yaml: error: ")
    messages(outcome.err)
    assert kpi("meetings", "--today", "17 June").code == 2


def test_today_is_used_where_no_day_is_given(kpi: Kpi, panel: Path) -> None:
    """Both meetings were long ago, whatever day it is."""
    assert "next" not in kpi("meetings").out
    assert kpi("build").code == 1


def test_venue_time_and_agenda_item_are_listed_and_printed(kpi: Kpi, council: Path) -> None:
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8")
    given = (
        'papers_due: {working_days_before: 6, at: "12:00"}\n'
        "meetings:\n"
        "  - date: 2020-06-18\n"
        "    data_to: 2020-04\n"
        '    time: "19:15"\n'
        "    venue: Committee rooms C, D and E\n"
        '    agenda_item: "5"\n'
    )
    catalogue.write_text(text.replace("bands:", given + "bands:"), encoding="utf-8")
    assert kpi("meetings", "--today", "2020-06-01").out == (
        "Services Panel\n"
        "\n"
        "Meeting       Venue         Agenda item  Papers due    Data to\n"
        "18 June       Committee     5            10 June       April 2020  next, in 17\n"
        "2020, 19:15   rooms C, D                 2020, 12:00               days\n"
        "              and E\n"
    )
    assert kpi("build", "--month", "2020-04").code == 0
    report = (council / "output/exception-report-2020-04.md").read_text(encoding="utf-8")
    assert (
        "**Date:** 18 June 2020, 19:15\n\n"
        "**Venue:** Committee rooms C, D and E\n\n"
        "**Agenda item:** 5\n\n"
        "**Wards:** All\n"
    ) in report
    assert "The papers are due on 10 June 2020, 12:00." in kpi("due", "--month", "2020-04").out
