"""The charts of the web page, as inline SVG."""
