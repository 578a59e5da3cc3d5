"""Figures that do not follow from their parts, their counts or their rounding."""
