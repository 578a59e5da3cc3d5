"""The catalogue's JSON Schema, with which an editor completes, explains and checks indicators.yaml.

Keys, types and descriptions come from the models. Their validators are Python, so `rules`
repeats what a schema can express of them. It is draft-07, the newest that every YAML editor reads.
"""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from merton_kpi.catalogue.models import Catalogue
from merton_kpi.catalogue.schema.rules import RULES
from merton_kpi.core.periods import FinancialYear, Month
from merton_kpi.core.text import LONGEST

if TYPE_CHECKING:
    from pydantic_core import core_schema

Piece = dict[str, Any]

_MONTH = "[0-9]{4}-(0[1-9]|1[0-2])"
_DAY = f"{_MONTH}-(0[1-9]|[12][0-9]|3[01])"
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]"
_YEAR_ENDS = "|".join(f"{year:02}/{(year + 1) % 100:02}" for year in range(100))

# The models that a value alone stands for, with its type: `2019/20: 53` is an outturn's value.
_SHORT_FORMS = {"Outturn": "number", "Removal": "string", "Replacement": "string"}


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
    if name in RULES:
        piece["allOf"] = RULES[name]
    if name in _SHORT_FORMS:
        piece["type"] = [_SHORT_FORMS[name], "object"]
    if name == "Indicator":
        piece["required"].remove("unit")  # the rules require it unless an officer judges
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

    def time_schema(self, schema: core_schema.TimeSchema) -> Piece:
        return _compose_text(_TIME, "19:15")

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> Piece:
        period = schema["cls"]
        return _compose_text(*_PERIODS[period]) | {"description": period.__doc__}

    def enum_schema(self, schema: core_schema.EnumSchema) -> Piece:
        meanings = [member.meaning for member in schema["members"]]
        return super().enum_schema(schema) | {"enumDescriptions": meanings}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> Piece:
        piece = super().tagged_union_schema(schema)
        piece["anyOf"] = piece.pop("oneOf")  # an area's name may be a word too
        return piece

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Piece:
        piece = super().nullable_schema(schema)
        inner, *others = piece["anyOf"]
        is_one_type = len(others) == 1 and "type" in inner
        return piece if not is_one_type else inner | {"type": [inner["type"], "null"]}

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
