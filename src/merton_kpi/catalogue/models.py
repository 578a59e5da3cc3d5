"""The models of indicators.yaml: the whole catalogue and its sections."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field

from merton_kpi.catalogue.bands import BandsByUnit, Scale, select_scale
from merton_kpi.catalogue.entries import Owner, SourceLayout
from merton_kpi.catalogue.fields import (
    BY_WORD,
    Entry,
    EntryError,
    Text,
    YearKey,
    check_no_repeats,
    check_not_empty,
)
from merton_kpi.catalogue.indicator import Indicator
from merton_kpi.catalogue.meetings import Deadline, Meeting
from merton_kpi.catalogue.own.colours import PageColours
from merton_kpi.catalogue.own.words import OwnWords, ReportSections
from merton_kpi.core.headings import SERVICE
from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import RatingWords
from merton_kpi.core.vocabulary import Edition, Licence


def check_needed_papers(editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
    """Refuse an edition without the one that it is about."""
    words = [each.value for each in editions]
    for index, edition in enumerate(editions):
        if edition.needs and edition.needs not in words:
            message = f"'{edition.value}' describes the '{edition.needs}'; add '{edition.needs}', "
            message += f"or leave out '{edition.value}'"
            raise EntryError(message, index)
    return editions


Papers = Annotated[
    tuple[Annotated[Edition, BY_WORD], ...],
    AfterValidator(check_not_empty),
    AfterValidator(check_no_repeats),
    AfterValidator(check_needed_papers),
]


class Section(Entry):
    """A titled group of indicators."""

    title: Text = Field(description="The heading above its indicators.")
    bands: BandsByUnit = Field(
        default_factory=BandsByUnit,
        description="Where its ratings begin, if not as in the whole catalogue.",
    )
    indicators: Annotated[tuple[Indicator, ...], AfterValidator(check_not_empty)] = Field(
        description="Its indicators, in the index's order."
    )


class Catalogue(Entry):
    """The whole of indicators.yaml."""

    authority: Text = Field(description="The council's full name.")
    short_name: Text = Field(description="The council's short name, for tables and charts.")
    panel: Text = Field(description="The panel's name.")
    financial_year: YearKey = Field(
        description="The year that the index is for, April to March, like `2020/21`."
    )
    wards: Text = Field("All", description="The wards that the papers cover.")
    lead_officer: Text = Field(description="The lead officer's job title.")
    lead_member: Text = Field(description="The lead member's office.")
    contact_officer: Text = Field(
        description="The job title of whoever answers questions about the papers."
    )
    meetings: tuple[Meeting, ...] = Field((), description="The panel's meetings of the year.")
    papers_due: Deadline | None = Field(
        None,
        description="The rule for when a meeting's papers are due, like `{working_days_before: 6, "
        'at: "12:00"}`. A meeting\'s own `papers_due` takes its place.',
    )
    service_heading: Text = Field(
        SERVICE,
        description="The council's own word for a service, like `Directorate`: the heading of the "
        "column.",
    )
    index_note: Text | None = Field(
        None, description="What a reader of the index must know, printed above its table."
    )
    data_statement: Text | None = Field(None, description="A caveat on all the data.")
    licence: Annotated[Licence, BY_WORD] | None = Field(
        None,
        description="The open licence that the figures are published under, for the cover and the "
        "data package.",
    )
    benchmark_areas: tuple[Text, ...] = Field(
        ("England",),
        max_length=6,
        description="The areas that the council is compared with, up to six, in the index's order.",
    )
    papers: Papers = Field(
        tuple(Edition),
        description="Which papers a build writes, like `[workbook, report]`.",
    )
    bands: BandsByUnit = Field(
        description="Where the ratings begin, unless a section or an indicator says otherwise."
    )
    worsening_is_an_exception: bool = Field(
        default=False,
        description="`true` if a real change for the worse makes an indicator an exception, "
        "whatever its rating.",
    )
    usual_amber_needs_no_commentary: bool = Field(
        default=False,
        description="`true` if an amber indicator that shows no real change needs no new "
        "commentary.",
    )
    rating_words: OwnWords = Field(
        default_factory=OwnWords,
        description="The council's own words for the ratings, like `{red: Off target}`.",
    )
    report_sections: ReportSections = Field(
        default_factory=ReportSections,
        description="What the exception report recommends, and what its numbered sections say.",
    )
    page_colours: PageColours = Field(
        default_factory=PageColours,
        description="The colours of the web page, like `{band: '#1F3864'}`.",
    )
    footnotes: Mapping[str, Text] = Field(
        {}, description="The wording of each footnote, by the name that indicators use for it."
    )
    history: Text | None = Field(
        None,
        description="The folder of earlier years' extracts, seen from the catalogue's own folder, "
        "if they are not beside this year's.",
    )
    sources: tuple[SourceLayout, ...] = Field(
        (), description="How extracts are laid out that a system or a service makes in its own way."
    )
    owners: Annotated[tuple[Owner, ...], AfterValidator(check_not_empty)] = Field(
        (),
        description="Everyone who owns an indicator, like `[{name: Head of Waste, address: "
        "waste@example.gov.uk}]`. Another owner is then an error.",
    )
    sections: Annotated[tuple[Section, ...], AfterValidator(check_not_empty)] = Field(
        description="The groups of indicators, in the index's order."
    )

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in the index's order."""
        return tuple(each for section in self.sections for each in section.indicators)

    @property
    def services(self) -> tuple[str, ...]:
        """The services of its indicators, in the order of their first appearance."""
        return tuple(dict.fromkeys(each.service for each in self.indicators if each.service))

    @property
    def addresses(self) -> Mapping[str, str]:
        """The address of each owner that has one."""
        return {each.name: each.address for each in self.owners if each.address}

    @property
    def months_reported(self) -> tuple[Month, ...]:
        """The months that papers can be built for, in order.

        They are the year's twelve, and those after March until the last figure in arrears is due.
        """
        year = self.financial_year.months
        dues = (
            month.add_months(each.arrears)
            for each in self.indicators
            if each.arrears
            for month in year
            if each.is_due(month)
        )
        last = max((*dues, year[-1]))
        after = (year[-1].add_months(months) for months in range(1, 12))
        return (*year, *(month for month in after if month <= last))

    @cached_property
    def words(self) -> RatingWords:
        """The words that the papers print for the ratings."""
        return self.rating_words.compose_words()

    def scale_for(self, section: Section, indicator: Indicator) -> Scale:
        """How an indicator is rated: by its own bands, its section's, the catalogue's."""
        unit = indicator.unit
        scale = select_scale(
            indicator.bands, section.bands.bands_for(unit), self.bands.bands_for(unit)
        )
        return replace(scale, words=self.words)

    def meeting_for(self, month: Month) -> Meeting | None:
        """The meeting whose papers cover the year up to this month; None where none is listed."""
        return next((each for each in self.meetings if each.data_to == month), None)

    def next_meeting(self, today: date) -> Meeting | None:
        """The first meeting on this day or later; None where none is listed."""
        ahead = [each for each in self.meetings if each.date >= today]
        return min(ahead, key=lambda each: each.date, default=None)

    def meeting_before(self, month: Month) -> Meeting | None:
        """The meeting on this financial year whose papers come last before this month's, if any."""
        reported = self.months_reported
        earlier = [m for m in self.meetings if m.data_to in reported and m.data_to < month]
        return max(earlier, key=lambda each: each.data_to, default=None)
