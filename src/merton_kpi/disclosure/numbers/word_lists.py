"""The words around a number by which one knows what it stands for, in small letters."""

from __future__ import annotations


def _list_words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MONTHS = _list_words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
# A day after its month, as in "on May 3 the", where "in May 3 were late" has a count.
BEFORE_DATE = _list_words("on by until till dated ending")
AFTER_DATE = _list_words(
    "the a an at to as when which we it this with because but for after before due and"
)

TIMES = _list_words(
    "years yrs months mths weeks wks fortnights days nights hours hrs minutes mins seconds terms "
    "decades quarters weekends sessions o'clock"
)
TIME = _list_words(
    "year yr month mth week wk fortnight day night hour hr minute min decade yearly monthly weekly "
    "daily"
)
# After "3 day" or "3 year", they make it a number of places or groups.
NOT_TIME = _list_words(
    "nursery nurseries centre centres care school schools case cases place places group groups "
    "placement placements patient patients pupils"
)
ADJECTIVES = _list_words(
    "working calendar school consecutive full further more additional extra successive whole "
    "clear financial academic short long key main different separate new "
    "broad principal priority major important possible distinct other common big "
    "critical strategic permanent fixed serious"
)
# What is counted in a commentary and is no person and no case. One `area` is one too, but two
# `service users` are people.
THINGS = _list_words(
    "reasons factors ways areas priorities strands themes challenges things aspects elements "
    "approaches options sources systems parts categories pillars points steps stages phases "
    "objectives aims targets measures indicators boroughs councils authorities services "
    "workstreams streams issues drivers causes tiers levels examples principles outcomes "
    "recommendations questions standards types gcses bands periods dimensions partners agencies "
    "wards projects programmes pilots levers functions sectors actions"
)
THING = _list_words(
    "reason factor way area priority theme challenge thing aspect element approach option source "
    "side size step example cause driver borough hand"
)
SIZES = _list_words("bedroom bedrooms bedroomed bed storey storeys")
NOT_BED = _list_words("- and & space spaces based blocked blocking blockers nights")

# People and cases, singular; the plural is made from it.
CASES = _list_words(
    "child pupil student family person case exclusion suspension complaint incident placement "
    "adoption death tenant household eviction breach referral resident adult baby sibling victim "
    "offender carer applicant adopter homicide suicide assault accident boy girl man woman leaver "
    "learner claimant patient appeal removal infant teenager youth individual client tenancy "
    "allegation offence arrest conviction prosecution order proceeding assessment visit review "
    "plan absence fatality injury"
)
# A second one of these is ordinary: "a second review".
EVENTS = _list_words("assessment visit review plan order proceeding placement appeal")
_IRREGULAR = {
    "child": "children",
    "person": "people",
    "man": "men",
    "woman": "women",
    "baby": "babies",
    "family": "families",
    "tenancy": "tenancies",
    "fatality": "fatalities",
    "injury": "injuries",
    "breach": "breaches",
}
MANY_CASES = frozenset(_IRREGULAR.get(case, f"{case}s") for case in CASES) | {"young"}

# A number after these is the name of a paper's part, a class or a time: `section 3`, `Year 11`.
PAPERS = _list_words(
    "footnote section sec paragraph para p pp appendix app annex annexe table chart fig item "
    "indicator kpi pi objective outcome recommendation option version chapter schedule article "
    "regulation reg clause standard criterion question column pillar theme goal scenario strand q "
    "ks covid sars lockdown junction volume edition"
)
TIME_HEADS = _list_words("year week month quarter qtr term day")
HEADS = (
    PAPERS
    | TIME_HEADS
    | _list_words(
        "priority step stage phase tier level band category cat grade type part domain tranche "
        "wave round ref reference line row page rule"
    )
)
BEFORE_HEAD = _list_words(
    "in for by during of from between at to since until under with and or key see on into via "
    "than [ ("
)
BEFORE_CLASS = _list_words(
    "a an the ofsted nvq tax camhs or above below their new our all complaints qualification"
)
# "Note" is a verb too, and a figure a number: what stands before them where they are a name.
BEFORE_NOTE = {
    "note": _list_words("[ ( see in under"),
    "figure": _list_words("see in"),
}
HEADS_WITH_STOP = _list_words("sec para p pp app fig cat reg ref no qtr v")
# These are heads only where they begin with a capital: `Group 2`, `Team 3`, `Block 4`.
NAMES = _list_words(
    "group team block plot area unit room house flat site project cluster service ward lot "
    "cohort class zone model route act form set action measure pathway programme"
)
MANY_HEADS = _list_words(
    "notes footnotes sections paragraphs paras pages appendices tables items indicators kpis "
    "years weeks quarters months terms days stages phases tiers levels bands categories grades "
    "types parts steps options priorities objectives outcomes recommendations standards "
    "regulations articles schedules questions rows columns clauses classes pillars themes "
    "strands waves rounds tranches"
)
# "this week 3", "last year 3": the number after these and a head is a count.
POINTERS = _list_words("this last next that same previous current past latest each every other")
# "of school age 3 were"
BEFORE_NO_AGE = _list_words("school working any that this pension")
BEFORE_MANY_HEADS = _list_words("in for by during of from between at to and under see with")
# Short words that are typed without the space: `all3`. Other letters before a digit are a code.
SHORT_WORDS = _list_words(
    "x n was had are and all the to of in by at for now but up is as we or on has"
)
LIMITS = _list_words("target targets threshold benchmark limit cap maximum minimum ambition")
RANKED = _list_words("top bottom rank ranked ranks ranking")
LIMIT_LINKS = _list_words("of is was remains at")

FRACTIONS = _list_words("thirds halves quarters fifths sixths eighths tenths")
FRACTION = _list_words("third half quarter fifth sixth eighth tenth")
MULTIPLIERS = _list_words(
    "a an per as the higher lower greater larger bigger every daily weekly monthly "
    "yearly termly annually that their its"
)

# After "one".
ONE_NEXT = _list_words("another off stop size way")
ONE_BEFORE = _list_words("no any every each not least")
PRONOUN_BEFORE = _list_words("this better good difficult complex strong busy challenging positive")
WOULD = _list_words("would might")
RANKS = _list_words(
    "most main key few first only top worst least leading many major core more better lower "
    "higher busier busiest smaller larger strategic priority corporate council's"
)
