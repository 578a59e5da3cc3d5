"""A file that a service sent to observations."""
