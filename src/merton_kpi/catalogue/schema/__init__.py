"""The JSON Schema of indicators.yaml, for editors."""
