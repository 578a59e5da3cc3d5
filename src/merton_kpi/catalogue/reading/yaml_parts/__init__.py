"""The parts of a YAML text, its mappings and its scalars, and what is wrong with them."""
