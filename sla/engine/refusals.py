"""What the engine says when a question cannot be answered as put."""


class Unreckonable(ValueError):
    """A question without an answer; the text is one Chinese sentence for people."""
