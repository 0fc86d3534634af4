"""Read one file from standard input, answer with a verdict and what may be kept.

    python -m sla.ground.decoder KIND < file      KIND: jpg png heic pdf

The answer is one line with the verdict, then, after "fit", the bytes to keep.
"""

import contextlib
import importlib
import sys
import warnings

from sla.ground.decoder.verdicts import Unfit, Verdict

try:
    import resource
except ImportError:  # Windows has no such limits.
    resource = None  # type: ignore[assignment]

MODULES = {"pdf": "pdfs", "jpg": "pictures", "png": "pictures", "heic": "pictures"}
MEGABYTE = 1024 * 1024
LIMITS = {
    # ``pictures`` keeps within it: what is too large to be kept whole is halved.
    "RLIMIT_AS": 300 * MEGABYTE,
    "RLIMIT_CPU": 10,  # seconds
    "RLIMIT_FSIZE": 16 * MEGABYTE,
    "RLIMIT_CORE": 0,
}
# What decodes pictures is C: should a file take it over, it can open no file and no
# socket. pypdf is Python, and loads parts of itself as it goes.
MOST_OPEN = {"pdf": 16}


def confine(kind: str) -> None:
    """Give up, for good, whatever reading one file does not need."""
    for name, most in {**LIMITS, "RLIMIT_NOFILE": MOST_OPEN.get(kind, 0)}.items():
        # macOS knows some of these limits by name only.
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))


def main(kind: str) -> None:
    """Examine standard input and answer on standard output."""
    warnings.simplefilter("ignore")
    examine = importlib.import_module(f"sla.ground.decoder.{MODULES[kind]}").examine
    content = sys.stdin.buffer.read()
    confine(kind)
    try:
        verdict, kept = Verdict.FIT, examine(content, kind)
    except Unfit as unfit:
        verdict, kept = unfit.verdict, b""
    except MemoryError:
        verdict, kept = Verdict.UNBEARABLE, b""
    sys.stdout.buffer.write(verdict.encode() + b"\n" + kept)


if __name__ == "__main__":
    main(sys.argv[1])
