"""The typeface that papers are set in."""
