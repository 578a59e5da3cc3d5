"""The disk: reads what a build needs, and writes its papers all together or not at all."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from merton_kpi.issues import BuildStoppedError, Issue, Place
from merton_kpi.periods import Month

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_text(path: Path, advice: str) -> str:
    """Read a UTF-8 file, with or without a BOM.

    `advice` ends the sentence where it is not there. Raises BuildStoppedError where it cannot be
    read.
    """
    return decode_text(path, read_bytes(path, advice))


def read_bytes(path: Path, advice: str) -> bytes:
    """Read a file as it is; the arguments and the error are those of `read_text`."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _stop(path, "missing_file", f"there is no such file; {advice}") from None
    except OSError as error:
        raise _stop(path, "unreadable_file", f"it cannot be read: {error.strerror}") from None


def decode_text(path: Path, content: bytes) -> str:
    """A file's bytes as text, with or without a BOM; `path` names it in the error."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not UTF-8; save the file as 'CSV UTF-8' or UTF-8 text"
        raise _stop(path, "encoding", message) from None


def hash_bytes(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def list_extracts(folder: Path) -> tuple[tuple[Month, Path], ...]:
    """The extracts in a folder, `YYYY-MM*.csv`, in the order of month and name.

    Raises BuildStoppedError for a missing folder, or a CSV whose name has no month.
    """
    if not folder.is_dir():
        message = "there is no such folder; name the one with the extracts with --data"
        raise _stop(folder, "missing_folder", message)
    found, faults = [], []
    for path in sorted(folder.glob("*.csv")):
        try:
            found.append((Month.parse(path.name[:7]), path))
        except ValueError:
            message = "an extract's name begins with its month, like 2020-11.csv; rename or move it"
            faults.append(
                Issue(code="file_name", place=Place(file=path.as_posix()), message=message)
            )
    if faults:
        raise BuildStoppedError(faults)
    return tuple(found)


def read_template(folder: Path, name: str) -> tuple[str, str]:
    """A template's text and the name to call it by; where there's no folder, the one shipped."""
    if not folder.exists() and folder == Path("templates"):
        from importlib.resources import files  # seldom needed, slow to import

        return files("merton_kpi.templates").joinpath(name).read_text(encoding="utf-8"), name
    path = folder / name
    return read_text(path, "name the folder that has it with --templates"), path.as_posix()


def write_papers(folder: Path, papers: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write each paper beside its place, then move all of them there.

    Raises BuildStoppedError, with the earlier papers as they were, where one cannot be written.
    """
    drafts = {name: folder / f".{name}.{os.getpid()}.tmp" for name in papers}
    path = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in papers.items():
            path = folder / name
            drafts[name].write_bytes(content)
        for name in papers:
            path = folder / name
            drafts[name].replace(path)
    except OSError as error:
        message = (
            f"it cannot be written ({error.strerror}); close it where it is open, or use --out"
        )
        raise _stop(path, "unwritable_file", message) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)
    return tuple(folder / name for name in papers)


def _stop(path: Path, code: str, message: str) -> BuildStoppedError:
    place = Place(file=path.as_posix())
    return BuildStoppedError([Issue(code=code, place=place, message=message)])
