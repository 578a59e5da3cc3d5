"""The scorecard to the web page, by an HTML template that a council can change.

Every value that a template prints is escaped, so that text from a file stays text: nothing of it
becomes markup, a link, a script or a style, unless a council's own template turns that off.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.core.statuses import Shorthand
from merton_kpi.core.text import UNWRITABLE
from merton_kpi.papers.html.anchors import choose_anchors
from merton_kpi.papers.html.status import add_status
from merton_kpi.papers.html.styles import format_styles
from merton_kpi.papers.html.svg.chart import format_chart
from merton_kpi.papers.templated.fill_in import (
    check_is_text,
    compose_environment,
    fill_in,
    remove_internals,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.core.periods import Month
    from merton_kpi.scorecard.cells import Cell
    from merton_kpi.scorecard.explanations import ExplainedPart
    from merton_kpi.scorecard.periods.earlier import EarlierFigure
    from merton_kpi.scorecard.periods.figures import IndicatorFigures, PeriodFigure
    from merton_kpi.scorecard.records import Row, Scorecard


@dataclass(frozen=True, kw_only=True, slots=True)
class PageContent:
    """What the page says: the scorecard, and by number each indicator's periods and reasons."""

    card: Scorecard
    figures: Mapping[str, IndicatorFigures]
    explanations: Mapping[str, tuple[ExplainedPart, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An indicator as the page has it: its row, and what only a page needs.

    `anchor` is the id that a link leads to: `indicator-3`. `rating` names the rating's style:
    `red`. `commentary` is the service's, of an exception alone. `periods` have the figure and the
    rating of each, `earlier` the figure of each period of earlier years; `explanation` has the
    reasons for the indicator's rating. `totals` are the sums of figures that are added up, by the
    last month of each. `chart` is empty where there is none.
    """

    row: Row
    anchor: str
    rating: str
    commentary: str
    periods: tuple[PeriodFigure, ...]
    earlier: tuple[EarlierFigure, ...]
    explanation: tuple[ExplainedPart, ...]
    totals: Mapping[Month, Cell]
    chart: Markup


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The indicators of a section of the catalogue, with the id of the section on the page."""

    title: str
    anchor: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A rating that the reader can choose the indicators of, and how many have it."""

    rating: str
    label: str
    count: int


def format_page(content: PageContent, template: str, file: str) -> str:
    """Fill in the page's template.

    Args:
        content: What the page says.
        template: The template's text. Its variables are the scorecard (`card`), the indicators by
            section (`groups`), those rated amber or red (`exceptions`), the ids of all by number
            (`anchors`), the ratings to choose from (`choices`), the shorthand (`symbols`), and what
            stands in the page's head (`styles`, `script`, `policy`).
        file: The name that an error gives.

    Raises:
        BuildStoppedError: The template has a fault; the issue names its line where that is known.
            Or a text has a character that no web page can hold.
    """
    values = _compose_values(content)
    environment = compose_environment(values, _format_value, is_html=True)
    page = fill_in(environment, template, file, values)
    if found := UNWRITABLE.search(page):
        message = f"the character U+{ord(found[0]):04X} cannot be written; take it out of the words"
        raise BuildStoppedError.at("the web page", "unwritable_character", message)
    return add_status(page, is_final=content.card.is_final)


def _compose_values(content: PageContent) -> Mapping[str, object]:
    """The template's variables."""
    card, entries = content.card, _compose_entries(content)
    by_number = {entry.row.number: entry for entry in entries}
    groups = tuple(
        Group(title=title, anchor=f"section-{number}", entries=tuple(those))
        for number, (title, those) in enumerate(groupby(entries, key=_select_section), 1)
    )
    file = files("merton_kpi.papers.html").joinpath("page.js")
    # Stripped, since the Nu HTML checker compares the policy with the script without white space.
    script = file.read_text(encoding="utf-8").strip()
    choices = tuple(
        Choice(rating=_format_class(each.rating.name), label=each.label, count=count)
        for each, count in card.counts.items()
    )
    return {
        "card": remove_internals(card),
        "groups": groups,
        "exceptions": tuple(by_number[row.number] for row, _ in card.exceptions),
        "anchors": {number: entry.anchor for number, entry in by_number.items()},
        "choices": choices,
        "symbols": tuple(Shorthand),
        "styles": format_styles(
            card.colours, (each.rating for each in choices), (each.anchor for each in groups)
        ),
        "script": Markup(script),
        "policy": _compose_policy(script),
    }


def _select_section(entry: Entry) -> str:
    return entry.row.section


def _compose_entries(content: PageContent) -> tuple[Entry, ...]:
    """The indicators in the index's order."""
    card = content.card
    anchors = choose_anchors(row.number for row in card.rows)
    commentary = {row.number: words for row, words in card.exceptions}
    charts = {chart.number: chart for chart in card.charts}
    return tuple(
        Entry(
            row=row,
            anchor=anchor,
            rating=_format_class(card.words.select_shown(row.verdict.rating).name),
            commentary=commentary.get(row.number, ""),
            periods=content.figures[row.number].periods,
            earlier=content.figures[row.number].earlier,
            explanation=content.explanations[row.number],
            totals=dict(zip(card.year.months, row.totals, strict=False)),
            chart=format_chart(charts[row.number], f"chart-{anchor}")
            if row.number in charts
            else Markup(),
        )
        for row, anchor in zip(card.rows, anchors, strict=True)
    )


def _format_class(name: str) -> str:
    """The name of a rating as that of a style: `not-a-target-measure`."""
    return name.lower().replace("_", "-")


def _compose_policy(script: str) -> str:
    """What the page may load and run: nothing but its own styles and this script."""
    digest = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
    return (
        "default-src 'none'; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def _format_value(value: object) -> str:
    """A value as text, which is then escaped, or as the markup that it is.

    Raises TypeError for a value that is not printed as one text.
    """
    if isinstance(value, Markup):
        return value
    check_is_text(value)
    return str(value)
