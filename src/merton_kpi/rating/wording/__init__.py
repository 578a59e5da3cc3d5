"""Targets, bands and verdicts in words."""
