"""A line as a request begins and one as it ends: who, what page, from where."""

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

from sla.ground.clients import client_ip


class RequestLog(RequestMiddleware):
    """Write the address without its query, which holds what people searched for."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Return method and path: phones, numbers and addresses come after the "?"."""
        return f"{request.method} {request.path}"

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Name the address that limits are counted by, not one a client claims."""
        structlog.contextvars.bind_contextvars(ip=client_ip(request))
