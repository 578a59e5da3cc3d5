"""The scorecard to the exception report, by a Markdown template that a council can change.

Every value that a template prints is escaped, so that words from a file stay words: a `|` or a
newline breaks no table, and nothing becomes a link, a heading or HTML.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from merton_kpi.core.issues import BuildStoppedError, suggest_word
from merton_kpi.core.text import escape_markdown

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard


class _Unknown(StrictUndefined):
    """A name that a template has wrong."""

    @property
    def _undefined_message(self) -> str:
        owner = self._undefined_obj
        fields = getattr(owner, "__dataclass_fields__", ())
        if owner is missing:
            fields = ("card",)
        public = (each for each in dir(owner) if each[0] != "_")
        near = suggest_word(str(self._undefined_name), dict.fromkeys((*fields, *public)))
        return f"there is no '{self._undefined_name}' here; {near}"


def format_report(card: Scorecard, template: str, file: str) -> str:
    """Render the report. `file` names the template in the error that its fault raises."""
    environment = ImmutableSandboxedEnvironment(
        undefined=_Unknown,
        finalize=_print,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    try:
        return environment.from_string(template).render(card=card)
    except Exception as error:  # a template can make any error: 1 / 0 is one
        message = f"the template cannot be filled in: {error}"
        line = getattr(error, "lineno", None) or _find_line(error)
        raise BuildStoppedError.at(file, "template", message, line) from error


def _print(value: object) -> str:
    """A value as words of Markdown; what holds several values has no words of its own."""
    has_words = isinstance(value, int) or type(value).__str__ is not object.__str__
    if not has_words or isinstance(value, Enum):
        kind = "a list" if type(value) is tuple else "more than words"
        raise TypeError(f"what is to be printed is {kind}; print what is in it")
    return escape_markdown(value)


def _find_line(error: Exception) -> int | None:
    """The line of the template that an error came from."""
    from traceback import extract_tb  # slow to import, and a sound template needs none

    frames = extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    return lines[-1] if lines else None
