"""What commands print line by line, from the fields of records."""

from __future__ import annotations

from merton_kpi.cli.console import Line
from merton_kpi.cli.summary import format_explanation
from merton_kpi.rating.wording.explain import Explanation
from merton_kpi.rating.wording.sentences import Sentence


def test_an_explanations_sentences_are_lines_below_their_headings() -> None:
    """A line's indent is that of its section, whatever the sentence begins with."""
    explanation = Explanation(
        title="Indicator 1, April 2020: Green",
        subtitle="   Calls answered",
        reason="93% is at least 90%",
        sections=(("The figure", (Sentence("One."), Sentence(" Two."))), ("The bands", ())),
        facts={},
    )
    assert list(format_explanation(explanation)) == [
        Line.of("Indicator 1, April 2020: Green"),
        Line.of("   Calls answered"),
        Line.of(""),
        Line.of("93% is at least 90%"),
        Line.of(""),
        Line.of("The figure"),
        Line(parts=(("  One.", ""),), indent=2),
        Line(parts=(("   Two.", ""),), indent=2),
    ]
