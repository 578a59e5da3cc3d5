"""indicators.yaml to frozen models, with the line of every fault."""
