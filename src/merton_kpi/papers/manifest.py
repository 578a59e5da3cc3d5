"""The manifest: which papers were made from which files, so that both can be checked later.

It names files without their folders, so that papers and inputs can be moved together; only of two
inputs with one name does it name as many folders as tell them apart.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from merton_kpi.core.issues import Issue, Place, Severity
from merton_kpi.core.vocabulary import Edition
from merton_kpi.storage.files import hash_bytes
from merton_kpi.storage.inputs import shorten_paths
from merton_kpi.storage.templates import PAGE_TEMPLATE, REFERENCE, REPORT_TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.storage.files import SourceFile
    from merton_kpi.storage.templates import Templates

# What papers of one kind are filled in from; papers without the first need none of the others.
_TEMPLATES = ((REPORT_TEMPLATE, REFERENCE), (PAGE_TEMPLATE,))


def manifest_name(year: FinancialYear, month: Month) -> str:
    """`manifest-2020-11.json`, or `manifest-2024-25-to-2025-05.json` after the year's end."""
    return f"manifest-{year.format_span(month)}.json"


class Manifest(BaseModel):
    """A month's papers (`outputs`) and the files they were made from, each with its SHA-256.

    `month` is like `2020-11`; `version` is that of kpi, which the file has as `kpi`.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    version: str = Field(alias="kpi")
    month: str
    final: bool
    inputs: dict[str, str]
    outputs: dict[str, str]


def write_manifest(manifest: Manifest) -> bytes:
    """The manifest as JSON, the same bytes for the same content."""
    content = manifest.model_dump(by_alias=True)
    content |= {name: dict(sorted(content[name].items())) for name in ("inputs", "outputs")}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read_manifest(
    content: bytes, file: str, advice: str
) -> tuple[Manifest | None, tuple[Issue, ...]]:
    """Read a manifest.

    Args:
        content: The file's bytes.
        file: The name that its issue gives.
        advice: What to do if the file is not a manifest; it ends the sentence.

    Returns:
        The manifest; None, and an issue, where the file is not one.
    """
    try:
        return Manifest.model_validate(json.loads(content, object_pairs_hook=_read_object)), ()
    except (ValueError, RecursionError):  # pydantic's ValidationError is a ValueError
        message = f"this is not a manifest written by kpi; {advice}"
        return None, (Issue(code="manifest", place=Place(file=file), message=message),)


def _read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object. Raises ValueError where it has a key twice, of which kpi writes none."""
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a key appears twice")
    return values


def hash_inputs(sources: Iterable[SourceFile], templates: Templates) -> dict[str, str]:
    """The SHA-256 of each file that papers are made from, by its name as shorten_paths has it."""
    hashes = {each.path: each.sha256 for each in sources}
    hashes |= {each.path.as_posix(): hash_bytes(each.content) for each in templates.files}
    return {name: hashes[path] for path, name in shorten_paths(hashes).items()}


def list_changed_inputs(manifest: Manifest, inputs: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the inputs that have changed, are new or are missing since the papers were made.

    `inputs` has the SHA-256 of each input there is now, by its name, as hash_inputs returns it. The
    templates of the report, or of the page, are not listed where only the papers of then, or those
    of now, are made from them: what has changed is the catalogue, which chooses the papers.
    """
    changed = {name for name, _ in manifest.inputs.items() ^ inputs.items()}
    for name, *others in _TEMPLATES:
        if (name in manifest.inputs) != (name in inputs):
            changed -= {name, *others}
    return tuple(sorted(changed))


def list_known_papers(manifest: Manifest | None, span: str) -> dict[str, str]:
    """The SHA-256 of each file that can be one of a month's papers, by its name.

    Args:
        manifest: That of the papers in place; None where there is none that can be read.
        span: What the papers cover, as FinancialYear.format_span has it.

    Returns:
        Every paper of the manifest, and those of all other editions with an empty hash.
    """
    names = dict.fromkeys((edition.format_name(span) for edition in Edition), "")
    return names | (manifest.outputs if manifest else {})


def check_other_papers(paths: Iterable[Path]) -> tuple[Issue, ...]:
    """A warning for each file that has the name of a paper and is none of the manifest's papers."""
    message = "this does not belong to the papers that the manifest lists, but was left, because it"
    message += " was changed by hand or not written by kpi; move or delete it"
    return tuple(
        Issue.at(path.as_posix(), "other_paper", message, Severity.WARNING) for path in paths
    )


def check_papers(
    manifest: Manifest, file: str, papers: Mapping[str, bytes], advice: str = ""
) -> tuple[Issue, ...]:
    """An error for each of the manifest's papers that is missing or has changed.

    `papers` has the content of each file there is now, by its name; `advice` ends each sentence.
    """
    listed = {name: papers[name] for name in manifest.outputs if name in papers}
    issues = _compare(file, manifest.outputs, listed, "paper")
    return tuple(
        replace(issue, message="; ".join(filter(None, (issue.message, advice)))) for issue in issues
    )


def check_files(
    manifest: Manifest,
    file: str,
    inputs: Mapping[str, bytes],
    outputs: Mapping[str, bytes],
    version: str,
) -> tuple[Issue, ...]:
    """Check a month's papers and inputs against their manifest.

    Args:
        manifest: The papers and inputs as they were when the papers were made.
        file: The manifest's name, which the issues give.
        inputs: The content of each input there is now, by its name.
        outputs: The content of each paper there is now, by its name.
        version: The version of kpi that runs.

    Returns:
        An error for each file that differs, and a warning where another version of kpi made the
        papers.
    """
    issues = [
        *check_papers(manifest, file, outputs),
        *_compare(file, manifest.inputs, inputs, "input"),
    ]
    if manifest.version != version:
        message = f"kpi {manifest.version} made these papers, and this is kpi {version}"
        place = Place(file=file)
        issues.append(
            Issue(severity=Severity.WARNING, code="version", place=place, message=message)
        )
    return tuple(issues)


def _compare(
    file: str, expected: Mapping[str, str], present: Mapping[str, bytes], kind: str
) -> Iterator[Issue]:
    for name in sorted(expected.keys() | present.keys()):
        if name not in present:
            message = f"the {kind} '{name}' is missing"
        elif name not in expected:
            message = f"the {kind} '{name}' was added after the papers were made"
        elif hash_bytes(present[name]) != expected[name]:
            message = f"the {kind} '{name}' has changed since the papers were made"
        else:
            continue
        yield Issue(code=f"{kind}_differs", place=Place(file=file), message=message)
