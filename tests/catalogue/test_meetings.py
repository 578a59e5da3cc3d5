"""A meeting's dates are written as shown and in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import ONE, list_issues, list_places
from helpers.councils import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable

MEETING = "meetings:\n  - {{date: {}, data_to: {}, papers_due: {}}}\n"
WRONG = [
    (("20210113", "2020-11", "2021-01-05T12:00"), "2:12"),
    (("2021-W02-3", "2020-11", "2021-01-05T12:00"), "2:12"),
    (("13/1/2021", "2020-11", "2021-01-05T12:00"), "2:12"),
    (("2021-02-30", "2020-11", "2021-01-05T12:00"), "2:12"),
    (("2021-01-13", "11/2020", "2021-01-05T12:00"), "2:33"),
    (("2021-01-13", "2020-11", "2021-01-05"), "2:54"),
    (("2021-01-13", "2020-11", "2021-01-05T24:00"), "2:54"),
    (("2021-01-13", "2020-11", "2021-01-05T12:00Z"), "2:54"),
    (("2021-01-13", "2020-11", "05/01/2021 12:00"), "2:54"),
    (("2020-11-30", "2020-11", "2020-11-20T12:00"), "2:33"),
    (("2021-01-13", "2020-11", "2021-01-14T12:00"), "2:54"),
]


@pytest.mark.parametrize(("meeting", "place"), WRONG, ids=[" ".join(each[0]) for each in WRONG])
def test_a_meetings_dates_are_written_as_shown_and_in_order(
    meeting: tuple[str, str, str], place: str
) -> None:
    issues = list_issues(HEAD + MEETING.format(*meeting) + ONE)
    assert list_places(issues) == [f"unfit_value +{place}"]


def test_a_meeting_with_a_wrong_date_is_explained(messages: Callable[..., None]) -> None:
    for meeting, _ in WRONG:
        messages(list_issues(HEAD + MEETING.format(*meeting) + ONE))


def test_papers_due_on_the_day_itself_and_a_meeting_on_the_first_are_sound() -> None:
    meeting = MEETING.format("2020-12-01", "2020-11", "2020-12-01T09:00")
    assert list_issues(HEAD + meeting + ONE) == ()


TIMES = ["19:15:00", "19.15", "7.15 pm", "24:00", "noon"]


@pytest.mark.parametrize("time", TIMES)
def test_a_meetings_time_is_written_as_shown(time: str) -> None:
    meeting = f'meetings:\n  - {{date: 2021-01-13, data_to: 2020-11, time: "{time}"}}\n'
    assert list_places(list_issues(HEAD + meeting + ONE)) == ["unfit_value +2:48"]


@pytest.mark.parametrize(
    "rule",
    [
        '{working_days_before: 0, at: "12:00"}',
        '{working_days_before: 6, at: "noon"}',
        '{working_days_before: 6, at: "12:00", nation: Englnd}',
        "{working_days_before: 6}",
        "2021-01-05T12:00",
    ],
)
def test_a_wrong_deadline_is_one_error(rule: str, messages: Callable[..., None]) -> None:
    issues = list_issues(HEAD + f"papers_due: {rule}\n" + ONE)
    assert len(issues) == 1
    messages(issues)


def test_a_wrong_time_is_explained(messages: Callable[..., None]) -> None:
    for time in TIMES:
        meeting = f'meetings:\n  - {{date: 2021-01-13, data_to: 2020-11, time: "{time}"}}\n'
        messages(list_issues(HEAD + meeting + ONE))


def test_two_meetings_on_one_day_are_an_error(messages: Callable[..., None]) -> None:
    text = "meetings:\n" + "  - {date: 2021-01-13, data_to: 2020-11}\n" * 2
    issues = list_issues(HEAD + text + ONE)
    assert list_places(issues) == ["duplicate_meeting +3:12"]
    messages(issues)
