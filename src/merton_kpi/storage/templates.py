"""The files that papers are filled in from: a council's own, or the package's."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import Edition
from merton_kpi.storage.files import compose_stop, read_bytes

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

    The package's template of the report takes the place of the council's where `folder` is the
    default, `templates`, and does not exist; that of the page, wherever the folder has none. Raises
    BuildStoppedError where a file cannot be read, or where the Word document is a template of
    Word's, which python-docx does not read.
    """
    return Templates(
        report=_read_report(folder) if any(each.is_report for each in editions) else None,
        reference=_read_reference(folder) if any(each.is_report for each in editions) else None,
        page=_read_page(folder) if Edition.WEB_PAGE in editions else None,
    )


def read_used_templates(folder: Path, names: Collection[str]) -> dict[str, bytes]:
    """What papers with inputs of these names are filled in from, by path; without what is missing.

    A council's own file is among them where it would be used by now, whether it was then or not.
    """
    used: list[Template] = []
    if REPORT_TEMPLATE in names and _is_default_missing(folder):
        used.append(_read_packaged(REPORT_TEMPLATE))
    elif REPORT_TEMPLATE in names:
        own = (folder / REPORT_TEMPLATE, folder / REFERENCE)
        used += [Template(content=read_bytes(path), path=path) for path in own if path.is_file()]
    if PAGE_TEMPLATE in names:
        used.append(_read_page(folder))
    return {each.path.as_posix(): each.content for each in used}


def _read_report(folder: Path) -> Template:
    if _is_default_missing(folder):
        return _read_packaged(REPORT_TEMPLATE)
    path = folder / REPORT_TEMPLATE
    content = read_bytes(path, "name the folder that has it with --templates")
    return Template(content=content, path=path)


def _read_reference(folder: Path) -> Template | None:
    path = folder / REFERENCE
    word_template = path.with_suffix(".dotx")
    if word_template.exists():
        message = "this is a template of Word's, which kpi does not read"
        message += f"; save it in Word as a document, '{REFERENCE}', and remove this one"
        raise compose_stop(word_template, "word_template", message)
    return Template(content=read_bytes(path), path=path) if path.is_file() else None


def _read_page(folder: Path) -> Template:
    path = folder / PAGE_TEMPLATE
    if not path.is_file():
        return _read_packaged(PAGE_TEMPLATE)
    return Template(content=read_bytes(path), path=path)


def _is_default_missing(folder: Path) -> bool:
    """Whether a folder is the default one, and the council has none."""
    return folder == _DEFAULT_FOLDER and not folder.exists()


def _read_packaged(name: str) -> Template:
    content = files("merton_kpi.templates").joinpath(name).read_bytes()
    return Template(content=content, path=Path(name))
