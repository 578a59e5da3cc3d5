"""A reader of the papers that shares no code with what writes them."""
