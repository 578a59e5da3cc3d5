"""The manifest: which papers were made from which files, so that both can be checked later.

It names files without their folders, so that papers and inputs may be moved together.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.issues import BuildStoppedError, Issue, Place, Severity
from merton_kpi.core.periods import join_labels
from merton_kpi.storage.files import TEMPLATE, hash_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from merton_kpi.core.periods import Month
    from merton_kpi.storage.files import SourceFile


def name_manifest(month: Month) -> str:
    """`manifest-2020-11.json`."""
    return f"manifest-{month}.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """A month's papers (`outputs`) and the files they were made from, each with its SHA-256."""

    version: str
    month: str
    final: bool
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]

    def write(self) -> bytes:
        """The manifest as JSON, the same bytes for the same content."""
        content = {
            "kpi": self.version,
            "month": self.month,
            "final": self.final,
            "inputs": dict(sorted(self.inputs.items())),
            "outputs": dict(sorted(self.outputs.items())),
        }
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read_manifest(content: bytes, file: str) -> tuple[Manifest | None, tuple[Issue, ...]]:
    """Read a manifest; `file` is the name that its issue gives. Returns None where it is none."""
    try:
        found = json.loads(content)
        manifest = Manifest(
            version=_text(found["kpi"]),
            month=_text(found["month"]),
            final=found["final"] is True,
            inputs=_hashes(found["inputs"]),
            outputs=_hashes(found["outputs"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        message = "this is not a manifest that kpi has written; build the month again"
        return None, (Issue(code="manifest", place=Place(file=file), message=message),)
    return manifest, ()


def hash_inputs(sources: Iterable[SourceFile], template: bytes) -> dict[str, str]:
    """The SHA-256 of each file that papers are made from, by its name."""
    return {each.name: each.sha256 for each in sources} | {TEMPLATE: hash_bytes(template)}


def is_final_for(manifest: Manifest, file: str, inputs: Mapping[str, str]) -> bool:
    """Whether the papers are final, and were made from these inputs (name to SHA-256).

    Raises BuildStoppedError where they are final, but inputs have changed: only a build that is
    final itself replaces them.
    """
    if not manifest.final:
        return False
    both = manifest.inputs.items() ^ inputs.items()
    changed = sorted({name for name, _ in both})
    if changed:
        message = f"the papers are final, and since then {join_labels(changed)} changed"
        message += "; build with --final to replace them, or with another --out for a draft"
        raise BuildStoppedError.at(file, "final", message)
    return True


def check_files(
    manifest: Manifest,
    file: str,
    inputs: Mapping[str, bytes],
    outputs: Mapping[str, bytes],
    version: str,
) -> tuple[Issue, ...]:
    """What differs between a manifest (`file`) and the files as they are now, one issue each.

    A later version of kpi is a warning: it says nothing against the papers.
    """
    issues = [
        *_compare(file, manifest.outputs, outputs, "paper"),
        *_compare(file, manifest.inputs, inputs, "input"),
    ]
    if manifest.version != version:
        message = f"the papers were made by kpi {manifest.version}; this is {version}"
        place = Place(file=file)
        issues.append(
            Issue(severity=Severity.WARNING, code="version", place=place, message=message)
        )
    return tuple(issues)


def _compare(
    file: str, expected: Mapping[str, str], found: Mapping[str, bytes], kind: str
) -> Iterator[Issue]:
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            message = f"the {kind} '{name}' is not there"
        elif name not in expected:
            message = f"the {kind} '{name}' came after the papers were made"
        elif hash_bytes(found[name]) != expected[name]:
            message = f"the {kind} '{name}' is not as it was when the papers were made"
        else:
            continue
        yield Issue(code=f"{kind}_differs", place=Place(file=file), message=message)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _hashes(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise TypeError
    return {_text(name): _text(digest) for name, digest in value.items()}
