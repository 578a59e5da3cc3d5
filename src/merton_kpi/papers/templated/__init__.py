"""Papers that are filled in from a template, which a council can change."""
