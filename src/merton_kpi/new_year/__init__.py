"""Next year's catalogue from this year's."""
