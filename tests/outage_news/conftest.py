"""The small network, ready, and a provider that remembers."""

from collections.abc import Iterator

import pytest

from portal.notices import browsers, gateways
from tests.grid import Grid, grid
from tests.notices.conftest import Ledger
from tests.outage_news.receiver import Receiver, listening


@pytest.fixture
def net(db) -> Grid:
    """Build the network every outage test knows."""
    return grid()


@pytest.fixture
def provider(monkeypatch) -> Ledger:
    """Put a provider outside the process in the place of the demo's."""
    ledger = Ledger()
    monkeypatch.setattr(gateways, "sms_gateway", lambda: ledger)
    return ledger


@pytest.fixture
def receiver(tmp_path, monkeypatch, settings) -> Iterator[Receiver]:
    """Serve https on this machine, as a push service and as somebody's system."""
    settings.INTERNAL_HOSTS = ["localhost"]
    settings.PUSH_HOSTS = ["localhost"]
    settings.PUSH_KEY = browsers.new_key()
    settings.PUSH_CONTACT = "mailto:ops@bandian.example"
    # On a busy machine it answers late.
    monkeypatch.setattr(gateways, "SECONDS", 60)
    with listening(tmp_path) as found:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "localhost.pem"))
        yield found
