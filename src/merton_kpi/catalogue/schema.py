"""The catalogue's JSON Schema, with which an editor completes, explains and checks indicators.yaml.

Keys, types and descriptions come from the models. The models' validators are Python, so `_RULES`
repeats what a schema can express of them. It is draft-07, the newest that every YAML editor reads.
"""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from merton_kpi.catalogue import entries, models, targets
from merton_kpi.catalogue.models import Catalogue
from merton_kpi.core.periods import FinancialYear, Month
from merton_kpi.core.text import LONGEST
from merton_kpi.core.vocabulary import Frequency, Past, Profile, Status, Unit

if TYPE_CHECKING:
    from enum import Enum

    from pydantic_core import core_schema

Piece = dict[str, Any]

_MONTH = "[0-9]{4}-(0[1-9]|1[0-2])"
_DAY = f"{_MONTH}-(0[1-9]|[12][0-9]|3[01])"
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]"
_YEAR_ENDS = "|".join(f"{year:02}/{(year + 1) % 100:02}" for year in range(100))


def format_schema() -> str:
    """The schema as JSON, its keys in the models' order, with a newline at the end."""
    return json.dumps(compose_schema(), ensure_ascii=False, indent=2) + "\n"


def compose_schema() -> Piece:
    """Compose the schema as plain values, with the models as its `definitions`."""
    schema = Catalogue.model_json_schema(
        ref_template="#/definitions/{model}", schema_generator=_Generator
    )
    pieces: dict[str, Piece] = {**schema.pop("$defs"), "Catalogue": schema}
    pieces = {name: _compose_model(name, piece) for name, piece in pieces.items()}
    catalogue = pieces.pop("Catalogue")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "indicators.yaml",
        **catalogue,
        "definitions": pieces,
    }


def _compose_model(name: str, piece: Piece) -> Piece:
    """A model's schema with its rules, and with a description wherever an editor shows one."""
    piece = {key: value for key, value in piece.items() if key != "title"}
    piece["description"] = inspect.cleandoc(piece["description"]).split("\n\n")[0]
    if "properties" in piece:
        piece["properties"] = {
            key: _add_descriptions(field, field["description"])
            for key, field in piece["properties"].items()
        }
    if name in _RULES:
        piece["allOf"] = _RULES[name]
    if name == "Outturn":
        piece["type"] = ["number", "object"]  # a bare number is its value
    return piece


def _add_descriptions(field: Piece, description: str) -> Piece:
    """A key's schema whose variants have its description: an editor shows the variant that fits."""
    described = {
        union: [
            _add_descriptions(
                variant | {"description": description} if "$ref" in variant else variant,
                description,
            )
            for variant in field[union]
        ]
        for union in ("anyOf", "oneOf")
        if union in field
    }
    return field | described


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, for YAML as it is read here: figures are numbers, days are text."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False  # a key's name is its title

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> Piece:
        return {"type": "number"}

    def str_schema(self, schema: core_schema.StringSchema) -> Piece:
        return super().str_schema(schema) | {"maxLength": LONGEST}

    def date_schema(self, schema: core_schema.DateSchema) -> Piece:
        return _compose_text(_DAY, "2021-01-13")

    def datetime_schema(self, schema: core_schema.DatetimeSchema) -> Piece:
        return _compose_text(f"{_DAY}T{_TIME}", "2021-01-05T12:00")

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> Piece:
        period = schema["cls"]
        return _compose_text(*_PERIODS[period]) | {"description": period.__doc__}

    def enum_schema(self, schema: core_schema.EnumSchema) -> Piece:
        meanings = [member.meaning for member in schema["members"]]
        return super().enum_schema(schema) | {"enumDescriptions": meanings}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Piece:
        piece = super().nullable_schema(schema)
        inner, *_ = piece["anyOf"]
        return piece if "type" not in inner else inner | {"type": [inner["type"], "null"]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Piece:
        piece = super().default_schema(schema)
        if piece.get("default") in (None, [], {}):
            piece.pop("default", None)  # an editor would write it into the catalogue
        return piece

    def tuple_schema(self, schema: core_schema.TupleSchema) -> Piece:
        piece = super().tuple_schema(schema)
        if "prefixItems" in piece:  # as draft-07 has it
            piece["items"] = piece.pop("prefixItems")
        return piece


def _compose_text(pattern: str, example: str) -> Piece:
    """A text of this form; an editor shows the message where it has another."""
    message = f"write it like {example}"
    return {"type": "string", "pattern": f"^({pattern})$", "patternErrorMessage": message}


_PERIODS = {
    FinancialYear: (f"[0-9]{{2}}({_YEAR_ENDS})", "2020/21"),
    Month: (_MONTH, "2020-11"),
}


def _given(key: str, *words: Enum) -> Piece:
    """The key has a value that is not null, or one of these words."""
    value: Piece = {"enum": [word.value for word in words]} if words else {"not": {"type": "null"}}
    return {"required": [key], "properties": {key: value}}


def _any(*pieces: Piece) -> Piece:
    return {"anyOf": list(pieces)}


def _not(piece: Piece) -> Piece:
    return {"not": piece}


def _same(one: Piece, other: Piece) -> Piece:
    """Both hold, or neither does."""
    return {"if": one, "then": other, "else": _not(other)}


def _some_target(piece: Piece) -> Piece:
    """The indicator's target matches this piece, or one in its list of targets does."""
    of_list = {"type": "array", "contains": {"type": "object"} | piece}
    return {"properties": {"target": _any({"type": "object"} | piece, of_list)}}


def _must(piece: Piece, message: str) -> Piece:
    """An entry must match this piece; an editor shows the message where it does not."""
    return {"if": piece, "else": {"type": "null", "errorMessage": message}}


def _where(condition: Piece, *rules: Piece) -> Piece:
    """These rules hold for an entry that matches the condition."""
    return {"if": condition, "then": {"allOf": list(rules)}}


_WAYS = (("at_least", "above"), ("at_most", "below"), ("between", "no_worse_than"))
_IS_FIGURE = _any(*map(_given, targets.FORMS[:4]))
_WITHOUT_FIGURE = [status for status in Status if not status.qualifies_a_figure]
_IS_PAST = _some_target(_given("no_worse_than"))
_TARGET_LIST: Piece = {  # for a list of targets; any other target has no items
    "minItems": 2,
    "items": [_not(_given("from"))],
    "additionalItems": _given("from"),
    **_must(
        _any(*({"items": _any(*map(_given, forms))} for forms in _WAYS)),
        targets.ONE_WAY,
    ),
}
_IS_CLOSED = _any(_given("removed"), _given("replaced_by"))
_RULES: dict[str, list[Piece]] = {
    "Catalogue": [{"properties": {"sections": {"minItems": 1}}}],
    "Section": [{"properties": {"indicators": {"minItems": 1}}}],
    "Outturn": [
        _where(
            {"type": "object"},
            _must(
                _same(_not(_given("value")), _given("status", *_WITHOUT_FIGURE)),
                entries.VALUE_OR_STATUS,
            ),
        )
    ],
    "Indicator": [
        {"properties": {"due_months": {"minItems": 1}}},
        {
            "properties": {
                key: {"uniqueItems": True} for key in ("due_months", "linked", "footnotes")
            }
        },
        _must(
            _not({"allOf": [_given("removed"), _given("replaced_by")]}),
            models.NOT_BOTH,
        ),
        _where(
            _not(_IS_CLOSED),
            _must(_given("frequency"), models.FREQUENCY_MISSING),
            _where(
                _given("frequency", Frequency.ANNUAL),
                _must(_given("due_months"), models.MONTHS_MISSING),
            ),
            _where(
                _given("rate_of"),
                _must(_given("unit", Unit.RATE_PER_10000), models.NO_RATE),
            ),
            _where(
                _IS_PAST,
                _must(_given("polarity"), models.POLARITY_MISSING),
            ),
            _must(
                _not({"allOf": [_some_target(_not(_given("no_worse_than"))), _given("polarity")]}),
                models.POLARITY_GIVEN_TWICE,
            ),
            _must(
                {
                    "if": _given("accumulates"),
                    "then": _not(_some_target({"allOf": [_IS_FIGURE, _not(_given("profile"))]})),
                    "else": _not(_some_target(_given("profile"))),
                },
                models.PROFILE_UNPAIRED,
            ),
            _must(
                _not({"allOf": [_given("accumulates"), _some_target(_given("between"))]}),
                models.NO_RANGE,
            ),
        ),
        {"properties": {"target": _TARGET_LIST}},
    ],
    "Target": [
        _must(
            {"oneOf": [_given(form) for form in targets.FORMS]},
            targets.NOT_ONE_FORM,
        ),
        _where(
            _given("profile"),
            _must(_IS_FIGURE, targets.NO_PROFILE),
        ),
        _must(
            _same(
                _given("profile", Profile.MILESTONES),
                {"required": ["milestones"], "properties": {"milestones": {"minProperties": 1}}},
            ),
            targets.MILESTONES_UNPAIRED,
        ),
        _must(
            _same(_given("no_worse_than", Past.BEST, Past.WORST), _given("years")),
            targets.YEARS_UNPAIRED,
        ),
    ],
    "Edge": [
        _must(
            {"oneOf": [_given(form) for form in (*targets.TOLERANCES, "from")]},
            targets.NOT_ONE_EDGE,
        ),
        {"properties": {form: {"minimum": 0} for form in targets.TOLERANCES}},
    ],
}
