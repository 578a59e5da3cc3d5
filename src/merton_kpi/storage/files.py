"""The disk, a file at a time: what is read, whole and within limits, and what is made anew."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from merton_kpi.core.issues import BuildStoppedError, Issue, Place
from merton_kpi.core.periods import FIRST_MONTH, Month

MOST_BYTES = 32 * 2**20
TEMPLATE = "exception-report.md.j2"


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """A file that the papers were made from: its rows (a catalogue's indicators), and its hash.

    `path` is where it was read from, with slashes; `used` counts the rows that have something
    filled in.
    """

    path: str
    rows: int
    used: int
    sha256: str

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.rpartition("/")[2]


def read_bytes(path: Path, advice: str = "") -> bytes:
    """Read a file whole.

    `advice` ends the sentence where it is not there. Raises BuildStoppedError where it cannot be
    read, or has more than MOST_BYTES.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        twin = path.with_name(f"{path.name}.txt")
        if twin.exists():  # as Notepad names files
            advice = f"rename '{twin.name}', which is there"
        raise _stop(path, "missing_file", f"there is no such file; {advice}") from None
    except OSError as error:
        raise _stop(path, "unreadable_file", f"it cannot be read: {error.strerror}") from None
    if len(content) > MOST_BYTES:
        message = f"it has more than the {MOST_BYTES:,} bytes that are read; is it the right file?"
        raise _stop(path, "file_size", message)
    return content


def decode_text(content: bytes, path: Path) -> str:
    """A text file's words: UTF-8 with or without a BOM. Raises BuildStoppedError for others."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} is not UTF-8 (line {line}); save the file as UTF-8"
        raise _stop(path, "encoding", message) from None
    if "\r" in text:  # which some programs end a line with, and some do not
        line = text.count("\n", 0, text.index("\r")) + 1
        message = f"line {line} has a carriage return alone; save the file with usual line ends"
        raise _stop(path, "line_ends", message)
    return text


def hash_bytes(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    from hashlib import sha256  # slow to import, and no help text needs it

    return sha256(content).hexdigest()


def list_extracts(folder: Path) -> tuple[tuple[Month, Path], ...]:
    """The extracts in a folder, `YYYY-MM*.csv` in any case, in the order of month and name.

    Raises BuildStoppedError for a folder that cannot be read, a CSV whose name has no month, or a
    file whose name has one and is no CSV. Folders, hidden files and Excel's locks are passed over.
    """
    if not folder.is_dir():
        message = "there is no such folder; name the one with the extracts with --data"
        raise _stop(folder, "missing_folder", message)
    try:
        paths = sorted(folder.iterdir(), key=lambda each: each.name)
    except OSError as error:
        raise _stop(folder, "unreadable_file", f"it cannot be read: {error.strerror}") from None
    found, faults = [], []
    for path in paths:
        month, is_csv = _find_month(path.name), path.suffix.lower() == ".csv"
        if not (month or is_csv) or path.name.startswith((".", "~$")) or path.is_dir():
            continue
        if month and is_csv:
            found.append((month, path))
            continue
        message = "an extract's name begins with its month, like 2020-11.csv; rename or move it"
        if month:
            message = "this is not a CSV file: save it in Excel as 'CSV UTF-8', or move it away"
        faults.append(Issue(code="file_name", place=Place(file=path.as_posix()), message=message))
    if faults:
        raise BuildStoppedError(faults)
    return tuple(found)


def _find_month(name: str) -> Month | None:
    """The month that a file's name begins with, if it does."""
    try:
        return Month.read(name[:7])
    except ValueError:
        return None


def create_file(path: Path, content: bytes, advice: str) -> None:
    """Write a file that is not there yet, and its folder.

    `advice` ends the sentence where it is there. Raises BuildStoppedError where it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("xb")
    except OSError as error:
        if path.exists():
            raise _stop(path, "file_exists", f"it is there already; {advice}") from None
        raise _refuse(path, error) from None
    try:
        with file:
            file.write(content)
    except OSError as error:
        path.unlink()  # half of it would stand in the way of the next run
        raise _refuse(path, error) from None


def overwrite_file(path: Path, content: bytes) -> None:
    """Write a file that may be there already. Raises BuildStoppedError where it cannot be."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _refuse(path, error) from None


def read_template(folder: Path, name: str) -> tuple[bytes, Path]:
    """A template and its path; where there is no folder, the one that is shipped."""
    if not folder.exists() and folder == Path("templates"):
        from importlib.resources import files  # seldom needed, slow to import

        return files("merton_kpi.templates").joinpath(name).read_bytes(), Path(name)
    path = folder / name
    return read_bytes(path, "name the folder that has it with --templates"), path


def read_sources(catalogue: Path, data: Path, templates: Path, month: Month) -> dict[str, bytes]:
    """The files that a build of this month would read, by name, without those not there."""
    first = month.plus(1 - month.months_since(FIRST_MONTH))
    paths = [catalogue, *(path for known, path in list_extracts(data) if first <= known <= month)]
    found = {path.name: read_bytes(path) for path in paths if path.is_file()}
    with suppress(BuildStoppedError):
        found[TEMPLATE] = read_template(templates, TEMPLATE)[0]
    return found


def _refuse(path: Path, error: OSError) -> BuildStoppedError:
    return _stop(path, "unwritable_file", f"it cannot be written: {error.strerror}")


def _stop(path: Path, code: str, message: str) -> BuildStoppedError:
    return BuildStoppedError.at(path.as_posix(), code, message)
