"""The sentences of an explanation, each with where its words come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from merton_kpi.extracts.observations import Observation


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an explanation, and where its words come from: a file's line, or an owner.

    The papers print the `words`. The command prints them with the `source` before the full stop.
    """

    words: str
    source: str = ""

    def __str__(self) -> str:
        if not self.source:
            return self.words
        return f"{self.words.removesuffix('.')}{self.source}."


def format_origin(observation: Observation) -> str:
    """The place of an observation, as its figure's source: `, from data/2020-11.csv, line 3`."""
    return f", from {observation.place.file}, {observation.place.words}"


def format_place(observation: Observation) -> str:
    """The same where there is no figure: ` (data/2020-11.csv, line 3)`."""
    return f" ({observation.place.file}, {observation.place.words})"
