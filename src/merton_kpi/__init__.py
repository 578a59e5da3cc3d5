"""Build a scrutiny panel's performance index and exception report."""

__version__ = "0.1.0"
