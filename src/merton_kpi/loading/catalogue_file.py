"""Read a catalogue with every check that needs no figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from merton_kpi.catalogue.reading.checks.gaps import check_gaps
from merton_kpi.catalogue.reading.reader import (
    Definitions,
    add_issues,
    read_definitions,
    sort_issues,
)
from merton_kpi.core.issues import Issue, has_errors
from merton_kpi.rating.limit_checks import check_limits, check_unused
from merton_kpi.storage.files import SourceFile, decode_text, hash_bytes, read_bytes
from merton_kpi.storage.inputs import compose_missing_advice

if TYPE_CHECKING:
    from pathlib import Path

    from merton_kpi.catalogue.models import Catalogue


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueFile:
    """A catalogue's file as it was read.

    `catalogue` is None where `issues` has an error.
    """

    path: Path
    content: bytes
    definitions: Definitions

    @property
    def name(self) -> str:
        """The path that issues give, with slashes."""
        return self.path.as_posix()

    @property
    def text(self) -> str:
        """The content as text, without a byte order mark and with every line ended by LF."""
        return decode_text(self.content, self.path)

    @property
    def catalogue(self) -> Catalogue | None:
        """The catalogue, where it has no error."""
        return self.definitions.catalogue

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every issue of the catalogue alone."""
        return self.definitions.issues

    @property
    def source(self) -> SourceFile:
        """The file as the papers list it; its rows are its indicators."""
        size = len(self.catalogue.indicators) if self.catalogue else 0
        return SourceFile(path=self.name, rows=size, used=size, sha256=hash_bytes(self.content))


def read_catalogue(text: str, file: str) -> tuple[Catalogue | None, tuple[Issue, ...]]:
    """Read a catalogue's text with every check that needs no figures; None where it has an error.

    `file` is the name that its issues give.
    """
    definitions = read_checked_definitions(text, file)
    return definitions.catalogue, definitions.issues


def read_checked_definitions(text: str, file: str) -> Definitions:
    """As read_catalogue, with the document for further checks."""
    definitions = read_definitions(text, file)
    document, catalogue = definitions.document, definitions.catalogue
    issues = add_issues(definitions.issues, check_limits(document, catalogue))
    return replace(definitions, catalogue=None if has_errors(issues) else catalogue, issues=issues)


def check_completeness(definitions: Definitions) -> tuple[Issue, ...]:
    """The issues of a catalogue, with a warning for what a complete one would have.

    A rationale and an owner for each indicator, a target that rates some month, and meetings of
    the catalogue's own year.
    """
    document = definitions.document
    issues = add_issues(definitions.issues, check_unused(document, definitions.catalogue))
    return sort_issues((*issues, *check_gaps(document)))


def read_catalogue_file(path: Path, option: str = "--catalogue") -> CatalogueFile:
    """Read a catalogue that a command's option names.

    Raises BuildStoppedError for a file that cannot be read as text.
    """
    content = read_bytes(path, compose_missing_advice(option))
    definitions = read_checked_definitions(decode_text(content, path), path.as_posix())
    return CatalogueFile(path=path, content=content, definitions=definitions)
