"""The papers in place of those that are to be built: what they are, and whether they stay.

Final papers stay, unless a build is told to replace them. They are final by their manifest or by
their own words, so that a manifest that was lost or changed does not make drafts of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place
from merton_kpi.core.periods import join_labels
from merton_kpi.core.vocabulary import Edition
from merton_kpi.papers.html.status import replace_status
from merton_kpi.papers.manifest import (
    Manifest,
    check_papers,
    list_changed_inputs,
    list_known_papers,
    read_manifest,
    write_manifest,
)
from merton_kpi.papers.own_status import list_statuses
from merton_kpi.storage.files import hash_bytes, read_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_IF_DAMAGED = (
    "if the papers are drafts, delete it and build again; if they are final, build with --final to"
    " replace them, or with another --out for a draft"
)
_REPLACE = (
    "build with --final to replace them, or with another --out for a draft (--force puts the draft"
    " in their place)"
)

_RESTORE = f"the papers are final, so restore it from a copy, or {_REPLACE}"


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierPapers:
    """The papers in place: the content of each file by its name, and their manifest's.

    `path` is the manifest's place, and `span` what the papers cover. `manifest` is None where there
    is none that can be read; `issues` say why.
    """

    path: Path
    span: str
    manifest: Manifest | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()

    @property
    def said_final(self) -> tuple[str, ...]:
        """The names of those that say of themselves that they are final."""
        return tuple(name for name, is_final in list_statuses(self.span, self.files) if is_final)

    @property
    def are_final(self) -> bool:
        """Whether they are final, by their manifest or by their own words."""
        return bool((self.manifest and self.manifest.final) or self.said_final)

    @property
    def superseded(self) -> dict[str, bytes]:
        """The files as they are kept when others take their place; the page says so.

        The manifest has the hash of that page, unless it had another than that of the page in
        place.
        """
        page, kept = Edition.WEB_PAGE.format_name(self.span), dict(self.files)
        if page in kept and self.are_final:
            kept[page] = replace_status(self.files[page])
            manifest = self.manifest
            if manifest and manifest.outputs.get(page) == hash_bytes(self.files[page]):
                outputs = {**manifest.outputs, page: hash_bytes(kept[page])}
                changed = manifest.model_copy(update={"outputs": outputs})
                kept[self.path.name] = write_manifest(changed)
        return kept

    @property
    def obsolete(self) -> dict[str, str]:
        """The SHA-256 of each file that can be one of the papers, as list_known_papers has it."""
        return list_known_papers(self.manifest, self.span)


def read_earlier_papers(path: Path, span: str) -> EarlierPapers:
    """Read the papers in place; `path` is where their manifest is, if there is one."""
    manifest: Manifest | None = None
    issues: tuple[Issue, ...] = ()
    files = read_files(path.parent, (path.name,))
    if path.name in files:
        manifest, issues = read_manifest(files[path.name], path.as_posix(), _IF_DAMAGED)
    files |= read_files(path.parent, list_known_papers(manifest, span))
    return EarlierPapers(path=path, span=span, manifest=manifest, files=files, issues=issues)


def check_final_papers(
    earlier: EarlierPapers, inputs: Mapping[str, str]
) -> tuple[bool, tuple[Issue, ...]]:
    """Whether a draft leaves the papers in place, and the errors where they are not as they were.

    Args:
        earlier: The papers in place.
        inputs: The SHA-256 of each file that the draft is made from, by its name.
    """
    file = earlier.path.as_posix()
    if not earlier.are_final:
        return False, earlier.issues
    manifest = earlier.manifest
    if manifest is None or not manifest.final:
        papers = join_labels(f"'{name}'" for name in earlier.said_final)
        state = "says that the papers are drafts" if manifest else "is missing or damaged"
        message = f"the manifest {state}, but these say that they are final: {papers}; {_REPLACE}"
        return True, (_compose_issue(file, message),)
    changed = list_changed_inputs(manifest, inputs)
    issues = list(check_papers(manifest, file, earlier.files, _RESTORE))
    if changed:
        message = f"the papers are final, but these inputs have changed: {join_labels(changed)}"
        issues.append(_compose_issue(file, f"{message}; {_REPLACE}"))
    return True, tuple(issues)


def list_differences(
    earlier: EarlierPapers, papers: Mapping[str, bytes], inputs: Mapping[str, str]
) -> tuple[str, ...]:
    """What is different where final papers are replaced by `papers`, a sentence each.

    Empty where no paper differs, or where the earlier ones are drafts. `inputs` has the SHA-256 of
    each file that the new papers are made from, by its name.
    """
    before = {name: earlier.files[name] for name in earlier.files if name != earlier.path.name}
    after = {name: papers[name] for name in papers if name != earlier.path.name}
    differ = sorted(
        name for name in before.keys() | after.keys() if _has_changed(name, before, after)
    )
    if not earlier.are_final or not before or not differ:
        return ()
    lists = {"papers that differ": differ}
    if manifest := earlier.manifest:
        spoilt = [
            name
            for name, sha256 in manifest.outputs.items()
            if name not in before or hash_bytes(before[name]) != sha256
        ]
        lists["inputs that have changed"] = list(list_changed_inputs(manifest, inputs))
        lists["papers that were not as kpi had made them"] = spoilt
    return tuple(f"{words}: {', '.join(names)}" for words, names in lists.items() if names)


def _has_changed(name: str, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> bool:
    return before.get(name) != after.get(name)


def _compose_issue(file: str, message: str) -> Issue:
    return Issue(code="final", place=Place(file=file), message=message)
