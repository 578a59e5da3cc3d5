"""Papers are published, and messages have addresses: no folder has both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.storage.files import has_file

if TYPE_CHECKING:
    from pathlib import Path

MESSAGES = "messages.json"  # the list in a folder of messages
_MANIFESTS = "manifest-*.json"  # beside the papers


def check_no_papers(folder: Path) -> None:
    """Raise BuildStoppedError where a folder that is to have messages has papers."""
    if has_file(folder, _MANIFESTS):
        message = "this folder has papers, which are published, and messages have addresses; name "
        message += "another one with --out"
        raise BuildStoppedError.at(folder.as_posix(), "papers_folder", message)


def check_no_messages(folder: Path) -> None:
    """Raise BuildStoppedError where a folder that is to have papers has messages."""
    if has_file(folder, MESSAGES):
        message = "this folder has messages, which have addresses, and papers are published; name "
        message += "another one with --out"
        raise BuildStoppedError.at(folder.as_posix(), "messages_folder", message)
