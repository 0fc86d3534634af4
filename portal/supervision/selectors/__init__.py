"""Questions the boards ask: every figure and the list behind it, by one rule."""
