"""Parsers of what people type."""
