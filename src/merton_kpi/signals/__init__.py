"""Whether a figure changed by more than chance: limits, rules and the reasons to say nothing."""
