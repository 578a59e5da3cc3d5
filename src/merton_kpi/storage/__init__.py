"""Files: find, read, and replace all or nothing."""
