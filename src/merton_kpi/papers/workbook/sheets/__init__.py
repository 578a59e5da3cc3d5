"""What each sheet of the index workbook shows, one module a subject."""
