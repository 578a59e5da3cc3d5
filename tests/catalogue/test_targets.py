"""Where a band begins, in words."""

from __future__ import annotations

import pytest

from merton_kpi.catalogue.bands import Edge
from merton_kpi.core.units import Unit


@pytest.mark.parametrize(
    ("settings", "unit", "words"),
    [
        ({"percentage_points": 1}, Unit.PERCENT, "1 percentage point"),
        ({"units": 2}, Unit.WEEKS, "2 weeks"),
        ({"units": 0}, Unit.NUMBER, "0"),
        ({"percent_of_target": 5}, Unit.NUMBER, "5% of the target"),
        ({"from": 30}, Unit.NUMBER, ""),
    ],
)
def test_a_bands_distance_is_in_its_own_words(
    settings: dict[str, int], unit: Unit, words: str
) -> None:
    assert Edge.model_validate(settings).format_distance(unit) == words


def test_a_percentage_is_of_what_its_reader_says() -> None:
    edge = Edge.model_validate({"percent_of_target": 5})
    assert edge.format_distance(Unit.NUMBER, "what is due") == "5% of what is due"
