"""The line charts of the workbook."""
