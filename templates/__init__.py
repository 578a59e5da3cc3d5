"""The templates that ship with the package; a council can use a folder of its own instead."""
