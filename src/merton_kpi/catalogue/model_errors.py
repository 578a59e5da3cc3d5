"""What the models find wrong with a catalogue, as issues: the place, the bad value, the right one.

Pydantic finds the faults; none of its words is printed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import EnumMeta
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from merton_kpi.catalogue.fields import Entry
from merton_kpi.catalogue.models import Catalogue
from merton_kpi.core.issues import Issue, Severity, nearest_word, shorten, suggest_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from merton_kpi.catalogue.yaml_reader import Document, Path

_CODES = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "enum": "unknown_word",
    "literal_error": "unknown_word",
    "greater_than": "out_of_bounds",
    "greater_than_equal": "out_of_bounds",
    "less_than_equal": "out_of_bounds",
    "value_error": "unfit_value",
}
# How a value is written, by its key or by the model or class that is wanted in its place. The
# number in the bad value, or 5, takes the place of each #.
_EDGE = "{percentage_points: #}, {units: #} or {percent_of_target: #}, or none"
_SHAPES = {
    "sections": "a list, each item with its 'title' and 'indicators'",
    "indicators": "a list, each item with its 'number', 'title' and so on",
    "meetings": "a list, like [{date: 2021-01-13, data_to: 2020-11}]",
    "due_months": "a list of calendar months, like [3]",
    "linked": 'a list of numbers in quotes, like ["2", "3"]',
    "target": "{at_least: #} or {at_most: #}, or not_a_target_measure, or new",
    "between": "two numbers, like [12, 20]",
    "milestones": "figures by month, like {2020-06: 40, 2021-03: 120}",
    "amber": _EDGE,
    "green": _EDGE,
    "blue": _EDGE,
    "outturns": "figures by year, like {2019/20: 53}",
    "earlier_months": "figures by month, like {2019-11: 44.9}",
    "benchmark_areas": "a list of three areas at most, like [England, London]",
    "benchmarks": "figures by area, like {England: 58, London: 54.6}",
    "Catalogue": "keys and values, like authority: Anyborough Council",
    "Section": "keys and values, like title: Assessments",
    "Indicator": 'keys and values, like number: "1"',
    "Meeting": "keys and values, like {date: 2021-01-13, data_to: 2020-11}",
    "Bands": "keys and values, like {amber: {percentage_points: #}}",
    "BandsByUnit": "keys and values, like {percent: {amber: {percentage_points: #}}}",
    "Outturn": "a plain number, like #, or {value: #} with its source and period",
    "RateOf": 'the number of the indicator that counts, like {count: "#"}',
    "FinancialYear": "a financial year, like 2020/21",
    "Month": "a month, like 2020-11",
}
# The same by the type of pydantic's error.
_SHAPES_BY_TYPE = {
    "date_type": "a date, like 2021-01-13",
    "datetime_type": "a date and time, like 2021-01-05T12:00",
    "bool_type": "true or false, without quotes",
    "string_type": "text",
    "tuple_type": "a list, like [one, another]",
    "dict_type": "keys and values, like one_asterisk: The footnote's words",
    "is_instance_of": "a plain number, like #",
    "int_type": "a whole number, like #",
}
_OTHER = "another kind of value"


def list_model_issues(document: Document, found: Iterable[ErrorDetails]) -> Iterator[Issue]:
    """Each of pydantic's errors as an issue; one for a key that stands under another name."""
    found = list(found)
    meant = _pair_keys(document, found)
    told = set(meant.values())
    for details in found:
        loc = details["loc"]
        if details["type"] != "missing" or loc not in told:
            fault = details.get("ctx", {}).get("error")
            path = _path_in(document, (*loc, *getattr(fault, "path", ())))
            code = _CODES.get(details["type"], "wrong_kind")
            is_key = code == "unknown_key" or loc[-1:] == ("[key]",)
            sentence = _tell_key(document, details, meant) if is_key else _tell_value(details, path)
            yield make_issue(document, path, code, sentence, of_key=is_key)


def _pair_keys(document: Document, found: list[ErrorDetails]) -> dict[Path, Path]:
    """For each unknown key the one that it stands for: one it is like, else one missing beside."""
    missing = dict.fromkeys(each["loc"] for each in found if each["type"] == "missing")
    unknown = [each["loc"] for each in found if each["type"] == "extra_forbidden"]
    near = {loc: nearest_word(str(loc[-1]), _list_open(document, loc)) for loc in unknown}
    meant = {loc: (*loc[:-1], near[loc]) for loc in unknown if near[loc]}
    for loc in unknown:
        if loc not in meant and not _list_homes(loc):
            beside = (each for each in missing if each[:-1] == loc[:-1])
            other = next((each for each in beside if each not in meant.values()), None)
            if other:
                meant[loc] = other
    return meant


def make_issue(
    document: Document,
    path: Path,
    code: str,
    message: str,
    *,
    of_key: bool = False,
    severity: Severity = Severity.ERROR,
) -> Issue:
    """An issue at a path of the document, about the indicator that the path is within."""
    place = document.place(path, of_key=of_key)
    subject = format_subject(document, path)
    return Issue(severity=severity, code=code, place=place, subject=subject, message=message)


def format_subject(document: Document, path: Path) -> str:
    """`indicator 23a` for a path within one; else, and where it has no number, nothing."""
    if len(path) < 4 or path[0] != "sections" or path[2] != "indicators":
        return ""
    try:
        number = document.value["sections"][path[1]]["indicators"][path[3]]["number"]
    except (TypeError, KeyError, IndexError):  # its list or its keys are no such thing
        return ""
    return f"indicator {shorten(str(number))}" if number not in (None, "") else ""


def _path_in(document: Document, loc: Path) -> Path:
    """Pydantic's `loc` without the parts that name a variant or a key rather than a place."""
    path: Path = ()
    for part in loc:
        if (*path, part) in document.marks:
            path = (*path, part)
    return path


def _find_model(loc: Path) -> type[Entry]:
    """The model of the entry that the last part of a `loc` is a key of."""
    model: type[Entry] = Catalogue
    for part in loc[:-1]:
        model = list_inner(model).get(str(part), model)
    return model


def list_keys(model: type[Entry]) -> list[str]:
    """The keys of an entry, as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


@cache
def list_inner(model: type[Entry]) -> dict[str, type[Entry]]:
    """The keys of a model whose values are entries themselves, or hold some; with their models."""
    fields = ((field.alias or name, field) for name, field in model.model_fields.items())
    inner = ((key, _find_entry(field.annotation)) for key, field in fields)
    return {key: entry for key, entry in inner if entry}


def _find_entry(annotation: Any) -> type[Entry] | None:
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return annotation
    return next(filter(None, map(_find_entry, get_args(annotation))), None)


def _tell_key(document: Document, details: ErrorDetails, meant: dict[Path, Path]) -> str:
    """What is wrong with a key."""
    loc = details["loc"]
    if details["type"] == "value_error":
        return str(details["ctx"]["error"])
    key, known, homes = str(loc[-1]), _list_open(document, loc), _list_homes(loc)
    unknown = f"the key '{shorten(key)}' is not known here"
    if loc in meant and not nearest_word(key, known):
        return f"{unknown}, and '{meant[loc][-1]}' is missing"
    advice = f"it belongs in {' or '.join(homes)}" if homes else suggest_word(key, known)
    return f"{unknown}; {advice}"


def _list_open(document: Document, loc: Path) -> list[str]:
    """The keys that may stand where the last part of a `loc` does: those that do not yet."""
    entry, known = _path_in(document, loc[:-1]), list_keys(_find_model(loc))
    return [key for key in known if (*entry, key) not in document.marks] or known


def _list_homes(loc: Path) -> list[str]:
    """The keys of this entry in whose own entries the last part of a `loc` is known."""
    inner = list_inner(_find_model(loc)).items()
    return [f"'{name}'" for name, entry in inner if str(loc[-1]) in list_keys(entry)]


def _list_words(details: ErrorDetails) -> list[str]:
    """The words of the closed list, of a key's kind, that a value is not one of."""
    model: type[Entry] = Catalogue
    words: list[str] = []
    for part in map(str, details["loc"]):
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if part in fields:
            words = _find_words(fields[part].annotation)
            model = list_inner(model).get(part, model)
    return words


def _find_words(annotation: Any) -> list[str]:
    if isinstance(annotation, EnumMeta):
        members: dict[str, Any] = dict(annotation.__members__)
        return [str(member.value) for member in members.values()]
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [word for inner in get_args(annotation) for word in _find_words(inner)]


def _tell_value(details: ErrorDetails, path: Path) -> str:  # noqa: PLR0911 - a sentence a kind
    """What is wrong with a value, and what to write."""
    value, context = details["input"], details.get("ctx", {})
    key = next((part for part in reversed(path) if isinstance(part, str)), "the catalogue")
    match details["type"]:
        case "value_error":
            return str(context["error"])
        case "missing" if isinstance(details["loc"][-1], str):
            return f"the key '{details['loc'][-1]}' is missing"
        case "enum" | "literal_error" if advice := _find_word(details, key):
            return f"{key}: {_show(value)} is not known; {advice}"
        case "string_too_short":
            field = _find_model(details["loc"]).model_fields.get(key)
            otherwise = "" if field and field.is_required() else ", or leave it out"
            return f"{key}: write something between the quotes{otherwise}"
    if details["type"] == "string_type" and isinstance(value, (int, Decimal)):
        return f'{key}: this is text, so write it in quotes: "{_as_text(value)}"'
    if value and value == _find_number(value) and _wants_number(details):
        return f"{key}: this is a number, so write it without quotes: {value}"
    return f"{key}: write {_find_shape(details, key)}, not {_show(value)}"


def _find_word(details: ErrorDetails, key: str) -> str:
    """The word of a closed list that a value is meant to be, else all of them."""
    value, words = _as_text(details["input"]), _list_words(details)
    if not value or (key in _SHAPES and not nearest_word(value, words)):
        return ""
    return suggest_word(value, words)


def _wants_number(details: ErrorDetails) -> bool:
    is_figure = details.get("ctx", {}).get("class_name") == "Outturn"
    return is_figure or details["type"] in ("is_instance_of", "int_type")


def _find_shape(details: ErrorDetails, key: str) -> str:
    """What to write in the place of a value of the wrong kind, or out of bounds."""
    context, kind, value = details.get("ctx", {}), details["type"], details["input"]
    bounds = {"ge": "{} or more", "le": "{} or less", "gt": "more than {}"}
    for bound, words in bounds.items():
        if bound in context:
            return words.format(context[bound])
    if kind == "tuple_type" and _as_text(value):
        if key == "due_months" and type(value) is int:
            return f"a list, [{value}]"
        if key in ("linked", "footnotes", "benchmark_areas"):
            return f'a list, ["{_as_text(value)}"]'
    if kind == "enum":
        return f"one of {', '.join(_list_words(details))}"
    name = context.get("class_name")
    shape = _SHAPES.get(name if name in _SHAPES else key) or _SHAPES_BY_TYPE.get(kind, _OTHER)
    number = _find_number(value)
    is_good = number.isdigit() or (number and kind != "int_type")
    return shape.replace("#", number if is_good else "5")


def _find_number(value: object) -> str:
    """The number in a value, where there is exactly one: 58 in `58%`, 1200 in `1,200`."""
    text = re.sub("[£%,]", "", _as_text(value))
    found = re.findall(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", text)
    return found[0] if len(found) == 1 else ""


def _as_text(value: object) -> str:
    """A scalar as it was written; empty where it is none."""
    if isinstance(value, bool):
        return str(value).lower()
    return shorten(str(value)) if isinstance(value, (str, int, Decimal)) else ""


def _show(value: object) -> str:
    if isinstance(value, (dict, tuple)):
        return "a list" if isinstance(value, tuple) else "keys and values"
    return "nothing" if value is None else f"'{_as_text(value)}'"
