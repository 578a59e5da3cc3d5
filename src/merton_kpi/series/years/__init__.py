"""Other years than the catalogue's: rows for them, and the history of its indicators."""
