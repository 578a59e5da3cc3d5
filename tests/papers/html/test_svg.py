"""Charts as SVG: what a screen reader is given, where things are, and text as the words it is."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.periods import Month
from merton_kpi.core.text import UNWRITABLE
from merton_kpi.core.units import Unit
from merton_kpi.papers.html.svg.chart import format_chart
from merton_kpi.papers.html.svg.styles import format_chart_styles
from merton_kpi.scorecard.charts.axis import compose_axis
from merton_kpi.scorecard.charts.records import Chart, Line
from merton_kpi.scorecard.charts.styles import LineStyle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from merton_kpi.scorecard.records import Scorecard

GAP = None
MARCH = Month(2021, 3)
BENCHMARKS = LineStyle.list_benchmark_styles()


def make_chart(
    lines: Mapping[LineStyle, Sequence[str | None]],
    *,
    unit: Unit = Unit.PERCENT,
    words: str = "Any words",
    breaks: tuple[int, ...] = (),
) -> Chart:
    """A chart of the months up to March 2021 whose lines have these figures and names."""
    periods = max(map(len, lines.values()))
    drawn = tuple(
        Line(
            style=style,
            name=f"{words} {number}",
            figures=tuple(
                None if each is None else Decimal(each)
                for each in (*figures, *[None] * (periods - len(figures)))
            ),
        )
        for number, (style, figures) in enumerate(lines.items())
    )
    return Chart(
        number="1",
        short_number="1",
        indicator=words,
        title=f"1. {words}\nRed: {words}",
        finding=f"Finding: {words}",
        unit=unit,
        unit_label=unit.label,
        axis=compose_axis(
            unit, [each for line in drawn for each in line.figures if each is not None]
        ),
        periods=tuple(MARCH.add_months(each - periods + 1).label for each in range(periods)),
        lines=drawn,
        breaks=breaks,
    )


def parse(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(format_chart(chart, "chart-1"))


def list_texts(chart: Chart) -> list[str]:
    """The words that are drawn, from the top."""
    return [each.text or "" for each in parse(chart).iter("text")]


def select_line(chart: Chart, style: LineStyle) -> ElementTree.Element:
    """A line in the plot; its sample in the legend comes after all of these."""
    name = style.name.lower().replace("_", "-")
    line = parse(chart).find(f"g[@class='{name}']")
    assert line is not None
    return line


def list_parts(line: ElementTree.Element) -> list[int]:
    """How many points each unbroken part of a line has."""
    path, *_ = line
    return [part.count("L") + 1 for part in path.get("d", "").split("M")[1:]]


def count_markers(line: ElementTree.Element) -> int:
    return len(line) - 1


# --- what a screen reader is given ---


def test_it_is_one_image_named_by_its_title_and_described_by_its_finding() -> None:
    chart = make_chart({LineStyle.FIGURE: ["93"]})
    drawn = parse(chart)
    assert drawn.get("role") == "img"
    assert drawn.get("aria-labelledby") == "chart-1-title"
    assert drawn.get("aria-describedby") == "chart-1-description"
    title, description, *_ = drawn
    assert (title.tag, title.get("id")) == ("title", "chart-1-title")
    assert title.text == "1. Any words. Red: Any words"
    assert (description.tag, description.get("id")) == ("desc", "chart-1-description")
    assert description.text == chart.finding


def test_each_of_mertons_charts_says_what_the_workbooks_chart_says(november: Scorecard) -> None:
    assert november.charts
    for chart in november.charts:
        _, description, *_ = parse(chart)
        assert description.text == chart.finding


# --- the axes ---


def test_the_axis_of_figures_has_its_title_and_its_round_marks_in_the_unit() -> None:
    chart = make_chart({LineStyle.FIGURE: ["88", "96"]})
    assert list_texts(chart)[:8] == [
        "Per cent, axis from 86%",
        *("86%", "88%", "90%", "92%", "94%", "96%", "98%"),
    ]


def test_marks_of_hundreds_are_written_out() -> None:
    chart = make_chart({LineStyle.FIGURE: ["0", "900"]}, unit=Unit.POUNDS)
    assert list_texts(chart)[1:7] == ["£0", "£200", "£400", "£600", "£800", "£1,000"]


def test_a_mark_with_too_many_digits_for_the_room_is_pressed_together() -> None:
    marks = list(parse(make_chart({LineStyle.FIGURE: ["1" * 40]}, unit=Unit.NUMBER)).iter("text"))
    pressed = [each for each in marks if each.get("textLength")]
    assert pressed
    assert {each.get("textLength") for each in pressed} == {"150"}
    assert not any(each.get("textLength") for each in parse(make_long_chart(12)).iter("text"))


def test_the_last_period_has_a_label_and_as_many_others_as_have_room() -> None:
    drawn = parse(make_long_chart(12))
    labels = [each.text or "" for each in drawn.iter("text") if each.get("text-anchor") == "middle"]
    assert [" ".join(pair) for pair in zip(labels[::2], labels[1::2], strict=True)] == [
        *("May 2020", "Jul 2020", "Sep 2020", "Nov 2020", "Jan 2021", "Mar 2021"),
    ]


@pytest.mark.parametrize("periods", [1, 2, 4, 12, 24, 36, 100])
def test_labels_of_periods_do_not_touch(periods: int) -> None:
    drawn = parse(make_long_chart(periods))
    places = sorted(
        {
            Decimal(each.get("x", ""))
            for each in drawn.iter("text")
            if each.get("text-anchor") == "middle"
        }
    )
    half = 16  # of the width of `2020` in a wide typeface
    assert all(after - before > 2 * half for before, after in pairwise(places))
    assert places[0] >= half
    assert places[-1] <= 328 - half


def make_long_chart(periods: int) -> Chart:
    return make_chart({LineStyle.FIGURE: [str(50 + number % 40) for number in range(periods)]})


# --- the lines ---


def test_a_higher_figure_is_drawn_higher_and_a_later_one_further_right() -> None:
    path, *_ = select_line(make_chart({LineStyle.FIGURE: ["88", "96"]}), LineStyle.FIGURE)
    # The axis ends at 86% and 100%, 160 apart.
    first, last = path.get("d", "")[1:].split("L")
    (left, low), (right, high) = (map(Decimal, place.split()) for place in (first, last))
    assert left < right
    assert low - high == Decimal("91.4")


def test_a_month_without_a_figure_is_a_gap_in_the_line() -> None:
    chart = make_chart({LineStyle.FIGURE: ["93", "94", GAP, "88", "89", "90"]})
    assert list_parts(select_line(chart, LineStyle.FIGURE)) == [2, 3]


def test_a_figure_between_two_gaps_is_a_marker() -> None:
    chart = make_chart({LineStyle.FIGURE: [GAP, "94", GAP], LineStyle.TARGET_MINIMUM: [GAP, "90"]})
    for style in chart.lines:
        line = select_line(chart, style.style)
        assert (list_parts(line), count_markers(line)) == ([1], 1)


def test_lines_before_and_after_a_break_are_not_joined() -> None:
    chart = make_chart(
        {LineStyle.FIGURE: [GAP, GAP, "88", "89"], LineStyle.EARLIER_FIGURE: ["93", "94"]}
    )
    assert list_parts(select_line(chart, LineStyle.FIGURE)) == [2]
    earlier = select_line(chart, LineStyle.EARLIER_FIGURE)
    assert list_parts(earlier) == [2]
    assert earlier[0].get("stroke-dasharray")


def test_the_councils_line_has_a_marker_at_each_figure_and_others_at_their_ends() -> None:
    chart = make_chart(
        {LineStyle.FIGURE: ["93", "94", "95", "96"], LineStyle.TARGET_MINIMUM: ["90"] * 4}
    )
    assert count_markers(select_line(chart, LineStyle.FIGURE)) == 4
    assert count_markers(select_line(chart, LineStyle.TARGET_MINIMUM)) == 2


def test_without_colour_any_two_lines_differ_in_dash_or_marker() -> None:
    chart = make_chart({style: ["90", "91"] for style in LineStyle})
    looks = set()
    for style in LineStyle:
        paths = list(select_line(chart, style))
        lines = [each.get("stroke-dasharray", "solid") for each in paths if each.get("fill")]
        looks.add((*lines, *{each.get("d") for each in paths if each.get("transform")}))
    assert len(looks) == len(LineStyle)


def test_the_councils_own_line_is_above_all_others_but_for_what_marks_its_figures() -> None:
    chart = make_chart({style: ["90"] for style in LineStyle})
    plot = [each.get("class") for each in parse(chart).findall("g")][: len(LineStyle)]
    assert plot[-3:] == ["earlier-figure", "figure", "flagged"]


def test_figures_outside_their_usual_pattern_are_marked_and_not_joined() -> None:
    chart = make_chart({LineStyle.FLAGGED: ["90", "91", GAP, "92"]})
    marks = list(select_line(chart, LineStyle.FLAGGED))
    assert len(marks) == 3
    assert all(each.get("transform") for each in marks)


def test_the_usual_range_has_no_markers() -> None:
    chart = make_chart({LineStyle.AVERAGE: ["90", "91"]})
    assert count_markers(select_line(chart, LineStyle.AVERAGE)) == 0


@pytest.mark.parametrize(("periods", "is_smaller"), [(12, False), (36, True)])
def test_markers_are_smaller_where_neighbours_would_touch(
    periods: int, *, is_smaller: bool
) -> None:
    _, *markers = select_line(make_long_chart(periods), LineStyle.FIGURE)
    assert {"scale" in each.get("transform", "") for each in markers} == {is_smaller}


# --- breaks ---


def test_a_break_is_a_labelled_line_between_two_periods() -> None:
    chart = make_chart({LineStyle.FIGURE: ["90", "91", "92", "93"]}, breaks=(2,))
    (line,) = list_break_lines(chart)
    across = Decimal(line[1:].split()[0])
    path, *_ = select_line(chart, LineStyle.FIGURE)
    _, before, after, _ = (Decimal(each.split()[0]) for each in path.get("d", "")[1:].split("L"))
    assert before < across < after
    assert list_texts(chart).count("Break") == 1


def test_a_label_that_would_touch_the_one_before_is_left_out() -> None:
    figures = {LineStyle.FIGURE: [str(50 + number % 40) for number in range(36)]}
    chart = make_chart(figures, breaks=(4, 6, 30, 35))
    assert len(list_break_lines(chart)) == 4
    assert list_texts(chart).count("Break") == 2
    check_places(chart)


def list_break_lines(chart: Chart) -> list[str]:
    """The lines at the breaks in the series."""
    return [each.get("d", "") for each in parse(chart).findall("path[@stroke-dasharray]")]


# --- the legend ---


def test_the_legend_names_each_line_beside_a_piece_of_it() -> None:
    chart = make_chart({style: ["90"] for style in LineStyle})
    assert list_texts(chart)[-len(LineStyle) :] == [line.name for line in chart.lines]
    samples = [each.get("class") for each in parse(chart).findall("g")][len(LineStyle) :]
    assert samples == [style.name.lower().replace("_", "-") for style in LineStyle]


def test_the_legend_leaves_out_a_line_whose_look_has_a_name() -> None:
    chart = make_chart({LineStyle.FIGURE: ["90"], LineStyle.AVERAGE: ["91"]})
    first, second = chart.lines
    chart = replace(chart, lines=(first, replace(second, style=first.style)))
    assert list_texts(chart)[-1] == first.name


def test_a_long_name_is_wrapped_at_its_spaces() -> None:
    words = "Statistical neighbours of the south of England and Wales"
    assert list_texts(make_chart({LineStyle.FIGURE: ["90"]}, words=words))[-2:] == [
        "Statistical neighbours of the south of",
        "England and Wales 0",
    ]


@pytest.mark.parametrize("words", ["W" * 60, "two words " * 6, "مؤشر الأداء", "£", "家" * 60])
def test_everything_has_its_place_inside_the_picture(words: str) -> None:
    lines = {style: ["-5", "90", GAP, "1234567"] for style in LineStyle}
    check_places(make_chart(lines, unit=Unit.of(words[:40]), words=words))


def test_everything_of_mertons_charts_has_its_place_inside_the_picture(november: Scorecard) -> None:
    for chart in november.charts:
        check_places(chart)


def check_places(chart: Chart) -> None:
    """Nothing is outside the picture, and no two lines of text of the legend are in one place."""
    drawn = parse(chart)
    _, _, width, height = map(Decimal, drawn.get("viewBox", "").split())
    for across, down in list_places(drawn):
        assert 0 <= across <= width
        assert 0 <= down <= height
    places = [(each.get("x"), each.get("y")) for each in drawn.iter("text")]
    assert len(set(places)) == len(places)


def list_places(drawn: ElementTree.Element) -> Iterator[tuple[Decimal, Decimal]]:
    for each in drawn.iter():
        if each.tag == "text":
            yield Decimal(each.get("x", "")), Decimal(each.get("y", ""))
        elif each.tag == "path":
            moved = re.findall(r"\(([0-9.]+) ([0-9.]+)\)", each.get("transform", ""))
            for across, down in moved or re.findall(r"[ML](\S+?) ([\d.]+)", each.get("d", "")):
                yield Decimal(across), Decimal(down)


# --- text as the words it is ---


@given(words=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1))
def test_random_text_is_the_words_it_is(words: str) -> None:
    chart = make_chart({LineStyle.FIGURE: ["90"]}, words=words)
    title, description, *_ = drawn = parse(chart)
    readable = UNWRITABLE.sub("\ufffd", words)
    assert description.text == f"Finding: {readable}"
    assert title.text is not None
    assert title.text.endswith(f" Red: {readable}")
    names = "".join(list_texts(chart)[-len(readable) - 9 :])
    assert names.replace(" ", "").endswith("".join(f"{readable}0".split()))
    assert {each.tag for each in drawn.iter()} == {"svg", "title", "desc", "g", "path", "text"}
    names_of_attributes = {name for each in drawn.iter() for name in each.attrib}
    assert not any(name.startswith(("on", "style", "href")) for name in names_of_attributes)


def test_markup_in_a_name_is_text() -> None:
    chart = make_chart({LineStyle.FIGURE: ["90"]}, words='"><script>alert(1)</script>')
    assert "<script" not in format_chart(chart, 'a"b')
    assert parse(chart).find(".//script") is None


# --- the styles ---


def test_each_style_has_a_colour_in_the_light_and_another_in_the_dark() -> None:
    light, dark = format_chart_styles().split("@media screen and (prefers-color-scheme:dark)")
    for style in LineStyle:
        name = style.name.lower().replace("_", "-")
        assert f".chart .{name}{{color:#{style.colour}}}" in light
        assert re.search(rf"\.chart \.{name}\{{color:#[0-9A-F]{{6}}\}}", dark)


def test_each_colour_is_clear_on_its_background() -> None:
    light, dark = format_chart_styles().split("@media screen and (prefers-color-scheme:dark)")
    for styles, background in ((light, "FFFFFF"), (dark, "222222")):
        colours = re.findall("color:#([0-9A-F]{6})", styles)
        assert len(colours) == len(LineStyle)
        # WCAG 2.2 asks for 3 to 1 for what is drawn (1.4.11).
        assert min(measure_contrast(each, background) for each in colours) > 4


def measure_contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours: from 1 to 21."""
    low, high = sorted(map(measure_brightness, (one, other)))
    return (high + 0.05) / (low + 0.05)


def measure_brightness(colour: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(colour)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
