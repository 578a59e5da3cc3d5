"""The text of indicators.yaml to a catalogue, with the line of every fault."""
