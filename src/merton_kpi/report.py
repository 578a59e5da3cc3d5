"""The scorecard to the exception report, by a Markdown template that a council can change.

Every value that a template prints is escaped, so that words from a file stay words: a `|` or a
newline breaks no table, and nothing becomes a link, a heading or HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from merton_kpi.issues import BuildStoppedError, Issue, Place

if TYPE_CHECKING:
    from merton_kpi.scorecard import Scorecard

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&]|(?<=\bwww)\.|:(?=//)")
_OPENS_A_BLOCK = re.compile(r"^(\s*)([#+=-]|[0-9]+[.)])", re.MULTILINE)


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
        place = Place(file=file, line=getattr(error, "lineno", None))
        message = f"the template cannot be filled in: {error}"
        raise BuildStoppedError([Issue(code="template", place=place, message=message)]) from error


def escape_markdown(value: object) -> str:
    """Write a value so that Markdown shows it as the words it is, on one line of source."""
    text = _SPECIAL.sub(r"\\\g<0>", str(value).strip())
    text = _OPENS_A_BLOCK.sub(_escape_opening, text)
    return "<br>".join(text.splitlines())


def _escape_opening(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2][:-1]}\\{found[2][-1]}"
