"""The ways in which people and spreadsheets write figures and dates, where each has one meaning."""
