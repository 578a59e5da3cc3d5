"""What each sheet of the index workbook shows."""
