"""Which printed figures to hide so that no small count can be worked out, for any figures."""
