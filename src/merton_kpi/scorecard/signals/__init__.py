"""Each indicator's figures as the rules for real changes look at them, and what is found."""
