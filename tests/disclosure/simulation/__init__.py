"""Made-up councils, what their papers print, and what a reader can work out from it."""
