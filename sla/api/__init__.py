"""What anybody may ask over HTTP: when a limit ends, and which limits hold."""
