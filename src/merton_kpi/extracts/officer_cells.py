"""The cells in which an officer gives a rating or a forecast, with the job title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.issues import shorten, suggest_word
from merton_kpi.core.ratings import Rating
from merton_kpi.extracts.faults import Fault, Faults, check_cell
from merton_kpi.extracts.observations import Judgement, StatedForecast
from merton_kpi.extracts.values import read_figure

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_judgement(cells: Mapping[str, str]) -> tuple[Judgement | None, Faults]:
    """An officer's rating in place of the figures' own, with its reason and the job title."""
    word, reason, by = cells["judgement"], cells["judgement_reason"], cells["judgement_by"]
    if not (word or reason or by):
        return None, ()
    rating, faults = Rating.read(word), []
    if rating is None or not rating.is_brag:
        words = [each.label.lower() for each in Rating if each.is_brag]
        message = f"judgement: '{shorten(word)}' is not a rating; {suggest_word(word, words)}"
        faults.append((message, f"judgement: this is not a rating; {suggest_word('', words)}"))
    if not reason:
        faults.append(("a judgement needs a reason, in the column 'judgement_reason'", ""))
    if not by:
        message = "a judgement needs the officer's job title, in the column 'judgement_by'"
        faults.append((message, ""))
    if rating is None or faults:
        return None, tuple(
            Fault("judgement", message, unquoted=unquoted) for message, unquoted in faults
        )
    return Judgement(rating=rating, reason=reason, by=by), ()


def read_forecast(cells: Mapping[str, str]) -> tuple[StatedForecast | None, Faults]:
    """The figure that an officer expects at the year's end, with the job title."""
    by = cells["forecast_by"]
    figure, written, fault = read_figure(cells["forecast"])
    if fault:
        return None, check_cell("forecast", fault)
    if figure is None and by:
        message = "a forecast needs its figure, in the column 'forecast'"
        return None, (Fault("forecast", message),)
    if figure is not None and not by:
        message = "a forecast needs the officer's job title, in the column 'forecast_by'"
        return None, (Fault("forecast", message),)
    if figure is None:
        return None, ()
    return StatedForecast(figure=figure, by=by, written=written), ()
