"""What could disclose a suppressed figure."""
