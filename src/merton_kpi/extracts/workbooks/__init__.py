"""An Excel workbook that a service sent, to the rows of its sheets."""
