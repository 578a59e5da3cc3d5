"""The scorecard to the exception report, by a Markdown template that a council can change.

Every value that a template prints is escaped, so that text from a file stays text: a `|` or a
newline does not break a table, and nothing becomes a link, a heading or HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes

from merton_kpi.core.text import escape_markdown
from merton_kpi.core.vocabulary import ReportSection
from merton_kpi.papers.templated.fill_in import (
    check_is_text,
    compose_environment,
    fill_in,
    remove_internals,
)

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard

_NAMES = ("card",)  # the template's only variable


def format_report(card: Scorecard, template: str, file: str) -> str:
    """Fill in the report's template.

    Args:
        card: What the report says; the template's only variable.
        template: The template's text.
        file: The name that an error gives.

    Raises:
        BuildStoppedError: The template has a fault; the issue names its line where that is known.
    """
    environment = compose_environment(_NAMES, _format_value)
    return fill_in(environment, template, file, {"card": remove_internals(card)})


def list_printed_sections(template: str) -> tuple[ReportSection, ...]:
    """The sections that the template prints: those that it names, like `card.sections.legal`.

    None, where the template has a fault: format_report says which.
    """
    try:
        tree = compose_environment(_NAMES, _format_value).parse(template)
    except TemplateSyntaxError:
        return ()
    printed = {
        each.attr
        for each in tree.find_all(nodes.Getattr)
        if isinstance(each.node, nodes.Getattr) and each.node.attr == "sections"
    }
    return tuple(each for each in ReportSection if each.value in printed)


def _format_value(value: object) -> str:
    """A value as Markdown. Raises TypeError for a value that is not printed as one text."""
    check_is_text(value)
    return escape_markdown(value)
