"""What a build, a check or an explanation prints, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from merton_kpi.cli.console import Line
from merton_kpi.core.findings import OF_FILES, WARNING_WORDS
from merton_kpi.core.issues import Severity
from merton_kpi.core.periods import format_count, join_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from merton_kpi.core.issues import Issue
    from merton_kpi.loading.inputs import Inputs
    from merton_kpi.rating.wording.explain import Explanation
    from merton_kpi.returns.chasing.messages import Message
    from merton_kpi.scorecard.records import Scorecard
    from merton_kpi.storage.files import SourceFile
    from merton_kpi.storage.replace import Replacement

_OTHERS = ("other warning", "other warnings")  # of a kind without words of its own
_INDENT = 2  # columns, for the further lines of a sentence
_MOST_LABELS = 20  # that a line lists
_FEW_FILES = 3  # that are named one by one


def format_build(
    card: Scorecard, done: Replacement, differences: Iterable[str] = ()
) -> Iterator[Line]:
    """Yield what was built: ratings, exceptions, how much is missing, and where the papers are.

    Each figure that is missing is named by its warning, which follows. `differences` are those from
    final papers that were replaced, a sentence each. The last path that was written is the
    manifest's. It has the hash of each extract, from which a suppressed count could be worked out,
    so it is not to be published.
    """
    status = "final" if card.is_final else "draft"
    size = f"{format_count(len(card.rows), 'indicator')}; {_count_rows(_select_own(card.sources))}"
    yield Line.of(f"{card.span}, {status}: {size}", indent=_INDENT)
    counts = (f"{number} {rating.label}" for rating, number in card.counts.items())
    yield Line.of(", ".join(counts), indent=_INDENT)
    yield Line.of(f"Exceptions: {len(card.exceptions)}")
    for row, _ in card.exceptions:
        yield Line.of(f"{row.verdict.label}: {row.title}", lead=f"  {row.number:>4}  ")
    yield Line.of(f"Due and missing: {len(card.missing)}")
    *papers, manifest = done.written
    yield Line.of(f"Written to {manifest.parent.as_posix()}:")
    yield from (Line.of(names, lead="  ") for names in _join_names(papers))
    if done.removed:
        yield Line.of("No longer in the catalogue's 'papers', so removed:")
    for path in done.removed:
        yield Line.of(path.as_posix(), lead="  ")
    for number, sentence in enumerate(differences):
        if number == 0:
            yield Line.of("Final papers were replaced:")
        yield Line.of(sentence, lead="  ")
    yield Line.of(f"For the office, not for publication: {manifest.name}")


def _join_names(paths: Iterable[Path]) -> Iterator[str]:
    """The files of each name in one phrase: `index-2020-11.xlsx, .csv`."""
    endings: dict[str, list[str]] = {}
    for path in paths:
        stem, dot, ending = path.name.partition(".")
        endings.setdefault(stem, []).append(dot + ending)
    yield from (f"{stem}{', '.join(each)}" for stem, each in endings.items())


def format_messages(
    messages: Sequence[Message], folder: Path, nothing: str, done: Replacement
) -> Iterator[Line]:
    """Yield which messages were written, or the sentence for none, and what of a former run went.

    No address is printed.
    """
    if messages:
        span = messages[0].dues.span
        yield Line.of(f"Written to {folder.as_posix()}, for the papers of {span}:")
    else:
        yield Line.of(nothing)
    for each in messages:
        yield Line.of(f"{each.name}.txt, .md, .xlsx: {each.owner}", lead="  ")
    if done.removed:
        yield Line.of("Of a former run, so removed:")
    yield from (Line.of(names, lead="  ") for names in _join_names(done.removed))


def format_kinds(warnings: Sequence[Issue], command: str) -> Iterator[Line]:
    """Yield how many warnings there are of each kind, and what they are about.

    `command` prints them one by one.
    """
    yield Line.of(f"{format_count(len(warnings), 'warning')} (`{command}` lists them all):")
    for code, (one, several) in {**WARNING_WORDS, "": _OTHERS}.items():
        found = [each for each in warnings if _choose_kind(each) == code]
        if found:
            words = f"{len(found)} {one if len(found) == 1 else several}"
            yield Line.of(f"{words} ({_list_subjects(found)})", lead="  ", indent=_INDENT)


def _choose_kind(issue: Issue) -> str:
    """The code of a warning where it has words of its own, or else an empty text."""
    return issue.code if issue.code in WARNING_WORDS else ""


def _list_subjects(issues: Sequence[Issue]) -> str:
    """The numbers of the indicators that issues are about, or their files where they name none."""
    numbers = tuple(dict.fromkeys(each.indicator for each in issues))
    if all(numbers) and issues[0].code not in OF_FILES:
        return f"no. {_join_most(numbers)}"
    return _join_most(tuple(dict.fromkeys(each.place.file for each in issues)))


def _join_most(labels: Sequence[str]) -> str:
    rest = len(labels) - _MOST_LABELS
    return join_labels([*labels[:_MOST_LABELS], *([f"{rest} more"] if rest > 0 else [])])


def format_check(inputs: Inputs, data: Path | None, warnings: int) -> Iterator[Line]:
    """Yield how much of the catalogue, and of the extracts in `data`, was read without a fault."""
    indicators = len(inputs.catalogue.indicators)
    found = f"no faults, {format_count(warnings, 'warning')}"
    yield Line.of(f"{inputs.file}: {format_count(indicators, 'indicator')}, {found}")
    yield from format_other_years(inputs)
    if data is None:
        yield Line.of("No extracts were checked; to check them too, add --data data")
    else:
        yield Line.of(f"{data.as_posix()}: {_count_rows(_select_own(inputs.sources))}")
        yield from _format_need_to_migrate(inputs)


def format_other_years(inputs: Inputs) -> Iterator[Line]:
    """A line on the extracts of earlier years, and one on those that are not read, if any are.

    Where they are many, it names the first and the last, so that a year written wrongly is seen.
    """
    earlier = [Path(each.path) for each in inputs.earlier.sources]
    if earlier:
        used = format_count(sum(each.used for each in inputs.earlier.sources), "row")
        kind = "of an earlier year" if len(earlier) == 1 else "of earlier years"
        line = f"{_count_files(earlier)} {kind} ({_join_files(earlier)}): {used} used"
        if others := inputs.earlier.history.passed_over:
            line += f", {others} passed over, of no indicator, with another title or not fitting it"
        yield Line.of(line)
    if inputs.set_aside:
        kind = "of another year" if len(inputs.set_aside) == 1 else "of other years"
        kind += f" than {inputs.catalogue.financial_year}, not read"
        yield Line.of(f"{_count_files(inputs.set_aside)} {kind}: {_join_files(inputs.set_aside)}")


def _count_files(paths: Sequence[Path]) -> str:
    return f"{paths[0].parent.as_posix()}: {format_count(len(paths), 'extract')}"


def _join_files(paths: Sequence[Path]) -> str:
    names = sorted(path.name for path in paths)
    return join_labels(names) if len(names) <= _FEW_FILES else f"{names[0]} to {names[-1]}"


def format_failure(issues: Sequence[Issue]) -> Line:
    """The last line of a check that fails: how many errors and warnings it has printed."""
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    counts = [format_count(errors, "error")]
    if warnings := len(issues) - errors:
        counts.append(format_count(warnings, "warning"))
    return Line.of(f"The check fails: {join_labels(counts)}")


def format_explanation(explanation: Explanation) -> Iterator[Line]:
    """Yield why an indicator has its rating, each section that has sentences below its heading."""
    for text in (explanation.title, explanation.subtitle, "", explanation.reason):
        yield Line.of(text)
    for heading, sentences in explanation.sections:
        if sentences:
            yield Line.of("")
            yield Line.of(heading)
        for sentence in sentences:
            yield Line.of(str(sentence), lead="  ")


def _format_need_to_migrate(inputs: Inputs) -> Iterator[Line]:
    """A line where an earlier version, which rounded to whole numbers, rated a figure otherwise."""
    from merton_kpi.migration.plan import list_rated_otherwise

    numbers = list_rated_otherwise(inputs)
    if numbers:
        words = f"Rated as written, without 'decimals': {', '.join(numbers)}. An earlier version "
        words += "rounded these to whole numbers, with other ratings; to keep those, run: "
        yield Line.of(f"{words}kpi migrate")


def _select_own(sources: Sequence[SourceFile]) -> list[SourceFile]:
    """The extracts of the catalogue's year, without the catalogue."""
    return [each for each in sources[1:] if not each.is_earlier]


def _count_rows(extracts: Sequence[SourceFile]) -> str:
    """How much was read: `7 rows in 2 extracts, all used`, or `6 used, 1 not filled in`.

    Rows of another year than the catalogue's are counted too: `5 used, 2 of another year`.
    """
    rows, used = sum(each.rows for each in extracts), sum(each.used for each in extracts)
    others = sum(each.of_other_years for each in extracts)
    parts = [f"{used} used" if used < rows else "all used"]
    if others:
        parts.append(f"{others} of another year")
    if empty := rows - used - others:
        parts.append(f"{empty} not filled in")
    counted = f"{format_count(rows, 'row')} in {format_count(len(extracts), 'extract')}"
    return ", ".join([counted, *parts])
