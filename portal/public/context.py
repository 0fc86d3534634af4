"""What every page knows about this installation."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """Return the template variables shared by all pages."""
    return {"DEMO": settings.DEMO}
