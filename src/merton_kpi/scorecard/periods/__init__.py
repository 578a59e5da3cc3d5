"""Each period of an indicator, with the rating and the comparisons of its own figure."""
