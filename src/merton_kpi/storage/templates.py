"""The files that papers are filled in from: a council's own, or the package's."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import Edition
from merton_kpi.storage.files import compose_stop, is_there, read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection

REPORT_TEMPLATE = "exception-report.md.j2"
REFERENCE = "reference.docx"
PAGE_TEMPLATE = "performance-index.html.j2"
_DEFAULT_FOLDER = Path("templates")


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A file of the templates' folder: its content, and the path that it was read from."""

    content: bytes
    path: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Templates:
    """What papers are filled in from; None for each file that is not needed.

    `report` is the template of the exception report, `reference` the Word document whose styles it
    takes, if the council has one, and `page` the template of the web page.
    """

    report: Template | None = None
    reference: Template | None = None
    page: Template | None = None

    @property
    def files(self) -> tuple[Template, ...]:
        """Those that there are."""
        return tuple(each for each in (self.report, self.reference, self.page) if each)


def read_templates(folder: Path, editions: Collection[Edition]) -> Templates:
    """What these papers are filled in from.

    The package's templates take the place of those that the folder does not have, and of all where
    it is the default, `templates`, and does not exist. Raises BuildStoppedError where a file cannot
    be read, where another folder does not exist, or where the Word document is a template of
    Word's, which python-docx does not read.
    """
    has_report = any(each.is_report for each in editions)
    return Templates(
        report=_read_template(folder, REPORT_TEMPLATE) if has_report else None,
        reference=_read_reference(folder) if has_report else None,
        page=_read_template(folder, PAGE_TEMPLATE) if Edition.WEB_PAGE in editions else None,
    )


def read_used_templates(folder: Path, names: Collection[str]) -> dict[str, bytes]:
    """What papers with inputs of these names are filled in from now, by path.

    A council's own file is among them where it would be used by now, whether it was then or not.
    """
    editions = [Edition.REPORT] if REPORT_TEMPLATE in names else []
    if PAGE_TEMPLATE in names:
        editions.append(Edition.WEB_PAGE)
    used = read_templates(folder, editions)
    return {each.path.as_posix(): each.content for each in used.files}


def _read_reference(folder: Path) -> Template | None:
    path = folder / REFERENCE
    word_template = path.with_suffix(".dotx")
    if word_template.exists():
        message = "this is a template of Word's, which kpi does not read"
        message += f"; save it in Word as a document, '{REFERENCE}', and remove this one"
        raise compose_stop(word_template, "word_template", message)
    return Template(content=read_bytes(path), path=path) if path.is_file() else None


def _read_template(folder: Path, name: str) -> Template:
    """A council's own template, or the package's."""
    path = folder / name
    if path.exists() and not path.is_file():
        raise compose_stop(path, "template", "this is no file; put the template in its place")
    if is_there(path) or not (folder.is_dir() or folder == _DEFAULT_FOLDER):
        content = read_bytes(path, "name the folder that has it with --templates")
        return Template(content=content, path=path)
    return _read_packaged(name)


def _read_packaged(name: str) -> Template:
    content = files("merton_kpi.templates").joinpath(name).read_bytes()
    return Template(content=content, path=Path(name))
