"""The charts of the rated indicators: their words, their axes, and the figures of their lines.

A writer draws these records as they are: the workbook, and any other paper with charts.
"""
