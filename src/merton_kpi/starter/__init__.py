"""A small council to begin with, and how it is put into a folder."""
