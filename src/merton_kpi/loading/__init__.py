"""Files to a catalogue, observations and all their issues, as each command needs them."""
