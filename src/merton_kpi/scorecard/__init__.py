"""All that the papers of a month print."""
