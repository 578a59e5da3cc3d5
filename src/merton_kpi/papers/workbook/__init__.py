"""A scorecard to the Excel workbook."""
