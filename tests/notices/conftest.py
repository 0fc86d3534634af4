"""A gateway that remembers, and can be made to fail."""

from datetime import datetime

import pytest

from portal.notices import gateways
from portal.notices.gateways import NotTaken, Unclear
from tests import cast


class Ledger:
    """What a provider really received, and how it behaves next."""

    in_process = False

    def __init__(self) -> None:
        self.received: list[tuple[str, str, str]] = []
        self.refuses = False
        self.breaks_off = False

    def send(self, *, to: str, text: str, request_id: str, at: datetime) -> str:
        if self.refuses:
            raise NotTaken("the provider is down")
        self.received.append((to, text, request_id))
        if self.breaks_off:
            raise Unclear("no answer")
        return f"ref-{len(self.received)}"


@pytest.fixture
def provider(monkeypatch) -> Ledger:
    """Put a provider outside the process in the place of the demo's."""
    ledger = Ledger()
    monkeypatch.setattr(gateways, "sms_gateway", lambda: ledger)
    return ledger


@pytest.fixture
def laws(db) -> None:
    """Bring the limits of 附件2 into force."""
    cast.laws()
