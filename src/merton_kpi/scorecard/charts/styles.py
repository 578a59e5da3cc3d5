"""How each line of a chart looks: its colour, its dash and its marker, in every paper."""

from __future__ import annotations

from merton_kpi.core.vocabulary import Word


class LineStyle(Word):
    """A chart's line; any two differ in colour, and in dash or marker too, most of them in both.

    Only the council's own two lines have one colour and one marker: a chart never has both in the
    same period. Excel has eleven dashes and nine markers, so that the last two areas share theirs.
    `dash` is empty where only the points are marked, and `marker` where only the line is drawn.
    """

    FIGURE = "figure", "1F3864", "solid", "circle"
    EARLIER_FIGURE = "figure before a break, or of a year before", "1F3864", "sysDash", "circle"
    FLAGGED = "figure outside its usual pattern", "C75000", "", "diamond"
    AVERAGE = "average", "595959", "solid", ""
    USUAL_HIGHEST = "usual range, upper", "666666", "lgDash", ""
    USUAL_LOWEST = "usual range, lower", "6E6E6E", "sysDash", ""
    TARGET_MINIMUM = "target, minimum", "000000", "dash", "dash"
    TARGET_MAXIMUM = "target, maximum", "404040", "dashDot", "dot"
    AMBER_MINIMUM = "amber, minimum", "A34700", "dot", "x"
    AMBER_MAXIMUM = "amber, maximum", "856404", "sysDashDotDot", "plus"
    FIRST_BENCHMARK = "first benchmark", "0B6E2E", "sysDot", "triangle"
    SECOND_BENCHMARK = "second benchmark", "5B2A86", "lgDashDot", "square"
    THIRD_BENCHMARK = "third benchmark", "7A1F1F", "sysDashDot", "diamond"
    FOURTH_BENCHMARK = "fourth benchmark", "A01058", "lgDash", "star"
    FIFTH_BENCHMARK = "fifth benchmark", "00607A", "lgDashDotDot", "triangle"
    SIXTH_BENCHMARK = "sixth benchmark", "5F5F00", "sysDash", "square"

    def __init__(self, _word: str, colour: str, dash: str, marker: str) -> None:
        self.colour = colour
        self.dash = dash
        self.marker = marker

    @classmethod
    def list_benchmark_styles(cls) -> tuple[LineStyle, ...]:
        """The benchmarks' lines, in the order of the areas. A catalogue has at most six areas."""
        return tuple(each for each in cls if "benchmark" in each.value)


OWN_STYLES = (LineStyle.FIGURE, LineStyle.EARLIER_FIGURE)
USUAL_STYLES = (LineStyle.AVERAGE, LineStyle.USUAL_HIGHEST, LineStyle.USUAL_LOWEST)
