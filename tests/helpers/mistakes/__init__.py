"""Mistakes in good data, of all kinds: how each is made, and what should be noticed of it.

`KINDS` has the kinds by the names that tests/whole/mistakes/kinds.csv gives them.
"""

from helpers.mistakes import of_cells, of_counts, of_files, of_parts, of_percentages, of_swaps
from helpers.mistakes.making import KINDS

__all__ = ["KINDS", "of_cells", "of_counts", "of_files", "of_parts", "of_percentages", "of_swaps"]
