"""The demo world: a plausible Tianjin, built through the real services."""
