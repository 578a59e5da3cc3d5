"""The folder of the messages: what is written to it, and which files of a former run go.

A list in the folder has the files that were written. Only those, and only as they were written, are
replaced or removed: a workbook that came back filled in may have been saved in the place of one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from merton_kpi import __version__
from merton_kpi.core.issues import BuildStoppedError, Issue, Place, Severity, stop_on_errors
from merton_kpi.returns.chasing.messages import format_markdown_message, format_text_message
from merton_kpi.returns.return_workbook import write_return_workbook
from merton_kpi.storage.files import hash_bytes, read_files
from merton_kpi.storage.publication import MESSAGES, check_no_papers
from merton_kpi.storage.replace import Replacement, replace_papers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from merton_kpi.returns.chasing.messages import Message
    from merton_kpi.returns.return_facts import ReturnFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageFile:
    """A file to write, and the owner whose message it belongs to."""

    owner: str
    content: bytes


class _WrittenFile(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)

    owner: str
    sha256: str


class _WrittenList(BaseModel):
    """The files that were written, by name; `version` is that of kpi, which the list has as `kpi`.

    `content` is the list's own, and empty where there is none.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    version: str = Field(alias="kpi")
    files: dict[str, _WrittenFile]
    content: bytes = Field(b"", exclude=True)


def write_message_files(
    messages: Iterable[Message], facts: ReturnFacts
) -> Mapping[str, MessageFile]:
    """Write each message as text and as Markdown, and its workbook, by their names."""
    files = {}
    for message in messages:
        workbook = write_return_workbook(message.dues, facts, message.owner)
        for name, content in (
            (f"{message.name}.txt", format_text_message(message).encode("utf-8")),
            (f"{message.name}.md", format_markdown_message(message).encode("utf-8")),
            (message.workbook, workbook),
        ):
            files[name] = MessageFile(owner=message.owner, content=content)
    return files


def replace_messages(
    folder: Path, files: Mapping[str, MessageFile], is_replaced: Callable[[str], bool]
) -> Replacement:
    """Put messages in the place of a former run's, all together or not at all.

    Args:
        folder: The folder, which is created where there are messages.
        files: What to write, by name.
        is_replaced: Whether an owner's former message goes where there is no new one.

    Returns:
        What was written and removed; `left` are former files that were changed since, and stay.

    Raises:
        BuildStoppedError: As replace_papers; or the folder has papers; or a file with the name of a
            new one is there that was not written by a former run, or was changed since.
    """
    check_no_papers(folder)
    former = _read_list(folder)
    listed = {
        name: each
        for name, each in former.files.items()
        if name in files or not is_replaced(each.owner)
    }
    listed |= {
        name: _WrittenFile(owner=each.owner, sha256=hash_bytes(each.content))
        for name, each in files.items()
    }
    gone = {name: each.sha256 for name, each in former.files.items() if name not in listed}
    if former.content and not listed:
        gone[MESSAGES] = hash_bytes(former.content)
    if not files and not gone:
        return Replacement(written=(), removed=(), left=())

    def list_obsolete() -> Mapping[str, str]:
        stop_on_errors(_check_own(folder, files, former))
        return gone

    contents = {name: each.content for name, each in files.items()}
    contents |= {MESSAGES: _write_list(listed)} if listed else {}
    done = replace_papers(folder, contents, list_obsolete=list_obsolete)
    assert done is not None
    return done


def check_left(paths: Iterable[Path]) -> tuple[Issue, ...]:
    """A warning for each file of a former run that was left since it was changed."""
    message = "this belongs to a former run, but was left, because it was changed since; move or "
    message += "delete it"
    return tuple(
        Issue.at(path.as_posix(), "former_message", message, Severity.WARNING) for path in paths
    )


def _check_own(
    folder: Path, files: Mapping[str, MessageFile], former: _WrittenList
) -> Iterator[Issue]:
    """An error for each file in the place of a new one that is not as a former run wrote it."""
    message = "this was not written by kpi, or was changed since; move it away (a return that came "
    message += "back belongs with the extracts), then run this again"
    for name, content in read_files(folder, files).items():
        written = former.files.get(name)
        known = {hash_bytes(files[name].content), written.sha256 if written else ""}
        if hash_bytes(content) not in known:
            place = Place(file=(folder / name).as_posix())
            yield Issue(code="file_exists", place=place, message=message)


def _read_list(folder: Path) -> _WrittenList:
    """The list in a folder; an empty one where there is none.

    Raises BuildStoppedError where it cannot be read.
    """
    content = read_files(folder, (MESSAGES,)).get(MESSAGES, b"")
    if not content:
        return _WrittenList(kpi=__version__, files={})
    try:
        return _WrittenList.model_validate({**json.loads(content), "content": content})
    except (TypeError, ValueError, RecursionError):  # pydantic's ValidationError is a ValueError
        message = "this is not the list of messages as kpi writes it; delete it, and move the "
        message += "messages beside it away"
        file = (folder / MESSAGES).as_posix()
        raise BuildStoppedError.at(file, "message_list", message) from None


def _write_list(files: Mapping[str, _WrittenFile]) -> bytes:
    written = _WrittenList(kpi=__version__, files=dict(sorted(files.items())))
    content = written.model_dump(by_alias=True)
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
