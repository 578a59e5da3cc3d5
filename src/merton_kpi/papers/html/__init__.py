"""The performance index as a web page."""
