"""The scorecard to the exception report, by a Markdown template that a council can change.

Every value that a template prints is escaped, so that text from a file stays text: a `|` or a
newline does not break a table, and nothing becomes a link, a heading or HTML.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from traceback import extract_tb
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from merton_kpi.core.issues import BuildStoppedError, suggest_word
from merton_kpi.core.text import escape_markdown
from merton_kpi.core.vocabulary import ReportSection

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard

# Names that a template of an earlier version may have, and what is in their place.
_FORMER_NAMES = {"direction": "period_on_period", "notes": "note"}


class _UnknownName(StrictUndefined):
    """A name in a template that does not exist, explained with the nearest one that does."""

    @property
    def _undefined_message(self) -> str:
        owner = self._undefined_obj
        public = (name for name in dir(owner) if not name.startswith("_"))
        if owner is missing:  # a name without a dot before it, as `card` is
            known = ["card"]
        elif is_dataclass(owner):
            known = list(dict.fromkeys((*(field.name for field in fields(owner)), *public)))
        else:
            known = list(public)
        name = str(self._undefined_name)
        now = _FORMER_NAMES.get(name)
        near = f"it is now '{now}'" if now in known else suggest_word(name, known)
        return f"there is no '{name}' here; {near}"


def format_report(card: Scorecard, template: str, file: str) -> str:
    """Fill in the report's template.

    Args:
        card: What the report says; the template's only variable.
        template: The template's text.
        file: The name that an error gives.

    Raises:
        BuildStoppedError: The template has a fault; the issue names its line where that is known.
    """
    try:
        return _compose_environment().from_string(template).render(card=_remove_hashes(card))
    except Exception as error:  # a template can raise any error: 1 / 0 is one
        message = f"the template cannot be filled in: {error}"
        raise BuildStoppedError.at(file, "template", message, _read_line(error)) from error


def list_printed_sections(template: str) -> tuple[ReportSection, ...]:
    """The sections that the template prints: those that it names, like `card.sections.legal`.

    None, where the template has a fault: format_report says which.
    """
    try:
        tree = _compose_environment().parse(template)
    except TemplateSyntaxError:
        return ()
    printed = {
        each.attr
        for each in tree.find_all(nodes.Getattr)
        if isinstance(each.node, nodes.Getattr) and each.node.attr == "sections"
    }
    return tuple(each for each in ReportSection if each.value in printed)


def _compose_environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        undefined=_UnknownName,
        finalize=_format_value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _remove_hashes(card: Scorecard) -> Scorecard:
    """The scorecard as a template may print it.

    A hash of a small file would disclose a suppressed count: whoever knows the other cells need
    only try the numbers from 1 to 4.
    """
    return replace(card, sources=tuple(replace(each, sha256="") for each in card.sources))


def _format_value(value: object) -> str:
    """A value as Markdown. Raises TypeError for a value that is not printed as one text."""
    is_text = isinstance(value, int) or type(value).__str__ is not object.__str__
    if not is_text or isinstance(value, Enum):
        kind = "a list" if type(value) is tuple else "a value with several parts"
        raise TypeError(f"{kind} cannot be printed; print one of its parts")
    return escape_markdown(value)


def _read_line(error: Exception) -> int | None:
    """The line of the template that an error came from, or None."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    return lines[-1] if lines else None
