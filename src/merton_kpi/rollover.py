"""The catalogue's text to next year's: each change of a plan as an edit, all else as it stands."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.catalogue import read_catalogue
from merton_kpi.issues import Issue, Place
from merton_kpi.yamledit import (
    Edit,
    add_first_pair,
    add_pair,
    apply_edits,
    compose,
    empty_list,
    find_pair,
    is_flow,
    put_comments_above,
    remove_items,
    remove_pair,
    replace_value,
    source_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    import yaml

    from merton_kpi.entries import Outturn
    from merton_kpi.newyear import Change, NewYear, Shift
    from merton_kpi.periods import Month
    from merton_kpi.targets import Target
    from merton_kpi.yamledit import Pair

_A_LINE = 6  # months; they stand together like two halves of a year


@dataclass(frozen=True, kw_only=True)
class _Comment:
    """Words for a line above a position."""

    position: int
    words: str


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """An indicator's node; `brackets` is where the outermost brackets around it begin, if any."""

    node: yaml.Node
    brackets: int | None

    def find(self, key: str) -> Pair:
        pair = find_pair(self.node, key)
        assert pair is not None
        return pair

    def comment(self, key: str, words: str) -> _Comment:
        """A comment above a key of the entry, or above all the brackets that it stands in."""
        if self.brackets is None:
            return _Comment(position=self.find(key)[0].start_mark.index, words=words)
        number = self.find("number")[1].value
        return _Comment(position=self.brackets, words=f"indicator {number}, {key}: {words}")


def roll_over(text: str, plan: NewYear, file: str) -> tuple[str, tuple[Issue, ...]]:
    """The text of next year's catalogue, and every fault found in reading it again.

    `text` is the one that the plan was made from; `file` names the new one in the faults.
    """
    try:
        rolled = _edit(text, plan)
    except ValueError as error:
        return text, (_fault(file, f"its text cannot be made from this one: {error}"),)
    catalogue, issues = read_catalogue(rolled, file)
    if catalogue is None:
        message = "it would have these faults, so it is not written; mend the catalogue it is from"
        issues = (*issues, _fault(file, message))
    else:
        expected = [each.indicator.number for each in plan.changes]
        is_whole = [each.number for each in catalogue.indicators] == expected
        if not is_whole or catalogue.financial_year != plan.year:
            issues = (_fault(file, "it would not have the right indicators, so it is not written"),)
    return rolled, issues


def encode_like(text: str, content: bytes) -> bytes:
    """A text as bytes, with the line ends and the byte order mark of another file."""
    if b"\r\n" in content:
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8")


def _fault(file: str, message: str) -> Issue:
    return Issue(code="not_rolled_over", place=Place(file=file), message=message)


def _edit(text: str, plan: NewYear) -> str:
    root = compose(text)
    year = find_pair(root, "financial_year")
    assert year is not None
    shown = source_of(text, year[1]).replace(str(plan.closing), str(plan.year))  # quotes and all
    changes: list[Edit | _Comment] = [replace_value(text, year, shown)]
    changes += _edit_meetings(text, root, plan)
    changes += _drop_closed(text, root, plan)
    entries = _find_entries(root)
    for change in plan.changes:
        changes += _edit_entry(text, entries[change.indicator.number], change)
    return apply_edits(text, _write_comments(text, changes, plan))


def _write_comments(text: str, changes: Iterable[Edit | _Comment], plan: NewYear) -> Iterator[Edit]:
    """Each edit, and one for all the comments of a place; those of the year before go."""
    comments: dict[int, list[str]] = {}
    for each in changes:
        if isinstance(each, Edit):
            yield each
        else:
            comments.setdefault(each.position, []).append(f"For {plan.year}: {each.words}.")
    for position, lines in comments.items():
        yield put_comments_above(text, position, lines, f"For {plan.closing}: ")


def _find_entries(root: yaml.Node) -> dict[str, _Entry]:
    found = {}
    for way in _walk(root):
        brackets = next((node.start_mark.index for node in way if is_flow(node)), None)
        number = find_pair(way[-1], "number")
        assert number is not None
        found[number[1].value] = _Entry(node=way[-1], brackets=brackets)
    return found


def _walk(root: yaml.Node) -> Iterator[tuple[yaml.Node, ...]]:
    """The way to each indicator: the nodes from the root down to its own."""
    sections = find_pair(root, "sections")
    assert sections is not None
    for section in sections[1].value:
        indicators = find_pair(section, "indicators")
        assert indicators is not None
        for node in indicators[1].value:
            yield root, sections[1], section, indicators[1], node


def _edit_meetings(text: str, root: yaml.Node, plan: NewYear) -> Iterator[Edit | _Comment]:
    meetings = find_pair(root, "meetings")
    if meetings is None or not meetings[1].value:
        return
    gone = [at for at in range(len(meetings[1].value)) if at not in plan.meetings]
    if plan.meetings:
        yield from remove_items(text, meetings[1], gone)
        return
    at = root.start_mark.index if is_flow(root) else meetings[0].start_mark.index
    yield _Comment(position=at, words="add the panel's meetings, each with its date and data_to")
    yield empty_list(text, meetings)


def _drop_closed(text: str, root: yaml.Node, plan: NewYear) -> Iterator[Edit]:
    """Take out the closed indicators, and a section that has no other."""
    closed = {each.number for each in plan.closed}
    places: dict[int, list[int]] = {}
    sections = find_pair(root, "sections")
    assert sections is not None
    for place, section in enumerate(sections[1].value):
        indicators = find_pair(section, "indicators")
        assert indicators is not None
        numbers = [find_pair(node, "number") for node in indicators[1].value]
        gone = [at for at, pair in enumerate(numbers) if pair and pair[1].value in closed]
        if len(gone) == len(numbers):
            places[place] = gone
        else:
            yield from remove_items(text, indicators[1], gone)
    yield from remove_items(text, sections[1], places)


def _edit_entry(text: str, entry: _Entry, change: Change) -> Iterator[Edit | _Comment]:
    for key, words in change.reviews.items():
        yield entry.comment(key, words)
    if change.target:
        yield replace_value(text, entry.find("target"), _show_target(change.target))
    pair = find_pair(entry.node, "outturns")
    if pair and pair[1].value:
        yield from _edit_outturns(text, entry, pair, change)
    else:
        yield from _begin_outturns(text, entry, pair, change)
    yield from _edit_months(text, entry, change)
    yield from _edit_links(text, entry, change)


def _begin_outturns(
    text: str, entry: _Entry, pair: Pair | None, change: Change
) -> Iterator[Edit | _Comment]:
    """The first outturns of an indicator."""
    shown = _show_keys({str(each.year): _show_outturn(each.outturn) for each in change.shifts})
    doubts = _tell_doubts(change.shifts)
    if pair:
        yield replace_value(text, pair, shown)
        if doubts:
            yield entry.comment("outturns", doubts)
        return
    comment = f"  # {doubts}" if doubts and entry.brackets is None else ""
    yield add_pair(text, entry.node, entry.find("target"), f"outturns: {shown}{comment}")
    if doubts and not comment:
        yield entry.comment("outturns", doubts)


def _edit_outturns(
    text: str, entry: _Entry, pair: Pair, change: Change
) -> Iterator[Edit | _Comment]:
    outturns = pair[1]
    written = {key.value: (key, value) for key, value in outturns.value}
    new = [each for each in change.shifts if not each.is_given]
    in_brackets = is_flow(outturns)
    if in_brackets and (doubts := _tell_doubts(new)):
        yield entry.comment("outturns", doubts)
    is_latest_first = outturns.value[0][0].value >= outturns.value[-1][0].value
    for shift in reversed(new) if is_latest_first else new:
        year, shown = str(shift.year), _show_outturn(shift.outturn)
        if year in written:
            yield replace_value(text, written[year], shown)
            if shift.doubt and not in_brackets:
                at = written[year][0].start_mark.index
                yield _Comment(position=at, words=shift.doubt)
            continue
        comment = f"  # {shift.doubt}" if shift.doubt and not in_brackets else ""
        if is_latest_first:
            yield add_first_pair(text, outturns, f"{year}: {shown}{comment}")
        else:
            yield add_pair(text, outturns, outturns.value[-1], f"{year}: {shown}{comment}")
    for each, outturn in change.suppressed.items():
        if each != change.outdated:
            yield replace_value(text, written[str(each)], _show_outturn(outturn))
    if change.outdated:
        yield remove_pair(text, outturns, written[str(change.outdated)])


def _tell_doubts(shifts: Iterable[Shift]) -> str:
    return "; ".join(f"{each.year}: {each.doubt}" for each in shifts if each.doubt)


def _edit_months(text: str, entry: _Entry, change: Change) -> Iterator[Edit]:
    pair = find_pair(entry.node, "earlier_months")
    shown = _show_months(change.earlier_months, entry.node.start_mark.column)
    if pair is not None:
        yield replace_value(text, pair, shown)
    elif change.earlier_months:
        after = find_pair(entry.node, "outturns") or entry.find("target")
        yield add_pair(text, entry.node, after, f"earlier_months: {shown}")


def _edit_links(text: str, entry: _Entry, change: Change) -> Iterator[Edit]:
    gone = []
    if change.linked is not None:
        pair = entry.find("linked")
        if change.linked:
            written = {node.value: source_of(text, node) for node in pair[1].value}
            shown = (written.get(number, json.dumps(number)) for number in change.linked)
            yield replace_value(text, pair, f"[{', '.join(shown)}]")
        else:
            gone.append(pair)
    if change.rate_of is not None:
        pair = entry.find("rate_of")
        count = find_pair(pair[1], "count")
        assert count is not None
        if change.rate_of:
            yield replace_value(text, count, json.dumps(change.rate_of))
        else:
            gone.append(pair)
    for pair in gone:
        yield remove_pair(text, entry.node, pair)


def _show_outturn(outturn: Outturn) -> str:
    """An outturn as it is written: a bare figure, or its keys in brackets."""
    facts = {
        "value": None if outturn.value is None else f"{outturn.value:f}",
        "status": outturn.status and outturn.status.value,
        "source": outturn.source and _show_text(outturn.source),
        "period": outturn.period and _show_text(outturn.period),
    }
    given = {key: fact for key, fact in facts.items() if fact is not None}
    if list(given) == ["value"]:
        return given["value"]
    return _show_keys(given)


def _show_target(target: Target) -> str:
    given = {}
    for key in ("at_least", "at_most", "above", "below"):
        figure = getattr(target, key)
        if figure is not None:
            given[key] = f"{figure:f}"
    if target.between:
        given["between"] = f"[{', '.join(f'{end:f}' for end in target.between)}]"
    if target.no_worse_than:
        given["no_worse_than"] = target.no_worse_than.value
    if target.years:
        given["years"] = str(target.years)
    if target.profile:
        given["profile"] = target.profile.value
    if target.milestones:
        path = {str(month): f"{figure:f}" for month, figure in target.milestones.items()}
        given["milestones"] = _show_keys(path)
    return _show_keys(given)


def _show_months(figures: Mapping[Month, Decimal], column: int) -> str:
    """The months in brackets, half a year on a line."""
    shown = [f"{month}: {figure:f}" for month, figure in figures.items()]
    lines = [", ".join(shown[at : at + _A_LINE]) for at in range(0, len(shown), _A_LINE)]
    return "{" + (",\n" + " " * (column + 2)).join(lines) + "}"


def _show_keys(given: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {words}" for key, words in given.items()) + "}"


def _show_text(words: str) -> str:
    """Words as they are where nothing in them could be taken for more, else in quotes."""
    is_plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 /]*", words)
    return words if is_plain else json.dumps(words, ensure_ascii=False)
