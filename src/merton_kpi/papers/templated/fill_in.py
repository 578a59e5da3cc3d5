"""Jinja2 templates that a council can change: filled in within bounds, faults with their lines."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from traceback import extract_tb
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from merton_kpi.core.issues import BuildStoppedError, suggest_word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from merton_kpi.scorecard.records import Scorecard

# Names that a template of an earlier version may have, and what is in their place.
_FORMER_NAMES = {"direction": "period_on_period", "notes": "note"}


def compose_environment(
    names: Collection[str], format_value: Callable[[object], str], *, is_html: bool = False
) -> ImmutableSandboxedEnvironment:
    """An environment for templates whose variables have these names.

    Args:
        names: An error for another name names the nearest of these.
        format_value: A value to the text that the template prints, or an error that says why not.
        is_html: Whether the text is then escaped for HTML.
    """

    class UnknownName(StrictUndefined):
        """A name in a template that does not exist, explained with the nearest one that does."""

        @property
        def _undefined_message(self) -> str:
            return _explain_unknown(self._undefined_obj, str(self._undefined_name), names)

    return ImmutableSandboxedEnvironment(
        undefined=UnknownName,
        finalize=format_value,
        autoescape=is_html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _explain_unknown(owner: object, name: str, names: Collection[str]) -> str:
    """What is wrong with a name that `owner` does not have; a name without a dot has no owner."""
    public = (each for each in dir(owner) if not each.startswith("_"))
    if owner is missing:
        known = list(names)
    elif is_dataclass(owner):
        known = list(dict.fromkeys((*(field.name for field in fields(owner)), *public)))
    else:
        known = list(public)
    now = _FORMER_NAMES.get(name)
    near = f"it is now '{now}'" if now in known else suggest_word(name, known)
    return f"there is no '{name}' here; {near}"


def fill_in(
    environment: ImmutableSandboxedEnvironment,
    template: str,
    file: str,
    values: Mapping[str, object],
) -> str:
    """Fill in a template.

    Args:
        environment: As compose_environment returns it.
        template: The template's text.
        file: The name that an error gives.
        values: The template's variables by their names.

    Raises:
        BuildStoppedError: The template has a fault; the issue names its line where that is known.
    """
    try:
        return environment.from_string(template).render(values)
    except Exception as error:  # a template can raise any error: 1 / 0 is one
        message = f"the template cannot be filled in: {error}"
        raise BuildStoppedError.at(file, "template", message, _read_line(error)) from error


def check_is_text(value: object) -> None:
    """Raise TypeError for a value that is not printed as one text."""
    is_text = isinstance(value, int) or type(value).__str__ is not object.__str__
    if not is_text or isinstance(value, Enum):
        kind = "a list" if type(value) is tuple else "a value with several parts"
        raise TypeError(f"{kind} cannot be printed; print one of its parts")


def remove_internals(card: Scorecard) -> Scorecard:
    """The scorecard as a template may print it: without hashes, and without what rows are made of.

    A hash of a small file would disclose a suppressed count: whoever knows the other cells need
    only try the numbers from 1 to 4.
    """
    sources = tuple(replace(each, sha256="") for each in card.sources)
    return replace(card, sources=sources, assessed=())


def _read_line(error: Exception) -> int | None:
    """The line of the template that an error came from, or None."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    return lines[-1] if lines else None
