"""The options that several commands share: names, help texts, and how their words are read."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from merton_kpi.core.issues import BuildStoppedError, suggest_word
from merton_kpi.core.periods import FinancialYear, Month, join_labels, read_date
from merton_kpi.core.vocabulary import Rating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from merton_kpi.loading import Inputs

_T = TypeVar("_T")
_Format = TypeVar("_Format", bound=StrEnum)


class AnswerFormat(StrEnum):
    """How an explanation is written: for people or for programs."""

    TEXT = "text"
    JSON = "json"


class IssueFormat(StrEnum):
    """How issues are written: for people, for programs, or for GitHub's pull requests."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


class ReminderFormat(StrEnum):
    """How the list of what is due is written."""

    TEXT = "text"
    CSV = "csv"
    MARKDOWN = "markdown"

    @property
    def encoding(self) -> str:
        """A file's encoding: Excel needs the byte order mark to read a CSV as UTF-8."""
        return "utf-8-sig" if self is ReminderFormat.CSV else "utf-8"


def _convert_errors(read: Callable[[str], _T]) -> Callable[[str], _T]:
    """Convert the ValueError of a function that reads an option: it is wrong usage."""

    def read_option(text: str) -> _T:
        try:
            return read(text)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None

    return read_option


def _read_rating(text: str) -> Rating:
    rating = Rating.read(text)
    if rating is None:
        known = (each.label.lower() for each in Rating)
        raise ValueError(f"'{text}' is not a rating; {suggest_word(text, known)}")
    return rating


def _compose_format_option(formats: type[_Format], help_text: str) -> Any:
    """The option --format. The help and the shell offer `formats`; another one is wrong usage."""
    known = {each.value: each for each in formats}

    def read_format(text: str) -> _Format:
        if text not in known:
            raise ValueError(f"there is no '{text}'; {suggest_word(text, known)}")
        return known[text]

    return typer.Option(
        "--format",
        parser=_convert_errors(read_format),
        metavar=f"[{'|'.join(known)}]",
        autocompletion=lambda: list(known),
        help=help_text,
    )


_read_month = _convert_errors(Month.read)

CatalogueOption = Annotated[Path, typer.Option(help="The catalogue of indicators.")]
DataOption = Annotated[Path, typer.Option(help="The folder of monthly extracts.")]
TemplatesOption = Annotated[Path, typer.Option(help="The folder of the report's template.")]
OutOption = Annotated[Path, typer.Option(help="The folder for the papers.")]
MonthOption = Annotated[
    Month | None,
    typer.Option(
        parser=_read_month,
        metavar="YYYY-MM",
        help="The last month covered. Unless given, the next meeting's.",
    ),
]
SinceOption = Annotated[
    Month | None,
    typer.Option(
        parser=_read_month,
        metavar="YYYY-MM",
        help="The earlier month. Unless given, the one that the previous meeting saw.",
    ),
]
BeforeOption = Annotated[
    Path | None,
    typer.Option(help="The catalogue as it was at --since. Unless given, today's."),
]
SectionOption = Annotated[
    str | None, typer.Option(metavar="TITLE", help="Only this section; part of its title will do.")
]
RatingOption = Annotated[
    list[Rating] | None,
    typer.Option(
        parser=_convert_errors(_read_rating),
        metavar="WORD",
        help="Only this rating, like red or 'no data'. May be given more than once.",
    ),
]
AnswerFormatOption = Annotated[
    AnswerFormat, _compose_format_option(AnswerFormat, "For people or programs.")
]
ReminderFormatOption = Annotated[
    ReminderFormat, _compose_format_option(ReminderFormat, "How to write it.")
]
IssueFormatOption = Annotated[
    IssueFormat,
    _compose_format_option(IssueFormat, "For people, programs, or the lines of a pull request."),
]
TodayOption = Annotated[
    date | None,
    typer.Option(
        parser=_convert_errors(read_date),
        metavar="YYYY-MM-DD",
        help="The day to find the next meeting from. Unless given, the clock's.",
    ),
]

YearArgument = Annotated[
    FinancialYear,
    typer.Argument(
        parser=_convert_errors(FinancialYear.read),
        metavar="YYYY/YY",
        help="The year after the catalogue's.",
    ),
]


OwnerOption = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Only what is due from this owner.")
]


def match_name(option: str, text: str | None, known: Iterable[str]) -> str | None:
    """Match what was typed with a known name: the whole of it, or a part that no other name has.

    Capitals do not matter. Raises typer.BadParameter, which is wrong usage, for an unknown name.
    """
    known = tuple(dict.fromkeys(known))
    if text is None or text in known:
        return text
    word = text.casefold()
    fits = [each for each in known if each.casefold() == word]
    fits = fits or [each for each in known if word in each.casefold()]
    if len(fits) == 1:
        return fits[0]
    message = f"there is no '{text}'; {suggest_word(text, known)}"
    if fits:
        quoted = join_labels(f"'{each}'" for each in fits)
        message = f"'{text}' may be {quoted}; write more of it"
    raise typer.BadParameter(message, param_hint=f"'{option}'")


def choose_day(today: date | None) -> date:
    """The day given, or else the clock's. Nothing else in the package reads the clock."""
    return today or date.today()


def choose_month_or_day(month: Month | None, today: date | None) -> Month | date:
    """What to report: the month given, or the day whose next meeting decides the month."""
    return month or choose_day(today)


def choose_since(inputs: Inputs, since: Month | None) -> Month:
    """The earlier month to compare with: the one given, or else the previous meeting's.

    Raises typer.BadParameter for a month that is not before the one reported or not of its year,
    BuildStoppedError where none is given and no earlier meeting is listed.
    """
    month, year = inputs.month, inputs.catalogue.financial_year
    meeting = inputs.catalogue.meeting_before(month)
    if since is None and meeting:
        return meeting.data_to
    if since is not None and since in year.months and since < month:
        return since
    advice = f"name an earlier month of {year} with --since"
    if month == year.months[0]:
        advice = f"there is no earlier month in {year}; name a later --month"
    if since is None:
        message = f"no meeting with data to a month before {month.name} is listed; {advice}"
        raise BuildStoppedError.at(inputs.file, "no_meeting", message)
    fault = f"is not before {month.name}, which it is to be compared with"
    if since < month:
        fault = f"is outside the catalogue's year, {year}"
    raise typer.BadParameter(f"{since.name} {fault}; {advice}", param_hint="'--since'")


def read_build_time() -> datetime | None:
    """The time that the papers bear, in UTC, where the environment's SOURCE_DATE_EPOCH sets one.

    Raises typer.BadParameter for one that is no number of seconds from 1980 up to 2100.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    if not epoch.isascii() or not epoch.isdigit() or not 315532800 <= int(epoch) < 4102444800:
        raise typer.BadParameter(f"SOURCE_DATE_EPOCH is '{epoch}', not a time since 1980")
    return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
