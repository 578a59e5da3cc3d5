"""The templates that ship with the package; a council can name its own folder instead."""
