"""The rendered report to a Word document."""
