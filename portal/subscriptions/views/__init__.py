"""Pages on which people say what they want to be told of, and stop it."""
