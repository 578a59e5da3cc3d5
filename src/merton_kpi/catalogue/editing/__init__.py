"""Changes to a catalogue's text that leave the rest of it as it was written."""
