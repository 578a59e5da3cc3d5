"""What has changed: between two months, two catalogues, and the figures since a meeting."""
