"""Check papers by what they say: against their manifest, and against what kpi makes of the inputs.

Hashes alone do not show where somebody changed the manifest too.
"""

from __future__ import annotations

import io
import re
from contextlib import suppress
from typing import TYPE_CHECKING
from zipfile import ZipFile

from merton_kpi.core.issues import Issue, Place
from merton_kpi.papers.html.status import read_page_status, replace_status
from merton_kpi.papers.manifest import read_manifest
from merton_kpi.papers.own_status import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.papers.manifest import Manifest

_TAGS = re.compile(rb"<[^>]*>")
_BESIDE = ("docProps/", "_rels/", "[Content_Types]")  # when and by what the package was written

_AGAIN = "build the month again, with --final for final papers"


def check_statements(
    manifest: Manifest, file: str, month: str, statuses: Mapping[str, bool | None]
) -> Iterator[Issue]:
    """An error where a manifest says something else than its name or its papers.

    Args:
        manifest: What it says.
        file: Its name, which the issues give.
        month: The last month that its papers cover, like `2020-11`.
        statuses: Whether each paper says that it is final, by its name; None where it does not say.
    """
    if manifest.month != month:
        message = f"the manifest has the month '{manifest.month}', but its name is that of {month}"
        yield _compose_issue(file, f"{message}; restore it, or {_AGAIN}")
    for name, is_final in statuses.items():
        if is_final is not None and is_final != manifest.final and name in manifest.outputs:
            said, listed = ("final", "a draft") if is_final else ("a draft", "final")
            message = f"the paper '{name}' says that it is {said}, but the manifest has it as"
            yield _compose_issue(file, f"{message} {listed}; restore it, or {_AGAIN}")


def check_rebuilt(
    file: str, papers: Mapping[str, bytes], rebuilt: Mapping[str, bytes]
) -> Iterator[Issue]:
    """An error for each paper that is not what kpi makes of the inputs.

    Args:
        file: The manifest's name, which the issues give.
        papers: The content of each paper that is listed in the manifest, by its name.
        rebuilt: What a build of the same inputs writes, the manifest last.
    """
    *names, manifest_name = rebuilt
    again, _ = read_manifest(rebuilt[manifest_name], file, "")
    listed, _ = read_manifest(papers[manifest_name], file, "")
    if again and listed:
        for name in sorted(again.inputs.keys() - listed.inputs.keys()):
            message = f"the manifest does not list the input '{name}'; {_AGAIN}"
            yield _compose_issue(file, message)
    for name in sorted({*names, *papers} - {manifest_name}):
        message = f"the paper '{name}' is not what kpi makes of these inputs; {_AGAIN}"
        if name not in papers:
            message = f"the manifest does not list the paper '{name}'; {_AGAIN}"
        elif name in rebuilt and _has_same_words(papers[name], rebuilt[name]):
            continue
        yield _compose_issue(file, message)


def _has_same_words(paper: bytes, rebuilt: bytes) -> bool:
    """Whether a paper says what kpi makes, or is the page that is kept of it in `superseded`."""
    if _read_words(paper) == _read_words(rebuilt):
        return True
    return read_page_status(paper) is True and paper == replace_status(rebuilt)


def _read_words(content: bytes) -> Mapping[str, bytes]:
    """What a paper says, by the part of the package that says it; of a text file, all of it.

    Another version of a library may write the same package with other bytes.
    """
    if content.startswith(b"PK"):
        with suppress(*DAMAGED), ZipFile(io.BytesIO(content)) as package:
            names = [name for name in package.namelist() if not name.startswith(_BESIDE)]
            return {
                name: _TAGS.sub(b"\n", package.read(name))
                for name in names
                if name.endswith(".xml")
            }
    return {"": content}


def _compose_issue(file: str, message: str) -> Issue:
    return Issue(code="paper_differs", place=Place(file=file), message=message)
