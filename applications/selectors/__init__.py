"""Questions about applications that need more than one row."""
