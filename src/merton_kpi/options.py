"""The options that several commands share: what each is called, read as, and said of in --help."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from merton_kpi.days import parse_day
from merton_kpi.issues import BuildStoppedError, did_you_mean
from merton_kpi.periods import FinancialYear, Month, join_labels
from merton_kpi.vocab import Rating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from merton_kpi.inputs import Inputs

_T = TypeVar("_T")


def _reader(parse: Callable[[str], _T]) -> Callable[[str], _T]:
    """A parser whose ValueError is wrong usage."""

    def read(text: str) -> _T:
        try:
            return parse(text)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None

    return read


def _parse_rating(text: str) -> Rating:
    known = {each.label.lower(): each for each in Rating}
    word = text.lower().replace("-", " ")
    if word not in known:
        raise ValueError(f"'{text}' is not a rating; {did_you_mean(word, known)}")
    return known[word]


_month = _reader(Month.parse)
_day = _reader(parse_day)
_year = _reader(FinancialYear.parse)

CatalogueOption = Annotated[Path, typer.Option(help="The catalogue of indicators.")]
DataOption = Annotated[Path, typer.Option(help="The folder of monthly extracts.")]
TemplatesOption = Annotated[Path, typer.Option(help="The folder of the report's template.")]
OutOption = Annotated[Path, typer.Option(help="The folder for the papers.")]
MonthOption = Annotated[
    Month | None,
    typer.Option(
        parser=_month,
        metavar="YYYY-MM",
        help="The last month covered. Unless given, the next meeting's.",
    ),
]
SinceOption = Annotated[
    Month | None,
    typer.Option(
        parser=_month,
        metavar="YYYY-MM",
        help="The earlier month. Unless given, the one that the previous meeting saw.",
    ),
]
BeforeOption = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        dir_okay=False,
        help="The catalogue as it was at --since. Unless given, today's.",
    ),
]
SectionOption = Annotated[
    str | None, typer.Option(metavar="TITLE", help="Only this section; part of its title will do.")
]
RatingOption = Annotated[
    list[Rating] | None,
    typer.Option(
        parser=_reader(_parse_rating),
        metavar="WORD",
        help="Only this rating, like red or 'no data'. May be given more than once.",
    ),
]
TodayOption = Annotated[
    date | None,
    typer.Option(
        parser=_day,
        metavar="YYYY-MM-DD",
        help="The day to find the next meeting from. Unless given, the clock's.",
    ),
]

YearArgument = Annotated[
    FinancialYear,
    typer.Argument(parser=_year, metavar="YYYY/YY", help="The year after the catalogue's."),
]


OwnerOption = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Only what is due from this owner.")
]


def choose_one(option: str, text: str | None, known: Iterable[str]) -> str | None:
    """The known word that is meant, whatever its capitals; one that is not known is wrong usage."""
    known = tuple(known)
    if text is None or text in known:
        return text
    folded = {each.casefold(): each for each in known}
    if text.casefold() not in folded:
        message = f"there is no '{text}'; {did_you_mean(text, known)}"
        raise typer.BadParameter(message, param_hint=f"'{option}'")
    return folded[text.casefold()]


def choose_day(today: date | None) -> date:
    """The day named, or else the clock's: nothing else reads the clock."""
    return today or date.today()


def choose(month: Month | None, today: date | None) -> Month | date:
    """What to report: the month named, or the day that the next meeting is found from."""
    return month or choose_day(today)


def choose_since(inputs: Inputs, since: Month | None) -> Month:
    """The earlier month to compare with: the one named, or else the previous meeting's."""
    month, year = inputs.month, inputs.catalogue.financial_year
    if since is not None and since >= month:
        message = f"{since.name} is not before {month.name}, which it is to be compared with"
        raise typer.BadParameter(message, param_hint="'--since'")
    if since is not None and since in year.months:
        return since
    meeting = inputs.catalogue.meeting_before(month)
    if since is None and meeting:
        return meeting.data_to
    code, message = "no_meeting", f"no meeting with data to a month before {month.name} is listed"
    if since is not None:
        code, message = "outside_year", f"{since.name} is outside the catalogue's year, {year}"
    message += "; name an earlier month of its year with --since"
    raise BuildStoppedError.at(inputs.file, code, message)


def choose_section(titles: Iterable[str], text: str) -> str:
    """The title that a text means: all of it, or a part that no other title has."""
    titles, word = list(dict.fromkeys(titles)), text.casefold()
    fits = [title for title in titles if title.casefold() == word]
    fits = fits or [title for title in titles if word in title.casefold()]
    if len(fits) == 1:
        return fits[0]
    message = f"there is no section '{text}'; {did_you_mean(text, titles)}"
    if fits:
        message = f"'{text}' may be {join_labels(fits)}; write more of the title"
    raise typer.BadParameter(message, param_hint="'--section'")


def read_moment() -> datetime | None:
    """The time that the papers bear, where the environment's SOURCE_DATE_EPOCH sets one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    if not epoch.isascii() or not epoch.isdigit() or not 315532800 <= int(epoch) < 4102444800:
        raise typer.BadParameter(f"SOURCE_DATE_EPOCH is '{epoch}', not a time since 1980")
    return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
