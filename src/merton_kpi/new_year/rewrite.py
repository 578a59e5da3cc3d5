"""Next year's catalogue as text: this year's text with an edit for each change of the plan."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from merton_kpi.catalogue.editing.yaml_edit import (
    add_comments_above,
    add_first_pair,
    add_pair,
    apply_edits,
    pair_of,
    read_nodes,
    remove_items,
    remove_pair,
    replace_value,
)
from merton_kpi.catalogue.fields import Entry
from merton_kpi.core.issues import Issue, Place
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.new_year.links import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

    from merton_kpi.catalogue.editing.yaml_edit import Edit, Pair
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.new_year.plan import YearPlan

_MONTHS_A_LINE = 6  # a year's figures take two lines of about 100 characters
# Words such as `November 2020`, `to Q2` or `not_a_target_measure`, which YAML reads as text
# without quotes.
_PLAIN_TEXT = re.compile(r"[A-Za-z]+[0-9 /][A-Za-z0-9 /]*|[a-z]+(?:_[a-z]+)+")


def rewrite_catalogue(text: str, plan: YearPlan, file: str) -> tuple[str | None, tuple[Issue, ...]]:
    """Rewrite this year's catalogue as next year's, and check the result by reading it.

    Args:
        text: the catalogue that the plan was made from.
        plan: the changes.
        file: the new catalogue's name, for the issues.

    Returns:
        The new text, and the issues found in it; None where it does not mean what was planned.
    """
    text = re.sub(rf"(?m)^ *# For {plan.closing}: .*\n", "", text)
    old, _ = read_catalogue(text, file)
    assert old is not None
    new_text = apply_edits(text, _list_edits(text, old, plan))
    new, issues = read_catalogue(new_text, file)
    misread = tuple(_check_meaning(new, plan, file)) if new else ()
    return (None, misread) if misread else (new_text, issues)


def _check_meaning(catalogue: Catalogue, plan: YearPlan, file: str) -> Iterator[Issue]:
    """An issue for each indicator that is not as planned."""
    read = {each.number: each for each in catalogue.indicators}
    for change in plan.indicators:
        number = change.new.number
        if read.get(number) != change.new:
            message = (
                f"indicator {number} cannot be rewritten in this layout, so nothing was written"
            )
            message += "; put each of its keys on its own line, without brackets around them"
            yield Issue(code="not_rolled_over", place=Place(file=file), message=message)
    assert read.keys() <= {change.new.number for change in plan.indicators}
    assert catalogue.financial_year == plan.year


def _list_edits(text: str, old: Catalogue, plan: YearPlan) -> Iterator[Edit]:
    root = read_nodes(text)
    yield replace_value(text, _require_pair(root, "financial_year"), str(plan.year))
    yield from _list_meeting_edits(text, root, plan)
    yield from _list_section_edits(text, _require_pair(root, "sections")[1], old, plan)


def _list_meeting_edits(text: str, root: yaml.Node, plan: YearPlan) -> Iterator[Edit]:
    """Remove the meetings that are not kept, or the whole list where none is."""
    meetings = pair_of(root, "meetings")
    if meetings and plan.kept_meetings:
        places = set(range(len(meetings[1].value)))
        yield from remove_items(text, meetings[1], places.difference(plan.kept_meetings))
    elif meetings:
        comment = "add the panel's meetings, each with its date and data_to"
        key = _require_pair(root, "financial_year")[0]
        yield _add_review_comments(text, key, plan.year, comment)
        yield remove_pair(text, root, meetings)


def _list_section_edits(
    text: str, sections: yaml.Node, old: Catalogue, plan: YearPlan
) -> Iterator[Edit]:
    """Remove dropped indicators, and sections that have no others; edit those that continue."""
    written = {each.number: each for each in old.indicators}
    changes = {each.new.number: each for each in plan.indicators}
    empty = []
    for place, section in enumerate(sections.value):
        indicators = _require_pair(section, "indicators")[1]
        numbers = [_require_pair(node, "number")[1].value for node in indicators.value]
        dropped = [at for at, number in enumerate(numbers) if number not in changes]
        if len(dropped) == len(numbers):
            empty.append(place)
            continue
        yield from remove_items(text, indicators, dropped)
        for number, node in zip(numbers, indicators.value, strict=True):
            if number in changes:
                comments = changes[number].review_comments
                yield _add_review_comments(text, node, plan.year, *comments)
                yield from _list_indicator_edits(text, node, written[number], changes[number].new)
    yield from remove_items(text, sections, empty)


def _require_pair(mapping: yaml.Node, key: str) -> Pair:
    """The pair of a key that every sound catalogue has."""
    pair = pair_of(mapping, key)
    assert pair is not None
    return pair


def _add_review_comments(text: str, node: yaml.Node, year: FinancialYear, *comments: str) -> Edit:
    """Add comments above the line on which a node begins."""
    lines = [f"For {year}: {each}." for each in comments]
    return add_comments_above(text, node.start_mark.index, lines)


def _list_indicator_edits(
    text: str, node: yaml.Node, old: Indicator, new: Indicator
) -> Iterator[Edit]:
    """Change an indicator's keys; `old` is as written, without the suppression of its figures."""
    for key in ("first_due", "target", "polarity", *LINKS):
        value = getattr(new, key)
        if value != getattr(old, key):
            pair = pair_of(node, key)
            if pair is None:
                new_pair = f"{key}: {_format_value(value)}"
                yield add_pair(text, node, _require_pair(node, "target"), new_pair)
            elif value:
                yield replace_value(text, pair, _format_value(value))
            else:
                yield remove_pair(text, node, pair)
    yield from _list_outturn_edits(text, node, old, new)
    earlier_months = pair_of(node, "earlier_months")
    figures = _format_months(new.earlier_months, node.start_mark.column)
    if earlier_months:
        yield replace_value(text, earlier_months, figures)
    elif new.earlier_months:
        after = pair_of(node, "outturns") or _require_pair(node, "target")
        yield add_pair(text, node, after, f"earlier_months: {figures}")


def _list_outturn_edits(
    text: str, node: yaml.Node, old: Indicator, new: Indicator
) -> Iterator[Edit]:
    """Add, change and remove outturns; a new one goes where the written order has the latest."""
    pair = pair_of(node, "outturns")
    if pair is None:
        target = _require_pair(node, "target")
        yield add_pair(text, node, target, f"outturns: {_format_value(new.outturns)}")
        return
    if not old.outturns.keys() & new.outturns.keys():
        yield replace_value(text, pair, _format_value(new.outturns))
        return
    outturns = pair[1]
    years = list(old.outturns)
    is_latest_first = years[0] >= years[-1]
    for year in sorted(new.outturns.keys() - set(years), reverse=is_latest_first):
        line = f"{year}: {_format_value(new.outturns[year])}"
        if is_latest_first:
            yield add_first_pair(text, outturns, line)
        else:
            yield add_pair(text, outturns, outturns.value[-1], line)
    for year, written in zip(years, outturns.value, strict=True):
        if year not in new.outturns:
            yield remove_pair(text, outturns, written)
        elif new.outturns[year] != old.outturns[year]:
            yield replace_value(text, written, _format_value(new.outturns[year]))


def _format_months(figures: Mapping[Month, Decimal], column: int) -> str:
    """The figures by month as a mapping in brackets, half a year on a line.

    `column` is the indent of the indicator's keys, counted from 0.
    """
    pairs = [f"{month}: {_format_value(figure)}" for month, figure in figures.items()]
    starts = range(0, len(pairs), _MONTHS_A_LINE)
    lines = [", ".join(pairs[start : start + _MONTHS_A_LINE]) for start in starts]
    return "{" + (",\n" + " " * (column + 2)).join(lines) + "}"


def _format_value(value: object) -> str:
    """A value of the catalogue in YAML, on one line.

    An entry is written without the fields that have their default, and an outturn that has a value
    alone as that number.
    """
    if isinstance(value, Entry):
        fields = {
            field.alias or name: getattr(value, name)
            for name, field in type(value).model_fields.items()
            if getattr(value, name) != field.default
        }
        return _format_value(fields["value"] if list(fields) == ["value"] else fields)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_format_value(each)}" for key, each in value.items()) + "}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_format_value, value))}]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Enum):
        return str(value.value)
    is_plain = isinstance(value, str) and _PLAIN_TEXT.fullmatch(value)
    return str(value) if is_plain else json.dumps(value, ensure_ascii=False)
