"""The keys of the catalogue's entries, and the words of its closed lists, by its models."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from merton_kpi.catalogue.fields import Entry
from merton_kpi.catalogue.models import Catalogue

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from merton_kpi.catalogue.reading.yaml_reader import Path


def list_keys(model: type[Entry]) -> list[str]:
    """The keys of an entry, as they are written in the catalogue."""
    return list(list_fields(model))


@cache  # without it, reading a catalogue with 800 faults takes 0.6 s, not 0.24
def list_inner_models(model: type[Entry]) -> dict[str, type[Entry]]:
    """The models of the entries within a model, by the keys that hold them."""
    inner = {key: _model_in(field.annotation) for key, field in list_fields(model).items()}
    return {key: entry for key, entry in inner.items() if entry}


def list_fields(model: type[Entry]) -> dict[str, FieldInfo]:
    """The fields of an entry's model, by the keys as they are written in the catalogue."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> type[Entry] | None:
    """The model that an annotation names; None where it names none."""
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def choose_model(loc: Path) -> type[Entry]:
    """The model of the entry that the last part of a `loc` is a key of."""
    model: type[Entry] = Catalogue
    for part in loc[:-1]:
        model = list_inner_models(model).get(str(part), model)
    return model


def list_words(loc: Path) -> list[str]:
    """The words of the closed list of the last key in a `loc`."""
    model: type[Entry] = Catalogue
    words: list[str] = []
    for part in map(str, loc):
        if field := list_fields(model).get(part):
            words = _words_in(field.annotation)
            model = list_inner_models(model).get(part, model)
    return words


def _words_in(annotation: Any) -> list[str]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation]
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [word for inner in get_args(annotation) for word in _words_in(inner)]
