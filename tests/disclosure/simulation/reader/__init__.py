"""A stranger who reads all papers, and works out what the hidden counts can be.

Beside the papers and the catalogue, the stranger knows which rows came when, which the papers tell
by `Due, not received` and `[r]`, but none of their figures. The stranger takes it that

- a figure that was sent and does not come again is still right, while others are corrected; what
  a late figure would have been before a correction, nobody knows;
- running totals never fall, and a part is never more than its whole;
- the year's own figure, and the outturn, of what adds up is the last running total or the sum;
- a rate's population is the same all year, and last year's too if the catalogue gives it;
- `<5` in the row of a count means 1 to 4, and any other word says nothing;
- a figure that is rounded lies within half a unit of its last decimal, half up.
"""
