"""The report as Markdown: it reads like the paper, and text from a file stays text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT
from helpers.messages import list_codes
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.core.ratings import Rating
from merton_kpi.core.text import escape_markdown
from merton_kpi.extracts.observations import Judgement
from merton_kpi.papers.templated.report import format_report
from merton_kpi.storage.templates import REPORT_TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.scorecard.records import Scorecard

    Messages = Callable[..., None]

MARKDOWN = MarkdownIt("commonmark").enable("table")


@pytest.fixture(scope="module")
def report(november: Scorecard) -> str:
    template = (ROOT / "templates" / REPORT_TEMPLATE).read_text(encoding="utf-8")
    return format_report(november, template, REPORT_TEMPLATE)


def test_the_report_reads_like_the_paper(report: str, golden: Callable[[str, str], None]) -> None:
    golden("exception-report-2020-11.md", report)


def test_a_template_cannot_print_the_hash_of_an_extract(november: Scorecard) -> None:
    template = "{% for each in card.sources %}{{ each.name }}: '{{ each.sha256 }}'\n{% endfor %}"
    assert "2020-11.csv: ''" in format_report(november, template, REPORT_TEMPLATE).splitlines()


def test_every_table_is_whole(report: str, november: Scorecard) -> None:
    """Read by a Markdown parser: each table has its header and one row an entry."""
    rows: list[list[int]] = []
    for token in MARKDOWN.parse(report):
        if token.type == "table_open":
            rows.append([])
        elif token.type == "tr_open":
            rows[-1].append(0)
        elif token.type in ("td_open", "th_open"):
            rows[-1][-1] += 1
    expected = [
        len(november.counts),
        len(november.caveats),
        len(november.missing),
        len(november.without_data),
    ]
    assert [len(table) - 1 for table in rows] == expected
    assert all(len(set(table)) == 1 for table in rows)


def test_each_exception_has_a_heading(november: Scorecard) -> None:
    (first, words), *others = november.exceptions
    amber = replace(first, verdict=replace(first.verdict, rating=Rating.AMBER))
    card = replace(november, exceptions=(*others, (amber, words)))
    template = (ROOT / "templates" / REPORT_TEMPLATE).read_text(encoding="utf-8")
    report = format_report(card, template, REPORT_TEMPLATE)
    headings = [line for line in report.splitlines() if line.startswith("#### ")]
    starts = [heading.split(",")[0] for heading in headings]
    assert starts == [
        "#### Red (Q1): indicator 16",
        "#### Red: indicator 22",
        "#### Amber: indicator 3",
        "#### Indicator 40",
    ]
    assert "1.2. The index has 39 indicators. 2 are rated red:\n" in report


def test_the_summary_names_the_red_ones_only(report: str) -> None:
    """With their figure against the target, and before all else."""
    summary = report.partition("## 2 Details")[0]
    lines = [line for line in summary.splitlines() if line.startswith("- ")]
    assert [line.split(",")[0] for line in lines] == [
        "- Indicator 3",
        "- Indicator 16",
        "- Indicator 22",
    ]
    assert ": 32% in Nov 2020 is 23 percentage points below the target of at least 55%" in lines[0]


def test_a_report_without_exceptions_says_so(november: Scorecard) -> None:
    template = (ROOT / "templates" / REPORT_TEMPLATE).read_text(encoding="utf-8")
    report = format_report(replace(november, exceptions=()), template, REPORT_TEMPLATE)
    assert "1.2. The index has 39 indicators. None is rated red.\n\n1.3. " in report
    assert "2.1. No indicator is rated amber or red.\n" in report


def test_a_judgement_is_listed_even_where_it_ends_an_exception(
    november: Scorecard, messages: Messages
) -> None:
    judgement = Judgement(rating=Rating.GREEN, reason="All plans are out", by="Head of SEND")
    row = next(row for row in november.rows if row.number == "3")
    judged = replace(
        row,
        verdict=replace(row.verdict, rating=Rating.GREEN, judgement=judgement, reason="Judged."),
    )
    template = (ROOT / "templates" / REPORT_TEMPLATE).read_text(encoding="utf-8")
    card = replace(november, rows=(judged,), exceptions=())
    report = format_report(card, template, REPORT_TEMPLATE)
    assert "| 3 | % of Education, Health and Care plans" in report
    assert "| Green (judgement) | Judged. |" in report
    (sentence,) = (line for line in report.splitlines() if line.startswith("These ratings"))
    messages(sentence)


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("a\n{{ crad.panel }}", 2),
        ("{% for row in card.rows %}\n\n{{ row.titel }}{% endfor %}", 3),
        ("{{ card.rows[0].months }}", 1),
        ("{{ card.rows[0].verdict.rating }}", 1),
        ("{{ card.rows[0].verdict.limits }}", 1),
        ("{{ card.rows[0].months[0].xyz }}", 1),
        ("\n{{ card.rows[0].direction }}", 2),
        ("{{ card.rows[0].notes }}", 1),
    ],
    ids=[
        "an unknown record",
        "an unknown part of a row",
        "a list",
        "a rating",
        "a record",
        "an unknown part of a cell",
        "a part of a row by its former name",
        "another one",
    ],
)
def test_a_fault_of_a_template_is_an_error_on_its_line(
    template: str, line: int, november: Scorecard, messages: Messages
) -> None:
    with pytest.raises(BuildStoppedError) as stop:
        format_report(november, template, "t.j2")
    assert list_codes(stop.value.issues) == [f"template {line}"]
    messages(stop.value.issues)


def test_a_cell_is_printed_as_in_the_index(november: Scorecard) -> None:
    template = "{{ card.rows[1].months[7] }}, {{ card.rows | length }}"
    assert format_report(november, template, "t.j2") == "96%, 39"


def test_a_record_is_one_value_to_a_templates_percent_sign(november: Scorecard) -> None:
    template = "{{ 'to %s' % card.month }}, {{ '%s' % card.year }}, {{ '%s/%d' % ('a', 7 % 4) }}"
    assert format_report(november, template, "t.j2") == "to 2020-11, 2020/21, a/3"


@pytest.mark.parametrize("fault", ["{{ 1 / 0 }}", "{% include 'x' %}", "{{ card.rows + 1 }}", "{%"])
def test_any_error_of_a_template_is_an_issue(fault: str, november: Scorecard) -> None:
    with pytest.raises(
        BuildStoppedError, match=r"t\.j2.*the template cannot be filled in: "
    ) as stop:
        format_report(november, fault, "t.j2")
    (issue,) = stop.value.issues
    assert issue.code == "template"


def test_the_standing_sections_are_there_in_order(report: str) -> None:
    headings = [line for line in report.splitlines() if line.startswith("## ")]
    numbers = [heading.split()[1] for heading in headings[1:]]
    assert numbers == [str(number) for number in range(1, 14)]


def read_words(markdown: str) -> str:
    """The words that a reader sees, the line breaks as newlines."""
    words = []
    for token in MARKDOWN.parse(markdown):
        for child in token.children or ():
            assert child.type in ("text", "text_special", "html_inline"), child
            is_html = child.type == "html_inline"  # a line break, or nothing amid an address
            words.append(
                {"<br>": "\n", "<!-- -->": ""}[child.content] if is_html else child.content
            )
    return "".join(words)


@pytest.mark.parametrize(
    "words",
    [
        "a | b",
        "<script>alert(1)</script>",
        "`code` *bold* _it_ ~~no~~",
        "[link](https://example.org)",
        "![x](y)",
        "# heading",
        "- item",
        "1. item",
        "2) item",
        "=====",
        "---",
        "> quote",
        "&amp; &lt;",
        r"back\slash",
        "https://example.org and www.example.org",
        "{{ card }} {% raw %}",
        "مرحبا 🙂",
        "| --- |",
    ],
)
def test_text_from_a_file_stays_text(words: str) -> None:
    assert read_words(escape_markdown(words)) == words
    table = f"| a |\n| --- |\n| {escape_markdown(words)} |\n"
    assert read_words(table) == "a" + words


PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1)


@given(st.lists(PRINTABLE.map(str.strip).filter(bool), min_size=1, max_size=4))
def test_any_words_survive_in_a_table(lines: list[str]) -> None:
    table = f"| a |\n| --- |\n| {escape_markdown(chr(10).join(lines))} |\n"
    assert read_words(table) == "a" + "\n".join(lines)


@given(st.lists(PRINTABLE.map(str.strip).filter(bool), min_size=1, max_size=4))
def test_any_words_survive_in_a_paragraph(lines: list[str]) -> None:
    assert read_words(escape_markdown("\n".join(lines))) == "\n".join(lines)
