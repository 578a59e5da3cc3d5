"""Made-up councils: their indicators, their true counts, and what they send when."""
