"""A scorecard to the files that are published."""
