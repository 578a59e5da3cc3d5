"""Limits, verdict, context and explanation."""
