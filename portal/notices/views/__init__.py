"""Where messages are read."""
