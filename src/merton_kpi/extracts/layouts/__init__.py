"""How the catalogue says that a file is laid out, and what that changes in its reading."""
