"""What every floor stands on, and none of it about time.

Who acts, how a refusal is said, how personal data is kept and shown, what a file from
a stranger may be. Upper floors take it from here, since they must not know each other.
"""
