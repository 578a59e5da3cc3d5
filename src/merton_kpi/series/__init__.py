"""Each indicator's figures as at a month."""
