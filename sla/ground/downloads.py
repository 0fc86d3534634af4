"""Files handed out: saved by the browser, never opened as pages of this house."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse


def handed_out(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """Answer with a stored file, to be saved under ``name``; no cache keeps it."""
    response = FileResponse(
        file.open("rb"), as_attachment=True, filename=name, content_type=content_type
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response
