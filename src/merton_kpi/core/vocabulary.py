"""The closed lists: every word that a catalogue, an extract or a paper may use.

Each list is written here once. Each member carries everything that is shown of it (label, symbol,
colour), so that no other module chooses a word or a colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


class Word(Enum):
    """A closed list whose members carry more than their word, which is their `value`.

    A member is written as its word and what it carries; its list's `__init__` keeps the latter.
    """

    def __new__(cls, word: str, *_carried: object) -> Self:
        self = object.__new__(cls)
        self._value_ = word  # how the documentation of `enum` sets a member's value
        return self


class CatalogueWord(Word):
    """A word of the catalogue, with its meaning for the reference page and for an editor's help."""

    def __init__(self, _word: str, meaning: str) -> None:
        self.meaning = meaning


@dataclass(frozen=True, slots=True)
class PeriodEnds:
    """The calendar months that periods end with, each with its period's name, if that has one.

    Where figures come less than once a year, `interval` is the number of months from one to the
    next, counted from the indicator's first.
    """

    names: Mapping[int, str]
    interval: int = 0


class Frequency(CatalogueWord):
    """How often a figure of an indicator is due.

    `label` is the word in the index's Frequency column, and `noun` names one period. `periods` are
    the months in which a figure is due unless the catalogue gives others; an annual indicator has
    none, so its catalogue entry must.
    """

    MONTHLY = (
        "monthly",
        "a figure is due for each month",
        "Monthly",
        "month",
        PeriodEnds(dict.fromkeys(range(1, 13), "")),
    )
    QUARTERLY = (
        "quarterly",
        "a figure is due for each June, September, December and March",
        "Quarterly",
        "quarter",
        PeriodEnds({6: "Q1", 9: "Q2", 12: "Q3", 3: "Q4"}),
    )
    HALF_YEARLY = (
        "half_yearly",
        "a figure is due for each September and March",
        "Half-yearly",
        "half-year",
        PeriodEnds({9: "H1", 3: "H2"}),
    )
    TERMLY = (
        "termly",
        "a figure is due for each July (summer term), December (autumn) and March (spring)",
        "Termly",
        "term",
        PeriodEnds({7: "Summer term", 12: "Autumn term", 3: "Spring term"}),
    )
    ANNUAL = (
        "annual",
        "a figure is due once a year, in the month that `due_months` names",
        "Annual",
        "year",
        PeriodEnds({}),
    )
    EVERY_SECOND_YEAR = (
        "every_second_year",
        "a figure is due for the month that `first_due` names, and every 24 months from then on",
        "Every second year",
        "two-year period",
        PeriodEnds({}, interval=24),
    )

    def __init__(self, word: str, meaning: str, label: str, noun: str, ends: PeriodEnds) -> None:
        super().__init__(word, meaning)
        self.label = label
        self.noun = noun
        self.periods = ends.names
        self.interval = ends.interval


class Polarity(CatalogueWord):
    """Which way is better."""

    HIGHER_IS_BETTER = "higher_is_better", "a higher figure is better"
    LOWER_IS_BETTER = "lower_is_better", "a lower figure is better"


class Accumulation(CatalogueWord):
    """The year that a running total adds up over.

    `first_month` is the calendar month that it begins with.
    """

    FINANCIAL_YEAR = "financial_year", "a running total since April", 4
    ACADEMIC_YEAR = "academic_year", "a running total since September", 9

    def __init__(self, word: str, meaning: str, first_month: int) -> None:
        super().__init__(word, meaning)
        self.first_month = first_month


class FigureKind(CatalogueWord):
    """What each figure of an extract covers."""

    OF_PERIOD = (
        "of_period",
        "its own period alone; with `accumulates`, `kpi` adds the year's periods up and rates the "
        "sum",
    )
    RUNNING_TOTAL = (
        "running_total",
        "the sum of the year's periods so far; usual with `accumulates`",
    )
    TO_DATE = (
        "to_date",
        "a percentage or an average of the year since April, which does not add up: 98.4% of the "
        "rent due so far",
    )


class Profile(CatalogueWord):
    """A target's path through the year, for an indicator that accumulates."""

    SHARE_OF_YEAR = "share_of_year", "an equal share is due each month: 10 of 20 by September"
    MILESTONES = "milestones", "the figure that `milestones` give for the month is due"
    FULL_YEAR = "full_year", "the whole target is due in every month"


class Past(CatalogueWord):
    """Which of its own outturns an indicator must be no worse than."""

    LAST_YEAR = "last_year", "last year's outturn"
    BEST = "best", "the best outturn of as many years as `years` says"
    WORST = "worst", "the worst outturn of as many years as `years` says"


class Before(CatalogueWord):
    """The earlier figure that an amber one must be better than."""

    SAME_PERIOD_LAST_YEAR = (
        "same_period_last_year",
        "the figure of the same period last year, from `earlier_months`",
    )


class Nation(CatalogueWord):
    """A nation of the United Kingdom, whose bank holidays are no working days.

    `code` is its code in ISO 3166-2, without the country's.
    """

    ENGLAND = "england", "England", "ENG"
    WALES = "wales", "Wales", "WLS"
    SCOTLAND = "scotland", "Scotland", "SCT"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland", "NIR"

    def __init__(self, word: str, meaning: str, code: str) -> None:
        super().__init__(word, meaning)
        self.code = code


class Edition(CatalogueWord):
    """A paper that a build writes, if the catalogue asks for it; in the order of writing.

    `needs` is the word of another edition, which this one is about; empty where there is none.
    """

    WORKBOOK = (
        "workbook",
        "the performance index as an Excel workbook",
        "performance-index-{}.xlsx",
    )
    REPORT = "report", "the exception report in Markdown", "exception-report-{}.md"
    WORD = "word", "the exception report as a Word document", "exception-report-{}.docx"
    WEB_PAGE = "web_page", "the performance index as a web page", "performance-index-{}.html"
    CSV = "csv", "the figures with their ratings for other programs", "performance-index-{}.csv"
    DATA_PACKAGE = (
        "data_package",
        "the description of the CSV for programs",
        "performance-index-{}.datapackage.json",
        "csv",
    )

    def __init__(self, word: str, meaning: str, pattern: str, needs: str = "") -> None:
        super().__init__(word, meaning)
        self._pattern = pattern
        self.needs = needs

    @property
    def is_report(self) -> bool:
        """Whether it is made with the report's template."""
        return self in (Edition.REPORT, Edition.WORD)

    @property
    def has_periods(self) -> bool:
        """Whether it has each period of an indicator with a rating of its own, or says so."""
        return self in (Edition.WEB_PAGE, Edition.CSV, Edition.DATA_PACKAGE)

    def format_name(self, span: str) -> str:
        """The file's name; `span` is what the papers cover, as FinancialYear.format_span has it."""
        return self._pattern.format(span)


class Licence(CatalogueWord):
    """The open licences that papers can be published under.

    `path` is where a licence is published.
    """

    OGL_UK = (
        "OGL-UK-3.0",
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    )
    CC_BY = (
        "CC-BY-4.0",
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    )
    CC_BY_SA = (
        "CC-BY-SA-4.0",
        "Creative Commons Attribution Share-Alike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    )
    CC0 = (
        "CC0-1.0",
        "Creative Commons Zero 1.0: no rights reserved",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    )

    def __init__(self, word: str, meaning: str, path: str) -> None:
        super().__init__(word, meaning)
        self.path = path


class Compared(Enum):
    """What of two periods is compared."""

    FIGURE = "figure"
    TOTAL = "total"  # running totals, each to the end of its period
    ADDED = "added"  # what each period added to a running total
    DISTANCE = "distance"  # how far each figure is from the target range


class Gain(Enum):
    """Which of two figures is better, seen from the later one.

    UNKNOWN is for an indicator that does not say which way is better.
    """

    BETTER = auto()
    WORSE = auto()
    EQUAL = auto()
    UNKNOWN = auto()


class ReturnState(Enum):
    """The state of something that is due for the papers, as the reminder's CSV prints it."""

    RECEIVED = "received"
    MISSING = "missing"
    OVERDUE = "overdue"
    COMMENTARY = "commentary_missing"

    @property
    def is_missing_figure(self) -> bool:
        """Whether a figure is still to be sent: one due for these papers, or for earlier ones."""
        return self in (ReturnState.MISSING, ReturnState.OVERDUE)


class ReportSection(CatalogueWord):
    """A section of the exception report that a council words itself, in the report's order."""

    RECOMMENDATIONS = "recommendations", "the recommendations: what the panel is asked to do"
    FOR_DECISION = "for_decision", "section 3: what the panel is to decide"
    ALTERNATIVE_OPTIONS = "alternative_options", "section 4: what else could be done"
    CONSULTATION = "consultation", "section 5: who was or will be asked, and what they said"
    TIMETABLE = "timetable", "section 6: what happens when"
    FINANCIAL = "financial", "section 7: what it means for money, resources and property"
    LEGAL = "legal", "section 8: what it means in law"
    EQUALITIES = (
        "equalities",
        "section 9: what it means for human rights, equalities and community cohesion",
    )
    CRIME_AND_DISORDER = "crime_and_disorder", "section 10: what it means for crime and disorder"
    RISK = "risk", "section 11: the risks, health and safety among them"
    BACKGROUND_PAPERS = "background_papers", "section 13: the papers that the report relies on"

    @property
    def has_default(self) -> bool:
        """Whether the report has words for it where the catalogue has none."""
        return self is ReportSection.RECOMMENDATIONS
