"""Which figures must not be shown, so that nobody can work out a small count, and why."""
