"""How the house says no: every refusal is a sentence for the person who asked."""

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """Refuse an act; the message says why and what to do instead (HTTP 403)."""

    @property
    def reason(self) -> str:
        return str(self.args[0]) if self.args else ""


class OutOfOrder(Refused):
    """Refuse an act that the status does not allow now (HTTP 409)."""


class Stale(OutOfOrder):
    """Refuse an act decided on a page that somebody else has overtaken (HTTP 409)."""


class Reused(Refused):
    """Refuse a submission key that already filed something else (HTTP 422)."""


class TooOften(Refused):
    """Refuse what this person did too often within the hour (HTTP 429)."""
