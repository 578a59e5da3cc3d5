"""How far a figure must be from what is known before it is doubted, each limit with its reason.

A doubt must be right most of the time, so each limit leaves alone what councils' figures do: of
Merton's 160 figures in eight months of 2020, two are doubted that are right.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

# Earlier figures, with outturns. From four on, their own range says how far they differ; two or
# three may be near each other by chance, so twice their range is needed, and half a figure.
ENOUGH = 4
FEW = 2
# A single earlier figure says nothing of the range: five times it, or a fifth, is another scale.
SINGLE_FACTOR = 5
# A target says what is hoped for, so a figure must be ten times it, and higher by a hundred.
TARGET_FACTOR = 10
TARGET_STEP = 100
# Percentages go from 0 to 100 only. With one earlier figure, half of all that is possible.
SINGLE_POINTS = 50
FEW_POINTS = 10  # what a percentage with two or three earlier figures must differ by
# Counts of a few cases vary by their own size, such as from 3 to 9.
LEAST_STEP = 10

# A zero is doubted where counts were large enough for a zero to be most unlikely. Were they 20 on
# average, one period in 500 million would have none; councils that count 5 do have zeros.
ZERO_COUNT = 20
ZERO_MEDIAN = 5
ZERO_SHARE = 10  # per cent, or another unit that is no count, with fewer than four figures
ZERO_UNITS = 5  # the same with four or more: none was below five of the last printed decimal

# A whole hundred is usual where figures are above 90.
HUNDRED_POINTS = 10
HUNDRED_POINTS_IF_FEW = 25

# Another reading of a figure must be so many times as near to the last figures as the figure is.
# What is left to 100% is looked at where those are not from 30% to 70%: else it is near as well.
COMPLEMENT_NEARER = 3
COMPLEMENT_POINTS = 30
MIDDLE = 20  # points from a half
EXCHANGED_NEARER = 4
# Digits that differ by 2 or more, in a figure half as far again as any before; where the digits
# differ by only 1, as those of 89 and 98 do, three times as far.
EXCHANGED_POINTS = 18
EXCHANGED_SPREADS = (Decimal("1.5"), Decimal(3))
FRACTION_FACTOR = 10  # how much lower than all earlier figures a fraction of 1 is

# What a running total grows by in a period, against what it grew by before in the year.
GROWTH_FACTOR = 5
GROWTH_FACTOR_IF_SINGLE = 8
TOTAL_FACTOR = 3  # against whole years' totals and targets
LEAST_TOTAL = 20
# Less than a third of the least growth of three periods or more: holidays do not halve it so far.
STEADY = 3
STALL_FACTOR = 3

# A denominator may double when a service grows; five times as many cases are another scale.
PARTS_FACTOR = 5
PARTS_FACTOR_IF_SINGLE = 8
LEAST_PARTS = 20
ENOUGH_PARTS = 3  # earlier figures, all of them with their parts

ALWAYS_CAME = 3  # the last figures due before in the year, all of which came, and outturns
WHOLE = 3  # earlier figures, all of them whole numbers
# Rates and ratios are published with four decimals at most; a spreadsheet works out more.
MOST_DECIMALS = 4
WITH_DECIMALS = 3  # earlier figures, all of them with more decimals

# By chance a council's figure is the same as the one before in at most one period of four (Merton:
# 23 of 111, zeros and 100% left out). A file is doubted where so many or more would be the same in
# fewer than one file of 200.
REPEATS_BY_CHANCE = Fraction(1, 4)
RARE = Fraction(1, 200)
SHORTEST_REPEATED_TEXT = 40  # characters; shorter remarks are often right again

# A figure of an earlier year is compared with the middle one of all others. A digit too many or too
# few makes it ten times or a tenth of what was meant, which may itself be a fifth from the middle.
EARLIER_FACTOR = 8
