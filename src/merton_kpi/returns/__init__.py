"""What is due from whom."""
