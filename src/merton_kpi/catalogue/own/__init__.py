"""What a council words and colours in its own way."""
