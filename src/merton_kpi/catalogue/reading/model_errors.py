"""Pydantic's errors about a catalogue as issues: the place, the bad value and what to write.

None of pydantic's own sentences is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.catalogue.reading.advice.model_keys import (
    choose_model,
    list_inner_models,
    list_keys,
)
from merton_kpi.catalogue.reading.advice.values import explain_value
from merton_kpi.catalogue.reading.quoting import remove_figures
from merton_kpi.catalogue.units import UNKNOWN_UNIT
from merton_kpi.core.issues import Issue, Severity, nearest_word, shorten, suggest_word
from merton_kpi.core.units import match_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from merton_kpi.catalogue.reading.yaml_reader import Document, Path
    from merton_kpi.core.units import Unit

_CODES = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "enum": "unknown_word",
    "literal_error": "unknown_word",
    UNKNOWN_UNIT: "unknown_word",
    "greater_than": "out_of_bounds",
    "greater_than_equal": "out_of_bounds",
    "less_than_equal": "out_of_bounds",
    "value_error": "unfit_value",
}


def list_model_issues(document: Document, found: Iterable[ErrorDetails]) -> Iterator[Issue]:
    """Each of pydantic's errors as an issue.

    An unknown key that is probably a missing one is one issue, not two.
    """
    found = remove_figures(document, found)
    matches = _match_keys(document, found)
    matched = set(matches.values())
    for details in found:
        loc = details["loc"]
        if details["type"] == "missing" and loc in matched:
            continue
        fault = details.get("ctx", {}).get("error")
        path = _path_of(document, (*loc, *getattr(fault, "path", ())))
        code = _CODES.get(details["type"], "wrong_kind")
        if code == "unknown_key" or loc[-1:] == ("[key]",):
            sentence = _explain_key(document, details, matches.get(loc, ()))
            yield make_key_issue(document, path, code, sentence)
        else:
            unit = _match_unit(document, path)
            yield make_issue(document, path, code, explain_value(details, path, unit))


def make_issue(
    document: Document,
    path: Path,
    code: str,
    message: str,
    *,
    severity: Severity = Severity.ERROR,
) -> Issue:
    """An issue at a value of the document; its subject is the indicator that contains the value."""
    place, subject = document.place_of(path), format_subject(document, path)
    return Issue(severity=severity, code=code, place=place, subject=subject, message=message)


def make_key_issue(document: Document, path: Path, code: str, message: str) -> Issue:
    """An error at a key of the document; its subject is the indicator that contains the key."""
    place, subject = document.place_of(path, of_key=True), format_subject(document, path)
    return Issue(code=code, place=place, subject=subject, message=message)


def format_subject(document: Document, path: Path) -> str:
    """`indicator 23a` for a path within that indicator; empty outside one and without a number."""
    number = _select_value(document, path, "number")
    return f"indicator {shorten(str(number))}" if number not in (None, "") else ""


def _match_unit(document: Document, path: Path) -> Unit | None:
    """The unit of the indicator around a path, where it has a word; else None."""
    word = _select_value(document, path, "unit")
    return match_unit(word) if isinstance(word, str) else None


def _select_value(document: Document, path: Path, key: str) -> object:
    """The value of a key of the indicator around a path; None where there is none."""
    if len(path) < 4 or path[0] != "sections" or path[2] != "indicators":
        return None
    try:
        value: object = document.value["sections"][path[1]]["indicators"][path[3]][key]
    except (TypeError, KeyError, IndexError):  # one of them is not the list or the keys it must be
        return None
    return value


def _path_of(document: Document, loc: Path) -> Path:
    """Pydantic's `loc` without its parts that are no places: `[key]` and a variant's tag."""
    path: Path = ()
    for part in loc:
        if (*path, part) in document.marks:
            path = (*path, part)
    return path


def _match_keys(document: Document, found: list[ErrorDetails]) -> dict[Path, Path]:
    """For each unknown key the known one that is probably meant, where there is one.

    It is the known key most like it, else one that is missing in the same entry.
    """
    missing = dict.fromkeys(each["loc"] for each in found if each["type"] == "missing")
    unknown = [each["loc"] for each in found if each["type"] == "extra_forbidden"]
    near = {loc: nearest_word(str(loc[-1]), _list_unused_keys(document, loc)) for loc in unknown}
    matches = {loc: (*loc[:-1], key) for loc, key in near.items() if key}
    for loc in unknown:
        if loc not in matches and not _list_parents(loc):
            beside = (each for each in missing if each[:-1] == loc[:-1])
            other = next((each for each in beside if each not in matches.values()), None)
            if other:
                matches[loc] = other
    return matches


def _explain_key(document: Document, details: ErrorDetails, match: Path) -> str:
    """What is wrong with a key; `match` is the known one that is probably meant, or empty."""
    loc = details["loc"]
    if details["type"] == "value_error":
        return str(details["ctx"]["error"])
    key, known, parents = str(loc[-1]), _list_unused_keys(document, loc), _list_parents(loc)
    unknown = f"the key '{shorten(key)}' is not known here"
    if match and not nearest_word(key, known):
        return f"{unknown}, and '{match[-1]}' is missing"
    advice = f"it belongs in {' or '.join(parents)}" if parents else suggest_word(key, known)
    return f"{unknown}; {advice}"


def _list_unused_keys(document: Document, loc: Path) -> list[str]:
    """The keys that the entry of a `loc` does not have yet; every key where it has all."""
    entry, known = _path_of(document, loc[:-1]), list_keys(choose_model(loc))
    return [key for key in known if (*entry, key) not in document.marks] or known


def _list_parents(loc: Path) -> list[str]:
    """The keys of the same entry, in quotes, under which the last part of a `loc` is a key."""
    inner = list_inner_models(choose_model(loc)).items()
    return [f"'{key}'" for key, model in inner if str(loc[-1]) in list_keys(model)]
