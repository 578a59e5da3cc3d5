"""The catalogue's text to next year's: each change of a plan as an edit, all else as it stands."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from merton_kpi.catalogue.fields import Entry
from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.loading import read_catalogue
from merton_kpi.new_year.yaml_edit import (
    add_first_pair,
    add_pair,
    apply_edits,
    compose,
    find_pair,
    put_comments_above,
    remove_items,
    remove_pair,
    replace_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

    from merton_kpi.catalogue.models import Catalogue, Indicator
    from merton_kpi.core.issues import Issue
    from merton_kpi.core.periods import Month
    from merton_kpi.new_year.plan import IndicatorPlan, YearPlan
    from merton_kpi.new_year.yaml_edit import Edit, Pair

_A_LINE = 6  # months; they stand together like two halves of a year


def rewrite_catalogue(text: str, plan: YearPlan, file: str) -> tuple[str, tuple[Issue, ...]]:
    """The text of next year's catalogue, and every fault found in reading it again.

    `text` is the one that the plan was made from; `file` names the new one in the faults. Raises
    BuildStoppedError where the text would not say what was planned.
    """
    text = re.sub(rf"(?m)^ *# For {plan.closing}: .*\n", "", text)
    written, _ = read_catalogue(text, file)
    assert written is not None
    rolled = apply_edits(text, _list_edits(text, written, plan))
    catalogue, issues = read_catalogue(rolled, file)
    if catalogue is not None:
        _check_meaning(catalogue, plan, file)
    return rolled, issues


def _check_meaning(catalogue: Catalogue, plan: YearPlan, file: str) -> None:
    found = {each.number: vars(each) for each in catalogue.indicators}
    for change in plan.changes:
        if found.pop(change.now.number, None) != vars(change.now):
            message = f"indicator {change.now.number} would not be as planned, so it is not written"
            message += "; set it out in lines of its own, without brackets around it"
            raise BuildStoppedError.at(file, "not_rolled_over", message)
    assert not found
    assert catalogue.financial_year == plan.year


def encode_like(text: str, content: bytes) -> bytes:
    """A text as bytes, with the line ends and the byte order mark of another file."""
    if b"\r\n" in content:
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8")


def _list_edits(text: str, written: Catalogue, plan: YearPlan) -> Iterator[Edit]:
    root = compose(text)
    yield replace_value(text, _find(root, "financial_year"), str(plan.year))
    yield from _edit_meetings(text, root, plan)
    yield from _edit_sections(text, _find(root, "sections")[1], written, plan)


def _edit_meetings(text: str, root: yaml.Node, plan: YearPlan) -> Iterator[Edit]:
    meetings = find_pair(root, "meetings")
    if meetings and plan.meetings:
        places = set(range(len(meetings[1].value)))
        yield from remove_items(text, meetings[1], places.difference(plan.meetings))
    elif meetings:
        mark = "add the panel's meetings, each with its date and data_to"
        yield _mark(text, _find(root, "financial_year")[0], plan, mark)
        yield remove_pair(text, root, meetings)


def _edit_sections(
    text: str, sections: yaml.Node, written: Catalogue, plan: YearPlan
) -> Iterator[Edit]:
    """Take out the closed indicators, and a section that has no other; mark and edit the rest."""
    was = {each.number: each for each in written.indicators}
    changes = {each.now.number: each for each in plan.changes}
    empty = []
    for place, section in enumerate(sections.value):
        indicators = _find(section, "indicators")[1]
        numbers = [_find(node, "number")[1].value for node in indicators.value]
        closed = [at for at, number in enumerate(numbers) if number not in changes]
        if len(closed) == len(numbers):
            empty.append(place)
            continue
        yield from remove_items(text, indicators, closed)
        for number, node in zip(numbers, indicators.value, strict=True):
            if number in changes:
                yield _mark(text, node, plan, *changes[number].marks)
                yield from _edit_entry(text, node, was[number], changes[number])
    yield from remove_items(text, sections, empty)


def _find(mapping: yaml.Node, key: str) -> Pair:
    pair = find_pair(mapping, key)
    assert pair is not None
    return pair


def _mark(text: str, node: yaml.Node, plan: YearPlan, *words: str) -> Edit:
    """Comments above the line on which a node begins."""
    lines = [f"For {plan.year}: {each}." for each in words]
    return put_comments_above(text, node.start_mark.index, lines)


def _edit_entry(
    text: str, node: yaml.Node, was: Indicator, change: IndicatorPlan
) -> Iterator[Edit]:
    now = change.now
    for key in ("target", "linked", "rate_of"):
        new = getattr(now, key)
        if new != getattr(was, key):
            pair = _find(node, key)
            yield replace_value(text, pair, _show(new)) if new else remove_pair(text, node, pair)
    yield from _edit_outturns(text, node, was, now)
    months = find_pair(node, "earlier_months")
    shown = _show_months(now.earlier_months, node.start_mark.column)
    if months:
        yield replace_value(text, months, shown)
    elif now.earlier_months:
        after = find_pair(node, "outturns") or _find(node, "target")
        yield add_pair(text, node, after, f"earlier_months: {shown}")


def _edit_outturns(text: str, node: yaml.Node, was: Indicator, now: Indicator) -> Iterator[Edit]:
    pair = find_pair(node, "outturns")
    if pair is None:
        yield add_pair(text, node, _find(node, "target"), f"outturns: {_show(now.outturns)}")
        return
    if not was.outturns.keys() & now.outturns.keys():
        yield replace_value(text, pair, _show(now.outturns))
        return
    outturns = pair[1]
    years = list(was.outturns)
    is_latest_first = years[0] >= years[-1]
    for year in sorted(now.outturns.keys() - set(years), reverse=is_latest_first):
        new = f"{year}: {_show(now.outturns[year])}"
        if is_latest_first:
            yield add_first_pair(text, outturns, new)
        else:
            yield add_pair(text, outturns, outturns.value[-1], new)
    for year, written in zip(years, outturns.value, strict=True):
        if year not in now.outturns:
            yield remove_pair(text, outturns, written)
        elif now.outturns[year] != was.outturns[year]:
            yield replace_value(text, written, _show(now.outturns[year]))


def _show_months(figures: Mapping[Month, Decimal], column: int) -> str:
    """The months in brackets, half a year on a line."""
    shown = [f"{month}: {_show(figure)}" for month, figure in figures.items()]
    lines = [", ".join(shown[at : at + _A_LINE]) for at in range(0, len(shown), _A_LINE)]
    return "{" + (",\n" + " " * (column + 2)).join(lines) + "}"


def _show(value: object) -> str:
    """A value of the catalogue in YAML, on one line; an outturn that is a bare figure as one."""
    if isinstance(value, Entry):
        fields = type(value).model_fields.items()
        facts = {field.alias or name: getattr(value, name) for name, field in fields
                 if getattr(value, name) != field.default}  # fmt: skip
        return _show(facts["value"] if list(facts) == ["value"] else facts)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_show(each)}" for key, each in value.items()) + "}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_show, value))}]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    words = value.value if isinstance(value, Enum) else value
    # Nothing in these could be taken for more than words.
    is_plain = isinstance(value, Enum) or re.fullmatch(
        r"[A-Za-z]+[0-9 /][A-Za-z0-9 /]*", str(words)
    )
    return str(words) if is_plain else json.dumps(words, ensure_ascii=False)
