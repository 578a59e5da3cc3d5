"""Which numbers a commentary speaks of, and which of them could be a hidden figure."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.disclosure.words import Kind, SpokenNumber, list_disclosures, list_spoken_numbers

# What officers write, with the counts that it speaks of.
DISCLOSING = [
    # Digits
    ("up from 3 in May", "3"),
    ("3.0 in one school", "3 1"),
    ("The figure was 03.", "3"),
    ("There were 1,204 referrals, of which 2 were re-referrals.", "1204 2"),
    ("1 204 households applied", "1204"),
    ("1\u00a0204 households applied", "1204"),
    ("3 of 12 reviews were late", "3 12"),
    ("3/12 were late", "3 12"),
    ("Only 4 out of 9 care leavers are in work.", "4 9"),
    ("late (3)", "3"),
    ("Late: 1. Missing: 2. All others were on time.", "1 2"),
    ("3. All were in one school.", "3 1"),
    ("down 2 on last month", "2"),
    ("Change since last month: -3", "3"),
    ("a fall of 4", "4"),
    ("n=3", "3"),
    ("x3 exclusions", "3"),
    ("3x placement moves", "3"),
    ("were3 children", "3"),
    ("3children moved", "3"),
    ("2no. adaptations", "2"),
    ("The average is 1.5 moves a child.", "1.5"),
    ("cases—3", "3"),
    ("３ children", "3"),
    ("٣ children", "3"),
    ("³ children were late", "3"),
    ("3\ufe0f\u20e3 children", "3"),
    ("ﬁve children left, and tw\u00ado stayed", "5 2"),
    # Words
    ("it was three indeed", "3"),
    ("Two children were excluded.", "2"),
    ("THREE CHILDREN WERE EXCLUDED", "3"),
    ("Twenty-three cases, four of them new", "23 4"),
    ("twenty three cases", "23"),
    ("one hundred and four tenants, three in arrears", "104 3"),
    ("a hundred and three homes", "103"),
    ("half a dozen families", "6"),
    ("a dozen complaints, two upheld", "12 2"),
    ("2 dozen complaints", "24"),
    ("A couple of children moved placement.", "2"),
    ("Only a couple were late.", "2"),
    ("a pair of siblings", "2"),
    ("twins were placed for adoption", "2"),
    ("Both children have since returned to school.", "2"),
    ("Both of them were known to the service.", "2"),
    ("both young people were found", "2"),
    ("One family was evicted.", "1"),
    ("A single complaint was received.", "1"),
    ("the only case this month", "1"),
    ("This happened once in May.", "1"),
    ("The panel met families twice this year.", "2"),
    ("He was excluded twice.", "2"),
    ("None were late.", "0"),
    ("a nil return; zero cases", "0 0"),
    ("three (3) children", "3 3"),
    # Who is counted
    ("one of them was excluded", "1"),
    ("one of the children was excluded", "1"),
    ("one of the three is now in care", "1 3"),
    ("One of our children has moved out of borough.", "1"),
    ("one of our looked after children is missing", "1"),
    ("one in five children", "1 5"),
    ("All four are placed with relatives.", "4"),
    ("the three-child sibling group was placed together", "3"),
    ("the group is 4-strong", "4"),
    ("There was one more child than in June.", "1"),
    ("fell by one", "1"),
    ("more than one placement", "1"),
    ("one or two children", "1 2"),
    ("this is a third child from the same school", "3"),
    ("the 3rd exclusion from this school", "3"),
    ("the second death this year", "2"),
    ("the first exclusion this year", "1"),
    # Ranges
    ("2-3 children", "2 3"),
    ("2–3 children", "2 3"),
    ("between 2 and 4 children", "2 4"),
    ("3 to 4 cases", "3 4"),
    ("two or three cases", "2 3"),
    ("It rose from 2 to 3.", "2 3"),
    ("rose from 2 in Q1 to 3 in Q2", "2 3"),
    ("fewer than 3", "3"),
    # A number beside a date, a length of time or a percentage
    ("In May 3 were late.", "3"),
    ("In May 3 children were excluded.", "3"),
    ("April 3, May 2, June 4", "3 2 4"),
    ("April: 3; May: 2", "3 2"),
    ("April 3 May 2 June 4", "3 2 4"),
    ("three may be moved", "3"),
    ("3 may be moved", "3"),
    ("3 MAY BE EXCLUDED", "3"),
    ("3 were assessed within 20 days", "3"),
    ("In Q1, 3 were late", "3"),
    ("this week 3 were late", "3"),
    ("THIS WEEK 3 WERE LATE", "3"),
    ("Last year 3 families were evicted.", "3"),
    ("In recent weeks 3 children went missing.", "3"),
    ("In the past two weeks 3 children went missing.", "3"),
    ("3 year groups were sent home", "3"),
    ("3 day nursery places", "3"),
    ("3 (5%) were late", "3"),
    ("3, or 5%, were late", "3"),
    ("3 children per 10,000", "3"),
    ("excluded 3 times", "3"),
    ("2 bed and breakfast placements", "2"),
    ("by May 3 of the children had left", "3"),
    ("target missed by 3", "3"),
    ("On target: 3 of 12", "3 12"),
    ("at this level 3 were turned down", "3"),
    ("5 families, 3 of them with children under 5", "5 3 5"),
    ("Total 3", "3"),
    ("against four last year", "4"),
    ("2 fixed term exclusions lasted more than 5 days", "2"),
    ("3 long term placements ended", "3"),
    ("Two service users declined a visit.", "2"),
    ("Please note three of these are pending.", "3"),
    ("In the reporting period 3 were stepped down.", "3"),
    ("In the academic year 2 pupils have left.", "2"),
    ("One Year 9 pupil accounts for the rise.", "1"),
    ("At month end, two awaited allocation.", "2"),
    ("3F, 2M", "3 2"),
    ("May3", "3"),
    ("Of school age 3 were at home.", "3"),
    ("The single case was an error.", "1"),
    ("3 hour-long visits and one half-time post", "3 1"),
    ("Note that one was late, of which one by a day.", "1 1"),
    ("In the cohort 3 are in work.", "3"),
    ("3 year 11 pupils", "3 11"),
    ("against a target of 10, 3 were late", "3"),
    ("Since April 3 a month have left.", "3"),
    ("both placed with grandparents", "2"),
    ("The two-bedded unit has two residents.", "2"),
    ("a grant of 3 million", "3000000"),
]

# What officers write that speaks of no count.
HARMLESS = [
    # Dates and times
    "on 3 May",
    "from 3rd May",
    "on May 3 the",
    "on May 3rd,",
    "May 3, 2024",
    "due by 3 March 2024",
    "on 03/05/2024",
    "on 2024-05-03",
    "on 3.5.2024",
    "on 3/5/24",
    "Inspected 3–7 May.",
    "3 and 4 May",
    "3 to 5 June",
    "on 3-May-2024",
    "03/05",
    "in 2020/21 and 2019-20",
    "in 2023-2024, unlike 23/24",
    "In May 2024 the team moved.",
    "since May '24",
    "Q1, Q3 2024 and Q 4",
    "in quarter 3",
    "in quarter three",
    "the second quarter",
    "at 3pm or 3:30, not 3.15 pm",
    "at 3 o'clock",
    "open 24/7",
    "See https://www.merton.gov.uk/page/3 for details.",
    # Lengths of time
    "within 3 months",
    "four weeks",
    "5 days",
    "two working days",
    "2 years",
    "24 hours",
    "the next two to three months",
    "2-3 weeks",
    "between 2 and 4 weeks",
    "three more full weeks",
    "a couple of weeks",
    "the last couple of months",
    "within 6wks",
    "a two-year plan",
    "four weekly meetings",
    "one year on",
    "A trend cannot be drawn from one month’s data.",
    "for the third month running",
    # Ages and schooling
    "in week 3 of year 2",
    "Year 11 pupils",
    "Years 3 to 6",
    "Key Stage 4 and KS2",
    "Key Stages 2 and 3",
    "KS1-2",
    "aged 3",
    "children aged between 2 and 4",
    "ages 2 to 4",
    "at the age of 2",
    "3 and 4 year olds",
    "two-, three- and four-year-olds",
    "funding for two-year-olds",
    "the under 5s and under-fives",
    "the 0-3 service",
    "Level 2 and Level Three",
    # Money and other measures
    "£3m",
    "£ 3",
    "£2-3 million",
    "£2 to £3",
    "3 pence",
    "twice as many",
    "twice a week",
    "three times as many",
    "3 times a week",
    "threefold",
    "two thirds of reviews",
    "three-quarters",
    "two and a half weeks",
    "2½ weeks",
    "a third of cases",
    "half of cases",
    # References
    "[note 3]",
    "see section 3, paragraph 2.1 and appendix 4",
    "page 3 of 4",
    "Phase 1 of 2",
    "indicator 3, table 2, item 4",
    "indicator number 3",
    "paragraphs 2, 3 and 4",
    "Ofsted grade 3",
    "Covid-19",
    "P1 and M25",
    "SW19 3AA",
    "version 2",
    "v2",
    "no. 3",
    "#3",
    "section 3.1.2",
    "a tier 4 bed",
    "stage 2 complaints",
    "category 1 hazards",
    "in bands 3 and 4",
    "a footnote’s mark² here",
    "1. Recruit staff\n2. Train staff",
    "Actions: 1) recruit staff; 2) train staff",
    "Part III and (iv)",
    # Ranks and other uses of one
    "first quarter",
    "one of the best",
    "one of our priorities",
    "one of the main reasons",
    "one of many",
    "a one-off payment",
    "one another",
    "no one",
    "no-one",
    "a one-stop shop",
    "at one time",
    "on the one hand",
    "a good one",
    "one or more",
    "at least one",
    "1:1 and one-to-one support",
    "one by one",
    "as one would expect",
    "the One Merton team",
    "once the team is staffed",
    "at once",
    "both schools and settings",
    "both children and their parents",
    "a couple adopted",
    "a single point of contact",
    "only children in care",
    "a second review is planned",
    # Things that are not people or cases
    "for two key reasons",
    "three priorities",
    "in two areas",
    "two-bedroom homes",
    "2 bed flats",
    "the two-child limit",
    "a two-tier system",
    "two of our services",
    # Limits
    "against a target of 3",
    "target: 4",
    "a maximum of two",
    "We are in the top three in London.",
    "There is no one cause.",
    "At any one time the panel is full.",
    "There is one main reason.",
    "This is one area to improve.",
    "for 2 or more years",
    "Following the inspection two actions were agreed.",
]


@pytest.mark.parametrize(("text", "counts"), DISCLOSING)
def test_a_count_is_listed(text: str, counts: str) -> None:
    assert list_counts(text) == [Decimal(count) for count in counts.split()]


@pytest.mark.parametrize("text", HARMLESS)
def test_a_number_that_stands_for_something_else_is_not_listed(text: str) -> None:
    assert list_spoken_numbers(text) == ()


def list_counts(text: str) -> list[Decimal]:
    return [each.value for each in list_spoken_numbers(text) if each.kind is Kind.COUNT]


@pytest.mark.parametrize(
    ("text", "percentages"),
    [
        ("3%", "3"),
        ("３ ％", "3"),
        ("three per cent", "3"),
        ("3 percentage points", "3"),
        ("3pp", "3"),
        ("2-3%", "2 3"),
        ("3% to 4%", "3 4"),
        ("3 children (5%)", "5"),
    ],
)
def test_a_percentage_is_listed_as_one(text: str, percentages: str) -> None:
    found = [each.value for each in list_spoken_numbers(text) if each.kind is Kind.PERCENTAGE]
    assert found == [Decimal(each) for each in percentages.split()]


def test_a_number_has_its_words_as_written_and_their_place() -> None:
    text = "The ﬁrst ½ year: Twenty\u2011three of １２ left"
    number, other = (each for each in list_spoken_numbers(text) if each.value > 1)
    assert number == SpokenNumber(value=Decimal(23), words="Twenty\u2011three", start=17, end=29)
    assert (other.words, text[other.start : other.end]) == ("１２", "１２")


def test_a_length_of_time_is_listed_for_a_figure_that_counts_it() -> None:
    text = "3 weeks on average, over 2 months, in two key areas"
    assert list_counts(text) == []
    listed = list_spoken_numbers(text, counted={"week", "weeks", "areas"})
    assert [each.words for each in listed] == ["3", "two"]


@given(st.text(st.sampled_from("one two 3 4½²ﬁ３ .,-/()\n%£QMay to and of in both once")))
def test_any_text_is_read_and_words_stand_where_they_are_said_to(text: str) -> None:
    last = 0
    for each in list_spoken_numbers(text):
        assert last <= each.start < each.end
        assert text[each.start : each.end] == each.words
        last = each.end


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["one ", "1, ", "1-", "1.", "1,111,", "1 and ", "twenty-", "9", "¹", "\n1. a", "Q1 to "]
)
def test_reading_takes_no_longer_than_in_proportion_to_the_length(text: str) -> None:
    short, long = (_measure((text * length)[:length]) for length in (4_000, 32_000))
    assert long < 8 * 4 * short  # quadratic, it would be 64 times as long


def _measure(text: str) -> float:
    """The shortest time of three that it takes to read a text."""
    times = []
    for _ in range(3):
        begin = process_time()
        list_spoken_numbers(text)
        times.append(process_time() - begin)
    return min(times)


SMALL = [Decimal(count) for count in range(1, 5)]


def test_a_number_that_a_hidden_figure_could_be_is_found() -> None:
    numbers = list_spoken_numbers("3 of 12 children moved, up from none")
    assert [each.words for each in list_disclosures(numbers, SMALL)] == ["3"]


def test_a_number_that_is_printed_passes() -> None:
    numbers = list_spoken_numbers("3 and 2 were expected")
    found = list_disclosures(numbers, SMALL, printed=[Decimal(3)])
    assert [each.words for each in found] == ["2"]


def test_a_number_that_is_printed_and_is_the_rows_own_hidden_figure_is_found() -> None:
    numbers = list_spoken_numbers("3 and 2 were expected")
    found = list_disclosures(numbers, SMALL, printed=[Decimal(3), Decimal(2)], own=[Decimal(3)])
    assert [each.words for each in found] == ["3"]
