"""Pages of those who watch over the limits."""
