"""A program of its own that opens files of strangers: ``python -m sla.ground.decoder``.

Bytes come in on standard input; a verdict, and what may be kept, go out. It knows
Pillow, libheif and pypdf, no Django and no secret, and runs under limits of the system,
so that whatever a file does to its reader ends with this process.
"""
