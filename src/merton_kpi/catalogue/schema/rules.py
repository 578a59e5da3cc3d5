"""What the JSON Schema repeats of the models' own checks, by the model's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from merton_kpi.catalogue import bands, entries, indicator, targets
from merton_kpi.catalogue.relations import own_keys
from merton_kpi.core.findings import ANSWERABLE
from merton_kpi.core.statuses import Status
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Edition, FigureKind, Frequency, Past, Profile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import Enum

Piece = dict[str, Any]


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


def _has_word(word: str) -> Piece:
    """The list has this word."""
    return {"contains": {"const": word}}


def _has_unit(units: Iterable[Unit]) -> Piece:
    """The unit is one of these named ones."""
    return {"properties": {"unit": {"enum": [unit.word for unit in units]}}}


_HAS_OWN_UNIT: Piece = {"properties": {"unit": {"type": "object"}}}
_UP, _DOWN = (_any(*map(_given, forms)) for forms in (("at_least", "above"), ("at_most", "below")))
_IS_FIGURE = _any(*map(_given, targets.FORMS[:4]))
_IS_ONE_FIGURE, _HAS_STEPS = (
    _any(*({"required": [key], "properties": {key: {"type": kind}}} for key in targets.FORMS[:4]))
    for kind in ("number", "object")
)
_HAS_NO_PROFILE: Piece = {"allOf": [_IS_ONE_FIGURE, _not(_given("profile"))]}
_WITHOUT_FIGURE = [status for status in Status if not status.qualifies_a_figure]
_NEEDS_POLARITY: Piece = {
    "allOf": [_some_target(_given("no_worse_than")), _not(_some_target(_IS_FIGURE))]
}
_TARGET_LIST: Piece = {  # for a list of targets; any other target has no items
    "minItems": 2,
    "items": [{}],
    "additionalItems": _given("from"),
    **_must(
        _not({"allOf": [{"type": "array", "contains": way} for way in (_UP, _DOWN)]}),
        targets.ONE_WAY,
    ),
}
_WITHOUT_MONTH = {"type": "object", "not": {"required": ["from"]}}
_IS_CLOSED = _any(
    *(
        {"required": [key], "properties": {key: _any({"type": "string"}, _WITHOUT_MONTH)}}
        for key in ("removed", "replaced_by")
    )
)
_NO_STEPS_IN_LIST = _must(_not({"type": "array", "contains": _HAS_STEPS}), targets.NO_STEPS_IN_LIST)
_IS_WITHDRAWN = _given("withdrawn")
_FIRST_WITHDRAWN: Piece = {
    "properties": {
        "target": _any(
            {"type": "object"} | _IS_WITHDRAWN, {"type": "array", "items": [_IS_WITHDRAWN]}
        )
    }
}
_BETTER_THAN: Piece = {"type": "object"} | _given("better_than")
_HAS_BETTER_THAN = _any(
    _BETTER_THAN,
    *(
        {"type": "object", "required": [side], "properties": {side: _BETTER_THAN}}
        for side in ("below", "above")
    ),
)
_CODES = [each.value for each in ANSWERABLE]
_IS_JUDGED = {"required": ["target"], "properties": {"target": {"const": "judged"}}}
RULES: dict[str, list[Piece]] = {
    "Catalogue": [
        {"properties": {"sections": {"minItems": 1}}},
        {"properties": {"papers": {"minItems": 1, "uniqueItems": True}}},
        {"properties": {"owners": {"minItems": 1}}},
        *(
            {"properties": {"papers": _where(_has_word(each.value), _has_word(each.needs))}}
            for each in Edition
            if each.needs
        ),
    ],
    "Section": [{"properties": {"indicators": {"minItems": 1}}}],
    "Owner": [
        {
            "properties": {
                "address": _must({"pattern": f"^{entries.ADDRESS}$"}, entries.NO_ADDRESS),
            }
        }
    ],
    "Outturn": [
        _where(
            {"type": "object"},
            _must(
                {
                    "oneOf": [
                        _given("value"),
                        _given("rating"),
                        _given("status", *_WITHOUT_FIGURE),
                    ]
                },
                entries.VALUE_OR_STATUS,
            ),
        )
    ],
    "Removal": [{"minLength": 1}],
    "Replacement": [{"minLength": 1}],
    "Indicator": [
        {"properties": {"due_months": {"minItems": 1}}},
        {"properties": {"confirmed": {"propertyNames": {"enum": _CODES}}}},
        {
            "properties": {
                key: {"uniqueItems": True}
                for key in ("due_months", "linked", "sum_of", "footnotes")
            }
        },
        _must(
            _not({"allOf": [_given("removed"), _given("replaced_by")]}),
            indicator.NOT_BOTH,
        ),
        _where(
            _given("suppress"),
            _must(
                {"properties": {"suppress_small_numbers": {"const": False}}},
                indicator.SUPPRESSED_TWICE,
            ),
        ),
        {
            "if": _IS_JUDGED,
            "then": {
                "allOf": [
                    _must(_not({"required": [key]}), f"leave out '{key}': {indicator.JUDGED}")
                    for key in indicator.KEYS_OF_FIGURES
                ]
            },
            "else": _must(_given("unit"), indicator.UNIT_MISSING),
        },
        _where(
            _not(_IS_CLOSED),
            _must(_given("frequency"), indicator.FREQUENCY_MISSING),
            _where(
                _given("frequency", Frequency.ANNUAL),
                _must(_given("due_months"), indicator.MONTHS_MISSING),
            ),
            _where(
                _given("frequency", *(each for each in Frequency if each.interval)),
                _must(_given("first_due"), indicator.FIRST_MONTH_MISSING),
                _must(_not(_given("due_months")), indicator.MONTHS_UNUSED),
            ),
            _where(
                _given("rate_of"),
                _must(_has_unit(own_keys.RATES), own_keys.NO_RATE),
            ),
            *(
                _where(
                    _given(key),
                    _must(
                        _any(_has_unit([Unit.NUMBER]), _HAS_OWN_UNIT),
                        own_keys.explain_no_count(key),
                    ),
                )
                for key in own_keys.OF_COUNTS
            ),
            _where(
                _given("percentage_of"),
                _must(
                    _any(_has_unit(own_keys.QUOTIENTS), _HAS_OWN_UNIT),
                    own_keys.NO_QUOTIENT,
                ),
                *(
                    _must(_not(_given(key)), own_keys.explain_both(key))
                    for key in own_keys.NOT_WITH_PERCENTAGE
                ),
            ),
            _where(
                _given("running_total_of"),
                _must(_given("accumulates"), own_keys.NOT_ADDED_UP),
                _must(_not(_given("figures", FigureKind.OF_PERIOD)), own_keys.OF_PERIODS),
            ),
            _where(
                _given("sum_of"),
                _must(_not(_given("figures", FigureKind.TO_DATE)), own_keys.SUM_TO_DATE),
            ),
            _where(
                _given("figures", FigureKind.RUNNING_TOTAL),
                _must(_given("accumulates"), indicator.TOTAL_UNPAIRED),
            ),
            _where(
                _given("figures", FigureKind.TO_DATE),
                _must(_not(_given("accumulates")), indicator.TO_DATE_ADDS_UP),
            ),
            _where(
                _NEEDS_POLARITY,
                _must(_given("polarity"), indicator.POLARITY_MISSING),
            ),
            _where(
                {"allOf": [_some_target({}), _not(_NEEDS_POLARITY)]},
                _must(_not(_given("polarity")), indicator.POLARITY_GIVEN_TWICE),
            ),
            _must(_not(_FIRST_WITHDRAWN), targets.FIRST_WITHDRAWN),
            _must(
                {
                    "if": _given("accumulates"),
                    "then": _not(_some_target(_HAS_NO_PROFILE)),
                    "else": _not(_some_target(_given("profile"))),
                },
                indicator.PROFILE_UNPAIRED,
            ),
            _must(
                _not({"allOf": [_given("accumulates"), _some_target(_given("between"))]}),
                indicator.NO_RANGE,
            ),
            _must(
                _not({"allOf": [_given("accumulates"), _some_target(_HAS_STEPS)]}),
                indicator.NO_STEPS,
            ),
        ),
        {"properties": {"target": {"allOf": [_TARGET_LIST, _NO_STEPS_IN_LIST]}}},
    ],
    "Target": [
        _must(
            {"oneOf": [_given(form) for form in targets.FORMS]},
            targets.NOT_ONE_FORM,
        ),
        _where(
            _given("profile"),
            _must(_IS_ONE_FIGURE, targets.NO_PROFILE),
        ),
        _where(_given("withdrawn"), _not(_given("bands"))),
        {"properties": {form: {"minProperties": 1} for form in targets.FORMS[:4]}},
        _where(_HAS_STEPS, _must(_not(_given("from")), targets.NO_FROM)),
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
        _where(
            _not(_any({"required": ["below"]}, {"required": ["above"]})),
            _must({"oneOf": [_given(form) for form in bands.EDGES]}, bands.NOT_ONE_EDGE),
        ),
        {"properties": {form: {"minimum": 0} for form in bands.TOLERANCES}},
    ],
    "Bands": [
        _must(
            _not(
                _any(
                    *(
                        {"required": [band], "properties": {band: _HAS_BETTER_THAN}}
                        for band in ("green", "blue")
                    )
                )
            ),
            bands.ONLY_AMBER,
        )
    ],
}
