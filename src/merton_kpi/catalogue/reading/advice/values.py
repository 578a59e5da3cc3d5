"""What is wrong with a value of the catalogue, and what to write in its place."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.catalogue.reading.advice.model_keys import choose_model, list_fields, list_words
from merton_kpi.catalogue.units import UNKNOWN_UNIT
from merton_kpi.core.issues import nearest_word, shorten, suggest_word

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from merton_kpi.catalogue.reading.yaml_reader import Path

# How a value is written: by its key, also with the catalogue's key before it, or by the name of the
# model or class that is expected. The number in the bad value, or 5 where it has none, replaces
# each #.
_EDGE = "{percentage_points: #}, {units: #} or {percent_of_target: #}, or none"
_SHAPES = {
    "unit": "a word, like percent, or {label: tonnes}",
    "sections": "a list, each item with its 'title' and 'indicators'",
    "indicators": 'a list: begin each indicator with a dash, like - number: "1"',
    "meetings": "a list, like [{date: 2021-01-13, data_to: 2020-11}]",
    "due_months": "a list of calendar months, like [3]",
    "linked": 'a list of numbers in quotes, like ["2", "3"]',
    "sum_of": 'a list of two or more numbers in quotes, like ["2", "3"]',
    "breaks": "a list, like [{from: 2020-09, reason: Two more teams are counted}]",
    "target": "{at_least: #} or {at_most: #}, or not_a_target_measure, new or judged",
    "between": "two numbers, like [12, 20]",
    "milestones": "figures by month, like {2020-06: 40, 2021-03: 120}",
    "amber": _EDGE,
    "green": _EDGE,
    "blue": _EDGE,
    "rating_words": "keys and values, like {red: Off target}",
    "rating_words.blue": "text, or {label: For information, means: information}",
    "means": "information",
    "rating": "blue, green, amber or red",
    "rating_words.green": "text, like On target",
    "rating_words.amber": "text, like Near target",
    "outturns": "figures by year, like {2019/20: 53}",
    "earlier_months": "figures by month, like {2019-11: 44.9}",
    "benchmark_areas": "a list of at most six areas, like [England, London]",
    "benchmarks": "figures by area, like {England: 58, London: 54.6}",
    "Catalogue": "keys and values, like authority: Anyborough Council",
    "Section": "keys and values, like title: Assessments",
    "Indicator": 'keys and values, like number: "1"',
    "Meeting": "keys and values, like {date: 2021-01-13, data_to: 2020-11}",
    "Deadline": 'keys and values, like {working_days_before: #, at: "12:00"}',
    "Break": "keys and values, like {from: 2020-09, reason: Two more teams are counted}",
    "Bands": "keys and values, like {amber: {percentage_points: #}}",
    "BandsByUnit": "keys and values, like {percent: {amber: {percentage_points: #}}}",
    "Edge": _EDGE,
    "Outturn": "a plain number, like #, or {value: #} with its source and period",
    "RateOf": 'the number of the indicator with the count, like {count: "#"}',
    "PercentageOf": 'the numbers of the indicators, like {count: "#", of: "3"}',
    "Suppression": "keys and values, like {below: 6}",
    "ReportSections": "keys and texts, like {legal: The council must report it}",
    "FinancialYear": "a financial year, like 2020/21",
    "Month": "a month, like 2020-11",
}
# The same, by the type of pydantic's error.
_SHAPES_BY_TYPE = {
    "date_type": "a date, like 2021-01-13",
    "datetime_type": "a date and time, like 2021-01-05T12:00",
    "time_type": 'a time, in quotes, like "19:15"',
    "bool_type": "true or false, without quotes",
    "string_type": "text",
    "tuple_type": "a list, like [one, another]",
    "union_tag_invalid": _EDGE,
    "literal_error": _EDGE,
    "dict_type": "keys and values, like one_asterisk: The footnote's words",
    "is_instance_of": "a plain number, like #",
    "int_type": "a whole number, like #",
}
_OTHER_SHAPE = "another kind of value"
_BOUNDS = {"ge": "{} or more", "le": "{} or less", "gt": "more than {}"}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def explain_value(details: ErrorDetails, path: Path) -> str:
    """What is wrong with a value, and what to write."""
    loc, context = details["loc"], details.get("ctx", {})
    key = next((part for part in reversed(path) if isinstance(part, str)), "the catalogue")
    match details["type"]:
        case "value_error":
            return str(context["error"])
        case kind if kind == UNKNOWN_UNIT:
            return f"{key}: {_format_value(details['input'])} is not known; {context['advice']}"
        case "missing" if isinstance(loc[-1], str):
            return f"the key '{loc[-1]}' is missing"
        case "enum" | "literal_error" if advice := _suggest_listed_word(details, key):
            return f"{key}: {_format_value(details['input'])} is not known; {advice}"
        case "string_too_short":
            field = list_fields(choose_model(loc)).get(key)
            otherwise = "" if field and field.is_required() else ", or leave the key out"
            return f"{key}: this is empty; write text between the quotes{otherwise}"
    return f"{key}: {_suggest_value(details, key)}"


def _suggest_listed_word(details: ErrorDetails, key: str) -> str:
    """The word of the closed list that a value is most like, else the list.

    Empty where the key also takes values of another form, and the value is like no word.
    """
    value, words = _format_scalar(details["input"]), list_words(details["loc"])
    if not value or (key in _SHAPES and not nearest_word(value, words)):
        return ""
    return suggest_word(value, words)


def _suggest_value(details: ErrorDetails, key: str) -> str:
    """What to write in place of a value of the wrong kind, or out of bounds."""
    value, kind = details["input"], details["type"]
    if kind == "string_type" and isinstance(value, (int, Decimal)):
        return f'this is text, so write it in quotes: "{_format_scalar(value)}"'
    is_figure = details.get("ctx", {}).get("class_name") == "Outturn"
    is_number_expected = is_figure or kind in ("is_instance_of", "int_type")
    if is_number_expected and value and value == _number_in(value):
        return f"this is a number, so write it without quotes: {value}"
    shape = _choose_shape(details, key)
    if value is None:
        return f"this is empty; write {shape}"
    return f"write {shape}, not {_format_value(value)}"


def _choose_shape(details: ErrorDetails, key: str) -> str:
    """How a value is written, with the number or the words of the bad value where they fit."""
    context, kind, value = details.get("ctx", {}), details["type"], details["input"]
    for bound, words in _BOUNDS.items():
        if bound in context:
            return words.format(context[bound])
    if kind == "tuple_type" and (example := _format_list(value, key)):
        return example
    if kind == "enum":
        return f"one of {', '.join(list_words(details['loc']))}"
    names = (context.get("class_name"), f"{next(iter(details['loc']), '')}.{key}", key)
    shape = next((_SHAPES[name] for name in names if name in _SHAPES), "")
    shape = shape or _SHAPES_BY_TYPE.get(kind, _OTHER_SHAPE)
    number = _number_in(value)
    is_usable = number.isdigit() or (number and kind != "int_type")
    return shape.replace("#", number if is_usable else "5")


def _format_list(value: object, key: str) -> str:
    """A value that must be a list, as a list of itself; empty where the key's items differ."""
    text = _format_scalar(value)
    if key == "due_months" and type(value) is int:
        return f"a list, [{text}]"
    if key in ("linked", "footnotes", "benchmark_areas") and text:
        return f'a list, ["{text}"]'
    return ""


def _number_in(value: object) -> str:
    """The one number in a value: 58 in `58%`, 1200 in `1,200`; empty for none and for several."""
    found = _NUMBER.findall(re.sub("[£%,]", "", _format_scalar(value)))
    return found[0] if len(found) == 1 else ""


def _format_scalar(value: object) -> str:
    """A scalar as it was written; empty for a list, for keys and for nothing."""
    if isinstance(value, bool):
        return str(value).lower()
    return shorten(str(value)) if isinstance(value, (str, int, Decimal)) else ""


def _format_value(value: object) -> str:
    """A value as a sentence names it."""
    if isinstance(value, tuple):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, dict):
        return "keys and values"
    return f"'{_format_scalar(value)}'"
