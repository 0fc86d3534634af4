"""English: see formats.py, the name Django looks for."""
