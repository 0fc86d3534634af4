"""What may be said of a file that was looked into."""

from enum import StrEnum


class Verdict(StrEnum):
    """The answer of the decoder, its first line; all but FIT are refusals."""

    FIT = "fit"
    BROKEN_PICTURE = "broken picture"
    BROKEN_HEIC = "broken heic"
    TOO_MANY_PIXELS = "too many pixels"
    BROKEN_PDF = "broken pdf"
    ENCRYPTED = "encrypted"
    TOO_MANY_PAGES = "too many pages"
    ACTING = "acting"
    TANGLED = "tangled"
    TOO_BIG = "too big"
    # Memory or time ran out, or the reader broke down.
    UNBEARABLE = "unbearable"
    # Said for the decoder: there was no place for one more.
    BUSY = "busy"


class Unfit(Exception):
    """A file that is not to be kept."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict)
        self.verdict = verdict
