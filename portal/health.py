"""Whether this process can serve: asked by nginx, compose and `manage.py demo`."""

from typing import Any

from django.http import HttpResponse
from health_check.views import HealthCheckView


class HealthView(HealthCheckView):
    """Answer 200 while the database answers, else 500, as plain text."""

    checks = ("health_check.Database",)

    def render_to_response(
        self, context: dict[str, Any], *, status: int
    ) -> HttpResponse:
        """Show text to browsers too: the package's page needs inline styles."""
        answer: HttpResponse = self.render_to_response_text(status)
        return answer
