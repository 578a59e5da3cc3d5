"""What a catalogue of an earlier version needs to mean what it did."""
