"""What is wrong with a value of the catalogue, and what to write in its place."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.catalogue.reading.advice.model_keys import choose_model, list_fields, list_words
from merton_kpi.catalogue.reading.advice.numbers import is_hidden_number, read_written_number
from merton_kpi.catalogue.units import UNKNOWN_UNIT
from merton_kpi.core.issues import nearest_word, shorten, suggest_word
from merton_kpi.core.periods import MONTH_NAMES
from merton_kpi.core.statuses import match_status

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from merton_kpi.catalogue.reading.yaml_reader import Path
    from merton_kpi.core.units import Unit

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
    "decimals": "a whole number, like 1",
    "below": "a whole number, like 6",
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
    "SourceLayout": "keys and values, like {files: '*-housing*.xlsx', columns: {value: Actual}}",
    "OwnHeadings": "headings by columns, like {indicator: KPI ref, value: Actual}",
    "owners": "a list, like [{name: Head of Waste, address: waste@example.gov.uk}]",
    "Owner": "keys and values, like {name: Head of Waste}",
    "PageColours": "keys such as band and link, each with a colour",
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
_BETWEEN_ITEMS = re.compile(r"[,;]|\band\b")
_SIDE = re.compile(
    r"(?:(at least|>=|\u2265|minimum|min\.?)|(at most|<=|\u2264|up to|maximum|max\.?)) ?([^ ].*)",
    re.IGNORECASE,
)


def explain_value(details: ErrorDetails, path: Path, unit: Unit | None = None) -> str:
    """What is wrong with a value, and what to write; `unit` is that of the indicator around it."""
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
    return f"{key}: {_suggest_value(details, key, unit)}"


def _suggest_listed_word(details: ErrorDetails, key: str) -> str:
    """The word of the closed list that a value is most like, else the list.

    Empty where the key also takes values of another form, and the value is like no word.
    """
    value, words = _format_scalar(details["input"]), list_words(details["loc"])
    if not value or (key in _SHAPES and not nearest_word(value, words)):
        return ""
    return suggest_word(value, words)


def _suggest_value(details: ErrorDetails, key: str, unit: Unit | None) -> str:
    """What to write in place of a value of the wrong kind, or out of bounds."""
    value, kind = details["input"], details["type"]
    if kind == "string_type" and isinstance(value, (int, Decimal)):
        return f'this is text, so write it in quotes: "{_format_scalar(value)}"'
    is_figure = details.get("ctx", {}).get("class_name") == "Outturn"
    is_number_expected = is_figure or kind in ("is_instance_of", "int_type")
    number = _read_number(value, unit)
    if is_number_expected and number and value == number:
        return f"this is a number, so write it without quotes: {value}"
    shape = _choose_shape(details, key, number)
    if is_figure:
        none = "" if number else ", or {status: not_available} if there is none"
        shape = _suggest_status(value) or f"{shape}{none}"
    if value is None:
        return f"this is empty; write {shape}"
    return f"write {shape}, not {_format_value(value)}"


def _suggest_status(value: object) -> str:
    """How to say why a past year has no figure, where a text says so; else empty."""
    text = value if isinstance(value, str) else ""
    if status := match_status(text) if text else None:
        return f"{{status: {status.value}}}"
    return "{status: suppressed} if the number must not be shown" if is_hidden_number(text) else ""


def _choose_shape(details: ErrorDetails, key: str, number: str) -> str:
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
    if key == "target" and not number:
        return _suggest_side(value) or "a target, like {at_least: 90}, or one of its words: " + (
            ", ".join(list_words(details["loc"]))
        )
    is_usable = number.isdigit() or (number and kind != "int_type")
    if is_usable:
        return shape.replace("a plain number, like #", number).replace("#", number)
    return shape.replace("#", "90" if "plain number" in shape else "5")


def _suggest_side(value: object) -> str:
    """A target in words as it is written: `{at_least: 95}` for `at least 95%`; else empty."""
    found = _SIDE.fullmatch(value) if isinstance(value, str) else None
    number = read_written_number(found[3]) if found else None
    if found is None or number is None:
        return ""
    return f"{{{'at_least' if found[1] else 'at_most'}: {number.plain}}}"


def _format_list(value: object, key: str) -> str:
    """A value that must be a list, as a list of itself; empty where the key's items differ."""
    text = _format_scalar(value)
    if key == "due_months" and type(value) is int:
        return f"a list, [{text}]"
    if key == "due_months" and text.title() in MONTH_NAMES:
        return f"a list of calendar months, [{MONTH_NAMES.index(text.title()) + 1}]"
    if key in ("linked", "footnotes", "benchmark_areas") and text:
        items = filter(None, map(str.strip, _BETWEEN_ITEMS.split(text)))
        quoted = ", ".join(f'"{each}"' for each in items)
        return f"a list, [{quoted}]"
    return ""


def _read_number(value: object, unit: Unit | None) -> str:
    """The number that a value is, as it is written plainly: 58 for `58%`; empty for none."""
    is_scalar = isinstance(value, (str, int, Decimal)) and not isinstance(value, bool)
    number = read_written_number(str(value)) if is_scalar else None
    return number.format_in(unit) if number else ""


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
