"""Figures that are written with a sign or a word for a size, in the indicator's unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from merton_kpi.core.issues import shorten
from merton_kpi.core.rounding import count_decimals, strip_zeros
from merton_kpi.core.units import Unit

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.extracts.observations import Observation, Written

_ZEROS: Final = {Unit.POUNDS: 0, Unit.THOUSAND_POUNDS: 3, Unit.MILLION_POUNDS: 6}
_DECIMALS_OF_COMMA = 3  # that a figure has if the comma of `1,234` is a decimal one
_DECIMALS_OF_PERCENT = 2
_POUND = "£"


@dataclass(frozen=True, kw_only=True, slots=True)
class Misfit:
    """Why a figure does not fit its indicator as it is written.

    `unquoted` says it without what the cell contains.
    """

    code: str
    message: str
    unquoted: str


def convert_amounts(each: Observation, unit: Unit) -> Observation:
    """A row in the indicator's unit: `£1.2m` is 1.2 for millions of pounds and 1200 for thousands.

    An amount without a word for a size is in the unit already. A percentage that a cell's format
    shows is a plain number from then on: the cell has all its digits.
    """
    forecast = each.forecast
    if forecast and forecast.written:
        figure = _convert_amount(forecast.figure, forecast.written, unit)
        each = replace(each, forecast=replace(forecast, figure=figure))
    if each.value is None or each.written is None:
        return each
    value = _convert_amount(each.value, each.written, unit)
    return replace(each, value=value, written=None if each.written.is_formatted else each.written)


def _convert_amount(figure: Decimal, written: Written, unit: Unit) -> Decimal:
    zeros = _ZEROS.get(unit, 0)
    return _convert_size(figure, zeros) if written.zeros and zeros else figure


def _convert_size(figure: Decimal, zeros: int) -> Decimal:
    """A figure divided by 1 with so many zeros, without zeros at its end."""
    return type(figure)(f"{strip_zeros(figure.scaleb(-zeros)):f}")


def count_decimals_shown(written: Written, unit: Unit) -> int:
    """To which place of the indicator's unit a figure is written: -2 for `£1.2m` in thousands."""
    return written.decimals + (_ZEROS.get(unit, 0) if written.zeros else 0)


def check_written(each: Observation, indicator: Indicator) -> Misfit | None:
    """Check whether a row's value and forecast have one meaning for the indicator."""
    forecast = each.forecast
    given = [("value", each.value, each.written)]
    given += [("forecast", forecast.figure, forecast.written)] if forecast else []
    for column, figure, written in given:
        if figure is not None and written is not None:
            found = _check_signs(figure, written, indicator)
            found = found or _check_meanings(figure, written, indicator)
            if found:
                message = f"{column}: '{shorten(written.text)}' {found.message}"
                return replace(found, message=message, unquoted=f"{column}: {found.unquoted}")
    return None


def _check_signs(figure: Decimal, written: Written, indicator: Indicator) -> Misfit | None:
    """Check a per cent sign, a pound sign and a word for a size against the indicator's unit."""
    unit, code = indicator.unit, "not_a_number"
    counted = f"but the indicator's unit is '{unit.word}'; write the figure"
    if written.is_formatted and unit != Unit.PERCENT:
        return _explain_formatted(figure, unit)
    if written.is_percent and unit != Unit.PERCENT:
        message = f"has a per cent sign, {counted} in that unit, without the sign"
        return Misfit(code=code, message=message, unquoted=f"the figure {message}")
    if written.is_pounds and _POUND not in (unit.prefix, unit.name[:1]):
        message = f"has a pound sign, {counted} in that unit, without the sign"
        return Misfit(code=code, message=message, unquoted=f"the figure {message}")
    if written.zeros and unit not in _ZEROS:
        message = f"has a letter or word for thousands or more, {counted} in full"
        is_certain = unit == Unit.NUMBER and not written.text.lower().endswith("m")
        example = f", like {figure:f}" if is_certain else ""
        return Misfit(code=code, message=f"{message}{example}", unquoted=f"the figure {message}")
    return None


def _explain_formatted(figure: Decimal, unit: Unit) -> Misfit:
    """A cell with 0.563 that its format shows as 56.3%, for an indicator that is no percentage."""
    stored = _convert_size(figure, _DECIMALS_OF_PERCENT)
    advice = f"but the indicator's unit is '{unit.word}'; choose the format 'General' in Excel"
    message = f"is the number {stored:f} in a cell that shows percentages, {advice}, and type"
    return Misfit(
        code="two_meanings",
        message=f"{message} {stored:f} or {figure:f}, whichever is meant",
        unquoted=f"the cell shows a percentage, {advice}, and type the figure again",
    )


def _check_meanings(figure: Decimal, written: Written, indicator: Indicator) -> Misfit | None:
    """Check for an amount of pounds or of thousands, and for a comma that may be a decimal one."""
    unit = indicator.unit
    if written.is_pounds and not written.zeros and _ZEROS.get(unit):
        meant = f"{_convert_size(figure, _ZEROS[unit]):f} or {figure:f}"
        message = f"can be an amount in pounds or in {unit.name}; write"
        unquoted = f"the figure {message} it without the pound sign"
        return Misfit(code="two_meanings", message=f"{message} {meant}", unquoted=unquoted)
    if written.is_comma_alone and _can_have_three_decimals(indicator):
        meant = f"{figure:f} or {_convert_size(figure, _DECIMALS_OF_COMMA):f}"
        message = "can have a comma between thousands or before decimals; write"
        unquoted = f"the figure {message} it without a comma"
        return Misfit(code="two_meanings", message=f"{message} {meant}", unquoted=unquoted)
    return None


def _can_have_three_decimals(indicator: Indicator) -> bool:
    """Whether a figure may be one with three decimals and not one above a thousand."""
    figures = (figure for target in indicator.targets for figure in target.figures)
    decimals = max(map(count_decimals, figures), default=0)
    is_small = indicator.unit in (Unit.PERCENT, Unit.RATIO)
    return is_small or max(indicator.decimals or 0, decimals) >= _DECIMALS_OF_COMMA
