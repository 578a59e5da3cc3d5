"""The rules call a change what is none about as often as the documentation says."""

from __future__ import annotations

import pytest
from signals.simulate import KINDS, count_shares


@pytest.mark.parametrize(
    ("kind", "flagged", "said"),
    [
        ("independent", (0.0, 0.05), (0.0, 0.05)),
        ("autocorrelation 0.3", (0.02, 0.10), (0.02, 0.10)),
        ("autocorrelation 0.6", (0.12, 0.27), (0.08, 0.25)),
        ("autocorrelation 0.9", (0.43, 0.63), (0.22, 0.42)),
        ("running total, declared", (0.0, 0.05), (0.0, 0.05)),
        ("running total, not declared", (1.0, 1.0), (0.0, 0.0)),
        ("a step of 3 for 6 months", (0.5, 0.7), (0.5, 0.7)),
    ],
)
def test_the_share_of_changes_that_are_said(
    kind: str, flagged: tuple[float, float], said: tuple[float, float]
) -> None:
    shares = count_shares(kind, 200, seed=7)
    assert flagged[0] <= shares.flagged <= flagged[1]
    assert said[0] <= shares.said <= said[1]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "step" in kind])
def test_real_steps_are_not_withheld(kind: str) -> None:
    assert count_shares(kind, 60, seed=7).withheld <= 0.03


def test_the_same_seed_gives_the_same_series() -> None:
    assert count_shares("independent", 20, 3) == count_shares("independent", 20, 3)
