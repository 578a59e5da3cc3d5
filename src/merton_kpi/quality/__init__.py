"""What is suspicious in figures and definitions, as warnings."""
