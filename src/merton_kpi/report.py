"""The scorecard to the exception report, by a Markdown template that a council can change.

Every value that a template prints is escaped, so that words from a file stay words: a `|` or a
newline breaks no table, and nothing becomes a link, a heading or HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from merton_kpi.escapes import escape_markdown
from merton_kpi.issues import BuildStoppedError

if TYPE_CHECKING:
    from merton_kpi.scorecard import Scorecard


def render_report(card: Scorecard, template: str, file: str) -> str:
    """Render the report. `file` names the template in the error that its fault raises."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        finalize=escape_markdown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    try:
        return environment.from_string(template).render(card=card)
    except Exception as error:  # a template can make any error: 1 / 0 is one
        message = f"the template cannot be filled in: {error}"
        line = getattr(error, "lineno", None)
        raise BuildStoppedError.at(file, "template", message, line) from error
