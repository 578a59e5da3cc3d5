"""A catalogue of one indicator, and the issues of a catalogue's text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpers.councils import HEAD
from helpers.messages import list_codes
from merton_kpi.loading.catalogue_file import check_completeness, read_checked_definitions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.core.issues import Issue

LINE = HEAD.count("\n")  # the lines of HEAD
ONE = """\
sections:
  - title: Services
    indicators:
      - number: "1"
        title: Calls
        unit: percent
        frequency: monthly
        target: {at_least: 90}
        rationale: A call is a question.
        owner: Head of Contact
"""
SECOND = ONE[ONE.index("      - number") :].replace('"1"', '"2"')  # an entry to put after ONE


def list_issues(text: str, *, gaps: bool = False) -> tuple[Issue, ...]:
    """The issues of a catalogue's text; `gaps` adds the warnings about what it lacks."""
    definitions = read_checked_definitions(text, "f")
    return tuple(check_completeness(definitions) if gaps else definitions.issues)


def list_places(issues: Iterable[Issue]) -> list[str]:
    """The code and place of each issue, its line counted from HEAD's end: `missing_key +4:9`."""

    def count_from_head(found: re.Match[str]) -> str:
        line = int(found[1])
        return f" +{line - LINE}" if line > LINE else found[0]

    return [re.sub(r" (\d+)", count_from_head, code) for code in list_codes(issues)]


def add_key(line: str) -> str:
    """The catalogue of one indicator with one more line in it, the last."""
    return f"{HEAD}{ONE}        {line}\n"
