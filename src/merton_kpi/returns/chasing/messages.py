"""The message to an owner from whom something is due, as plain text and as Markdown.

It has no figures: only what is due, by when, and where to send it.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Severity
from merton_kpi.core.text import escape_markdown
from merton_kpi.returns.blank_extract import blank_extract_name, list_missing, list_owner_slugs
from merton_kpi.returns.due import NO_OWNER
from merton_kpi.returns.reminder import WIDTH, format_entry, format_table, list_outstanding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.core.issues import Place
    from merton_kpi.core.periods import FinancialYear
    from merton_kpi.returns.due import DueList


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What an owner is sent.

    `dues` are due from the owner alone, and something of them is outstanding. `name` is that of its
    files without the ending; `address` is empty where the catalogue has none.
    """

    owner: str
    address: str
    name: str
    dues: DueList

    @property
    def workbook(self) -> str:
        """The name of the workbook that goes with it."""
        return f"{self.name}.xlsx"


def compose_messages(
    dues: DueList, addresses: Mapping[str, str], year: FinancialYear
) -> tuple[Message, ...]:
    """Compose a message to each owner from whom something is outstanding.

    There is none for what has no owner.

    Args:
        dues: What is due; its `owners` are all of the catalogue's, so that an owner's files have
            the same name whatever was chosen of the list.
        addresses: The addresses by owner.
        year: The catalogue's.
    """
    slugs = list_owner_slugs(dues.owners)
    return tuple(
        Message(
            owner=owner,
            address=addresses.get(owner, ""),
            name=blank_extract_name(year, dues.month, slugs[owner], kind=""),
            dues=dues.filter(owner=owner),
        )
        for owner, items in dues.by_owner
        if owner != NO_OWNER and list_outstanding(items)
    )


def format_nothing_owed(span: str, owner: str | None, service: str | None) -> str:
    """Say that no message is needed for the papers of a span, from those who were chosen."""
    is_named = owner not in (None, NO_OWNER)
    who = f"{owner} owes nothing" if is_named else "no owner owes anything"
    of = f" of the service {service}" if service else ""
    return f"No message was written: {who}{of} for the papers of {span}"


def check_unowned(dues: DueList, places: Mapping[str, Place]) -> tuple[Issue, ...]:
    """A warning for each indicator from whose owner something is outstanding, where it has none.

    `places` are where the indicators' entries begin, by number.
    """
    items = (each for each in dues.items if each.owner == NO_OWNER)
    return tuple(
        Issue(
            severity=Severity.WARNING,
            code="no_owner",
            place=places[item.indicator],
            subject=f"indicator {item.indicator}",
            message="no message asks for what is due, since the owner is missing; give the job "
            "title of the officer responsible for the figures",
        )
        for item, _ in list_outstanding(items)
    )


def format_text_message(message: Message) -> str:
    """Write it as plain text that a mail program can send: its header, a blank line, the words."""
    lines = [f"To: {message.address}"] if message.address else []
    lines += [f"Subject: {message.dues.title}", ""]
    lines += [*textwrap.wrap(message.owner, WIDTH), ""]
    lines += [*textwrap.wrap(_format_opening(message.dues), WIDTH), ""]
    for entry in list_outstanding(message.dues.items):
        lines += format_entry(entry)
    for sentences in _list_closing(message):
        lines += ["", *textwrap.wrap(sentences, WIDTH)]
    return "".join(f"{line}\n" for line in lines)


def format_markdown_message(message: Message) -> str:
    """Write it as Markdown."""
    parts = [f"# {escape_markdown(message.dues.title)}"]
    if message.address:
        # Not escaped as a whole: only in a title or a name is an address that becomes a link wrong.
        parts.append(f"To: {'@'.join(map(escape_markdown, message.address.split('@')))}")
    parts += [escape_markdown(message.owner), escape_markdown(_format_opening(message.dues))]
    parts.append(format_table("Still due", list_outstanding(message.dues.items)))
    parts += map(escape_markdown, _list_closing(message))
    return "\n\n".join(parts) + "\n"


def _format_opening(dues: DueList) -> str:
    return f"This is still due from you for the papers of the {dues.panel}, {dues.span}:"


def _list_closing(message: Message) -> Iterator[str]:
    """Yield by when it is due, and how and where to return it."""
    dues = message.dues
    when = [f"The papers are due on {dues.papers_due}."] if dues.papers_due else []
    when += [f"The panel meets on {dues.meeting}."] if dues.meeting else []
    if when:
        yield " ".join(when)
    how = f"Please fill in the attached workbook, {message.workbook}, and send it to: "
    how += f"{dues.contact}."
    if list_missing(dues):
        how += " Where there is no figure, choose the reason in the column Status."
    yield how
