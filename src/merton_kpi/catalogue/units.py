"""The type of the catalogue's `unit`: a word for a named unit, or the label of any other.

Modules with models do not postpone annotations, since pydantic reads them when the program runs.
"""

from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from merton_kpi.catalogue.fields import Entry, EntryError, Text
from merton_kpi.core.issues import shorten
from merton_kpi.core.units import Unit, match_unit, suggest_unit

UNKNOWN_UNIT = "unknown_unit"  # pydantic's type of the error about a unit's word


class OwnUnit(Entry):
    """A unit that has no word here, by its label: `{label: tonnes}`."""

    label: Text = Field(description="What is printed after a figure, like `tonnes`.")
    singular: Text | None = Field(
        None, description="What is printed after the figure 1, if not the same, like `tonne`."
    )

    @property
    def unit(self) -> Unit:
        """The unit with this label."""
        return Unit.of(self.label, self.singular or "")

    @model_validator(mode="after")
    def _check_label(self) -> Self:
        known = match_unit(self.label)
        if known:
            message = f"'{shorten(self.label)}' is a unit that has a word; write 'unit: {known}'"
            raise EntryError(message, "label")
        return self


def _read_word(value: object) -> Unit:
    """The named unit of a word; a unit stays as it is."""
    if isinstance(value, Unit):
        return value
    word = str(value)
    for unit in Unit.NAMED:
        if unit.word == word:
            return unit
    raise PydanticCustomError(UNKNOWN_UNIT, "unknown unit", {"advice": suggest_unit(shorten(word))})


def _convert_to_unit(own: OwnUnit) -> Unit:
    return own.unit


def _choose_form(value: object) -> str:
    """The tag of the form that a unit is to be checked as."""
    if isinstance(value, tuple):
        return "list"
    return "word" if isinstance(value, (str, Unit)) else "keys"


if TYPE_CHECKING:
    UnitField = Unit  # what a model has after it is read
else:
    _WORDS = {
        "enum": [unit.word for unit in Unit.NAMED],
        "enumDescriptions": [unit.meaning for unit in Unit.NAMED],
        "type": "string",
    }
    UnitField = Annotated[
        Annotated[Any, PlainValidator(_read_word), WithJsonSchema(_WORDS), Tag("word")]
        | Annotated[OwnUnit, AfterValidator(_convert_to_unit), Tag("keys")],
        Discriminator(_choose_form),
    ]
