"""A return: a workbook with a row to fill in for each figure and commentary that is due.

It comes back filled in and is read as an extract, by the names of its columns. The columns of
`extracts.columns.CONTEXT` are for whoever fills it in.
"""

from __future__ import annotations

from datetime import datetime, time
from itertools import chain
from typing import TYPE_CHECKING

from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Status
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import ReturnState
from merton_kpi.extracts.columns import RETURN
from merton_kpi.papers.workbook.entries import Blank, Entry
from merton_kpi.papers.workbook.sheet import Column, Table, compose_sheet
from merton_kpi.papers.workbook.writer import write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.papers.workbook.sheet import Content, Sheet
    from merton_kpi.returns.due import DueItem, DueList
    from merton_kpi.returns.return_facts import IndicatorFacts, ReturnFacts

_STATUSES = "Status words"
_COMMENTARY_LINES = 3
_COLUMNS = (
    Column(header="Indicator", width=12),
    Column(header="Title", width=36),
    Column(header="Due", width=26),
    Column(header="Period", width=11),
    Column(header="Unit", width=14),
    Column(header="Target", width=20),
    Column(header="Last three figures", width=26),
    Column(header="Last rating", width=14),
    Column(header="Value", width=12),
    Column(header="Numerator", width=13),
    Column(header="Denominator", width=15),
    Column(header="Status", width=18),
    Column(header="Note", width=30),
)
_COMMENTARY = Column(header="Commentary", width=50)
_JUDGEMENT = (
    Column(header="Judgement", width=14),
    Column(header="Judgement reason", width=30),
    Column(header="Judgement by", width=20),
)
_PARTS = (
    Entry(
        title="Numerator",
        prompt="The part, such as 18 in 18 of 20. Leave it empty if there is none.",
        is_number=True,
    ),
    Entry(
        title="Denominator",
        prompt="The whole, such as 20 in 18 of 20. Leave it empty if there is none.",
        is_number=True,
    ),
)
_NOTE = Entry(title="Note", prompt="A note on the figure, if it needs one.")
_WORDS = Entry(title="Commentary", prompt="The service's words for the exception report.")
_RATINGS = ",".join(each.label.lower() for each in Rating if each.is_brag)
_ENTRIES_OF_JUDGEMENT = (
    Entry(title="Judgement", prompt=f"One of {_RATINGS}.", choices=f'"{_RATINGS}"'),
    Entry(title="Judgement reason", prompt="Why you give this rating."),
    Entry(title="Judgement by", prompt="Your job title."),
)


def list_return_items(dues: DueList) -> tuple[DueItem, ...]:
    """List what is to be filled in: the figures that have not come, and missing commentary.

    Commentary has a row of its own only where its indicator has none for a figure.
    """
    figures = {each.indicator for each in dues.items if each.state.is_missing_figure}
    return tuple(
        each
        for each in dues.items
        if each.state.is_missing_figure
        or (each.state is ReturnState.COMMENTARY and each.indicator not in figures)
    )


def write_return_workbook(dues: DueList, facts: ReturnFacts, recipient: str = "") -> bytes:
    """Write the return of what is due and has not come, as an xlsx file's bytes.

    Args:
        dues: What is due, from one owner or from several; `list_return_items` is not empty.
        facts: The facts of at least its indicators, as at the same month.
        recipient: The owner that the title names; empty where it is for all.

    Raises:
        BuildStoppedError: As write_workbook.
    """
    statuses = _compose_statuses(dues)
    sheet = _compose_return(dues, facts, recipient, _compose_choices(statuses))
    return write_workbook(
        (sheet, statuses),
        title=sheet.title,
        author=facts.authority,
        keywords=f"performance, return, {dues.panel}",
        moment=datetime.combine(dues.month.last_day, time()),
    )


def _compose_return(dues: DueList, facts: ReturnFacts, recipient: str, statuses: Entry) -> Sheet:
    items = list_return_items(dues)
    has_judgements = any(each.needs_judgement for each in items)
    last = {each.indicator: each for each in items}  # of several figures, the last is rated
    needs_words = {
        each: each is last[each.indicator] and bool(facts.indicators[each.indicator].exception)
        for each in items
    }
    has_words = any(needs_words.values())
    table = Table(
        name="Return",
        columns=(
            *_COLUMNS,
            *([_COMMENTARY] if has_words else []),
            *(_JUDGEMENT if has_judgements else ()),
        ),
        rows=tuple(
            tuple(
                chain(
                    _list_context(each, facts, needs_words=needs_words[each]),
                    _list_figure_entries(each, facts.indicators[each.indicator], statuses),
                    [_compose_words(needed=needs_words[each])] if has_words else [],
                    _list_judgement(each) if has_judgements else (),
                )
            )
            for each in items
        ),
        held=2,
        page_starts=(8,),
        blank="Blank cells with a border are to be filled in; other blank cells need nothing.",
    )
    of = f"Return of {recipient}" if recipient else "Return"
    return compose_sheet(
        table,
        name=RETURN,
        title=f"{of} for the papers of {dues.span}, {facts.authority}",
        about="What is due, to be filled in",
        notices=_list_notices(dues),
    )


def _list_notices(dues: DueList) -> Iterable[str]:
    due = f" The papers are due on {dues.papers_due}." if dues.papers_due else ""
    yield f"Please fill in the cells with a border, and send this workbook to: {dues.contact}.{due}"
    yield "Write a figure in the column Value, in the row's unit: 96 for 96%."
    yield (
        "Where there is no figure, choose the reason in the column Status; the sheet Status words "
        "explains each."
    )
    yield (
        "Last figures and ratings are as the papers print them; small numbers that the papers hide "
        "are hidden here too."
    )
    yield (
        "The sheet is protected without a password, so that only these cells change; to end that, "
        "choose Review, Unprotect Sheet."
    )


def _list_context(item: DueItem, facts: ReturnFacts, *, needs_words: bool) -> tuple[Content, ...]:
    mine = facts.indicators[item.indicator]
    return (
        item.indicator,
        item.title,
        _format_due(item, mine.exception if needs_words else ""),
        str(item.month),
        mine.unit.label,
        mine.target,
        mine.format_last_figures(item.month),
        mine.verdict,
    )


def _format_due(item: DueItem, exception: str) -> str:
    """What the row is for: `Figure for Q2, overdue`, `Commentary, as it is Red`."""
    if item.state is ReturnState.COMMENTARY:
        return f"Commentary, as it is {item.words}"
    noun = "Judgement" if item.needs_judgement else "Figure"
    late = ", overdue" if item.state is ReturnState.OVERDUE else ""
    words = f"; commentary if it is still {exception}" if exception else ""
    return f"{noun} for {item.period}{late}{words}"


def _list_figure_entries(
    item: DueItem, facts: IndicatorFacts, statuses: Entry
) -> tuple[Content, ...]:
    """The cells from Value to Note, which are closed where only commentary is due."""
    if item.state is ReturnState.COMMENTARY:
        return (Blank(),) * 5
    entries = (_compose_value(item.indicator, facts.unit), *_PARTS, statuses, _NOTE)
    return tuple(Blank(entry=each) for each in entries)


def _compose_value(indicator: str, unit: Unit) -> Entry:
    words = "A number"
    if unit.is_printed:
        words += f" in {unit.name}"
    elif unit != Unit.NUMBER:
        words += f" ({unit.name})"
    if unit.most is not None:
        words += f", from {unit.least} to {unit.most}"
    elif unit.least is not None:
        words += f", {unit.least} or more"
    return Entry(
        title=f"Value of {indicator}",
        prompt=f"{words}. If there is none, choose a word under Status.",
        is_number=True,
        least=unit.least,
        most=unit.most,
    )


def _compose_words(*, needed: bool) -> Content:
    return Blank(entry=_WORDS, lines=_COMMENTARY_LINES) if needed else Blank()


def _list_judgement(item: DueItem) -> tuple[Content, ...]:
    is_due = item.needs_judgement and item.state is not ReturnState.COMMENTARY
    return tuple(Blank(entry=each if is_due else None) for each in _ENTRIES_OF_JUDGEMENT)


def _compose_statuses(dues: DueList) -> Sheet:
    table = Table(
        name="Status_words",
        columns=(Column(header="Word", width=28), Column(header="Meaning", width=60)),
        rows=tuple(
            (each.value, f"{each.plain[0].upper()}{each.plain[1:]}; {_format_use(each)}")
            for each in Status
        ),
    )
    return compose_sheet(
        table,
        name=_STATUSES,
        title=f"Words for the column Status of a return for the papers of {dues.span}",
        about="Why there is no figure, or how reliable it is",
    )


def _format_use(status: Status) -> str:
    return "beside a figure" if status.qualifies_a_figure else "in place of a figure"


def _compose_choices(sheet: Sheet) -> Entry:
    """The entry of a status: one of the words that the sheet lists."""
    last = sheet.top + len(sheet.table.rows if sheet.table else ())
    return Entry(
        title="Status",
        prompt="Why there is no figure, or how reliable it is. Choose from the list: Alt+Down.",
        choices=f"'{_STATUSES}'!$A${sheet.top + 1}:$A${last}",
    )
