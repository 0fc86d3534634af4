"""What belongs to a person."""
