"""What is wrong across the entries of a catalogue, and what one lacks or has in vain."""
