"""The options that several commands share: their names and help texts, and how they are read."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from merton_kpi.core.issues import BuildStoppedError, suggest_word
from merton_kpi.core.periods import FinancialYear, Month, join_labels, read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from merton_kpi.core.ratings import Rating, RatingWords
    from merton_kpi.loading.inputs import Inputs

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


class TemplateFormat(StrEnum):
    """The kind of file that a blank extract is."""

    CSV = "csv"
    XLSX = "xlsx"


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


def _compose_format_option(formats: type[_Format], help_text: str) -> Any:
    """The option --format, for these formats; any other one is wrong usage."""
    known = {each.value: each for each in formats}

    def read_format(text: str) -> _Format:
        if text not in known:
            raise ValueError(f"there is no format '{text}'; {suggest_word(text, known)}")
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
        help="The last month covered. Default: the next meeting's.",
    ),
]
SinceOption = Annotated[
    Month | None,
    typer.Option(
        parser=_read_month,
        metavar="YYYY-MM",
        help="The earlier month. Default: that of the previous meeting's papers.",
    ),
]
BeforeOption = Annotated[
    Path | None,
    typer.Option(help="The catalogue as it was at --since. Default: today's catalogue."),
]
SectionOption = Annotated[
    str | None,
    typer.Option(metavar="TITLE", help="Only this section; part of its title is enough."),
]
RatingOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WORD",
        help="Only this rating, like red or 'no data'. Can be given more than once.",
    ),
]
AnswerFormatOption = Annotated[
    AnswerFormat, _compose_format_option(AnswerFormat, "Text for people, or JSON for programs.")
]
ReminderFormatOption = Annotated[
    ReminderFormat | None,
    _compose_format_option(ReminderFormat, "The format of the list. Default: text."),
]
IssueFormatOption = Annotated[
    IssueFormat,
    _compose_format_option(IssueFormat, "Text for people, JSON for programs, or lines for GitHub."),
]
TodayOption = Annotated[
    date | None,
    typer.Option(
        parser=_convert_errors(read_date),
        metavar="YYYY-MM-DD",
        help="The date from which to look for the next meeting. Default: today.",
    ),
]

YearArgument = Annotated[
    FinancialYear,
    typer.Argument(
        parser=_convert_errors(FinancialYear.read),
        metavar="YYYY/YY",
        help="The financial year after the catalogue's.",
    ),
]


OwnerOption = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Only what is due from this owner.")
]


ServiceOption = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Only this service; part of its name is enough."),
]


def match_name(option: str, text: str | None, known: Iterable[str]) -> str | None:
    """Match what was typed with a known name: the whole name, or a part that no other name has.

    Ignores case. Raises typer.BadParameter (wrong usage) where no name or several names match.
    """
    known = tuple(dict.fromkeys(known))
    if text is None or text in known:
        return text
    word = text.casefold()
    matches = [each for each in known if each.casefold() == word]
    matches = matches or [each for each in known if word in each.casefold()]
    if len(matches) == 1:
        return matches[0]
    message = f"there is no {option.strip('-')} '{text}'; {suggest_word(text, known)}"
    if matches:
        quoted = join_labels(f"'{each}'" for each in matches)
        message = f"'{text}' matches {quoted}; type more of the name"
    raise typer.BadParameter(message, param_hint=f"'{option}'")


def match_ratings(texts: Iterable[str], words: RatingWords) -> frozenset[Rating]:
    """The ratings that were typed, in the council's words or our own.

    Raises typer.BadParameter (wrong usage) for a word that is no rating.
    """
    ratings = set()
    for text in texts:
        rating = words.read(text)
        if rating is None:
            known = (each.label.lower() for each in words.ratings)
            message = f"'{text}' is not a rating; {suggest_word(text, known)}"
            raise typer.BadParameter(message, param_hint="'--rating'")
        ratings.add(rating)
    return frozenset(ratings)


def check_out(out: Path, inputs: Mapping[str, Path], noun: str = "papers") -> None:
    """Check that nothing is to be written into a folder of what it is made from.

    `inputs` are those folders by what they have; `noun` is what is to be written. Raises
    typer.BadParameter (wrong usage) where `out` is one of them: the next run would read what was
    written as extracts, or fail for it.
    """
    for words, folder in inputs.items():
        if out.resolve() == folder.resolve():
            message = (
                f"'{out.as_posix()}' is the folder of {words}; name another one for the {noun}"
            )
            raise typer.BadParameter(message, param_hint="'--out'")


def check_beside_history(out: Path, catalogue: Path, folder: Path | None, noun: str) -> None:
    """Check that nothing is to be written into the folder of earlier years' extracts.

    `folder` is that one, where the `catalogue` names one; `noun` is what is to be written. Raises
    typer.BadParameter (wrong usage) where `out` is that folder, or one of the two lies in the
    other. A folder that has the catalogue in it is a whole project's: `out` may be in that.
    """
    if folder is None:
        return
    place, old = out.resolve(), folder.resolve()
    relation = "is"
    if place != old:
        is_within = place.is_relative_to(old) and not catalogue.resolve().is_relative_to(old)
        relation = "is within" if is_within else "has in it"
        if not is_within and not old.is_relative_to(place):
            return
    message = f"'{out.as_posix()}' {relation} the folder of earlier years' extracts, which "
    message += f"'history' in the catalogue names; name another one for the {noun}"
    raise typer.BadParameter(message, param_hint="'--out'")


def check_outside(out: Path, data: Path) -> None:
    """Check that no messages are to be written into a folder within that of the extracts.

    Raises typer.BadParameter (wrong usage) where they are: `kpi check` would warn of their
    workbooks, as of extracts in a folder that it does not read.
    """
    if out.resolve().is_relative_to(data.resolve()):
        message = f"'{out.as_posix()}' is within the folder of the extracts; name one outside it "
        message += "for the messages"
        raise typer.BadParameter(message, param_hint="'--out'")


def choose_day(today: date | None) -> date:
    """The day given, or else today. Nothing else in the package reads the clock for a date."""
    return today or date.today()


def choose_month_or_day(month: Month | None, today: date | None) -> Month | date:
    """What to report: the month given, or the day whose next meeting decides the month."""
    return month or choose_day(today)


def choose_since(inputs: Inputs, since: Month | None) -> Month:
    """The earlier month to compare with: the one given, or else the previous meeting's.

    Raises:
        typer.BadParameter: The month is outside the catalogue's year or too late.
        BuildStoppedError: No month is given, and the catalogue lists no earlier meeting.
    """
    month, year = inputs.month, inputs.catalogue.financial_year
    reported = inputs.catalogue.months_reported
    meeting = inputs.catalogue.meeting_before(month)
    if since is None and meeting:
        return meeting.data_to
    if since is not None and since in reported and since < month:
        return since
    advice = f"name an earlier month of {year} with --since"
    if month == year.months[0]:
        advice = f"there is no earlier month in {year}; name a later --month"
    if since is None:
        message = f"no meeting with data to a month before {month.name} is listed; {advice}"
        raise BuildStoppedError.at(inputs.file, "no_meeting", message)
    fault = f"is not before {month.name}, the month reported"
    if since < month:
        fault = f"is outside the catalogue's year, {year}"
    raise typer.BadParameter(f"{since.name} {fault}; {advice}", param_hint="'--since'")


def read_build_time() -> datetime | None:
    """The time at which the papers say they were made, in UTC, from SOURCE_DATE_EPOCH, or None.

    Raises typer.BadParameter where that variable of the environment is not a whole number of
    seconds since 1970, from the start of 1980 (which a zip file needs) to the end of 2099.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    if not epoch.isascii() or not epoch.isdigit() or not 315532800 <= int(epoch) < 4102444800:
        message = f"SOURCE_DATE_EPOCH is '{epoch}'; set it to seconds since 1970, from 1980 to 2099"
        raise typer.BadParameter(message)
    return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
