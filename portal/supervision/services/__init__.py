"""What supervision writes: monthly figures, once."""
