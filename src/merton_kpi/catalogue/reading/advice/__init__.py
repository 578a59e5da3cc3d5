"""What to write in place of a value that has a fault."""
