"""Whatever a catalogue's layout and figures, a migration adds lines and nothing else, once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.rounding import count_decimals
from merton_kpi.extracts.observations import Observation
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.loading.inputs import Inputs
from merton_kpi.migration.plan import plan_migration
from merton_kpi.migration.rewrite import rewrite_decimals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.catalogue.models import Catalogue

APRIL = Month(2020, 4)
ADDED = "        decimals: 0\n"
FIGURES = st.decimals(min_value=1, max_value=99, places=2).map(str) | st.integers(1, 99).map(str)
COMMENTS = st.sampled_from(["", "  # of all", "  # decimals: 0"])


def compose_entry(number: int, comment: str) -> str:
    return f"""\
      # the {number}.
      - number: "{number}"{comment}
        title: One
        unit: percent{comment}
          # which is of all calls
        frequency: monthly{comment}

        target: {{at_least: 90}}
"""


def read(text: str) -> Catalogue:
    catalogue, issues = read_catalogue(text, "f")
    assert catalogue is not None, issues
    return catalogue


def compose_inputs(catalogue: Catalogue, figures: Iterable[str]) -> Inputs:
    observations = tuple(
        Observation(
            indicator=str(number),
            month=APRIL,
            known=APRIL,
            place=Place("data/2020-04.csv", number + 1),
            value=Decimal(figure),
        )
        for number, figure in enumerate(figures, 1)
    )
    return Inputs(file="f", catalogue=catalogue, month=APRIL, observations=observations)


@pytest.mark.slow
@given(st.lists(st.tuples(FIGURES, COMMENTS), min_size=1, max_size=5))
def test_only_the_key_is_added_and_only_where_a_figure_was_rounded(
    entries: list[tuple[str, str]],
) -> None:
    figures = [figure for figure, _ in entries]
    text = HEAD + "sections:\n  - title: One\n    indicators:\n"
    text += "".join(compose_entry(number, each) for number, (_, each) in enumerate(entries, 1))
    catalogue = read(text)
    changes = plan_migration(compose_inputs(catalogue, figures), catalogue)
    new_text, issues = rewrite_decimals(text, catalogue, changes, "f")
    assert new_text is not None, issues
    assert new_text.replace(ADDED, "") == text
    after = read(new_text)
    rounded = [0 if count_decimals(Decimal(each)) else None for each in figures]
    assert [each.decimals for each in after.indicators] == rounded
    assert plan_migration(compose_inputs(after, figures), after) == ()
