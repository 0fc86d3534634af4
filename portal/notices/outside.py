"""Post to addresses that subscribers chose: guarded, without redirects, five seconds.

What these receivers got twice they know by its id or topic; so an answer that never
came is no reason to ask a person, and is simply tried again.
"""

import http.client
import json
import socket
import ssl
from datetime import datetime
from urllib.parse import urlsplit

from portal.notices import browsers, gateways
from portal.notices.gateways import NotTaken, Unclear
from sla.ground import outgoing

# A push service says either of a browser that unsubscribed; of a system that may only
# be set up wrongly, 410 alone is an end.
GONE_BROWSER = frozenset({404, 410})
GONE_SYSTEM = frozenset({410})


class Gone(Exception):
    """The receiver says that nobody will ever be reached at this address again."""


class GuardedConnection(http.client.HTTPSConnection):
    """Connect to the very address that was found to be public."""

    def connect(self) -> None:
        """Open the socket; raise OSError, NotPublic among them."""
        address = outgoing.public_address(self.host, self.port)
        plain = socket.create_connection((address, self.port), self.timeout)
        secure = ssl.create_default_context()
        self.sock = secure.wrap_socket(plain, server_hostname=self.host)


def notify_browser(kept: str, body: bytes, thread: str, at: datetime) -> None:
    """Push to one browser; raise NotTaken, or Gone when it unsubscribed."""
    browser = json.loads(kept)
    content = browsers.sealed(body, browser)
    headers = browsers.headers(browser["endpoint"], thread, at)
    _post(browser["endpoint"], content, headers, GONE_BROWSER)


def post_to_system(kept: str, body: bytes, request_id: str, at: datetime) -> None:
    """Post signed JSON to a subscriber's system; raise NotTaken or Gone."""
    system = json.loads(kept)
    headers = gateways.signed_headers(body, request_id, at, system["secret"])
    _post(system["url"], body, headers, GONE_SYSTEM)


def _post(url: str, body: bytes, headers: dict[str, str], gone: frozenset[int]) -> None:
    parts = urlsplit(url)
    connection = GuardedConnection(
        parts.hostname or "", parts.port or 443, timeout=gateways.SECONDS
    )
    try:
        gateways.exchange(connection, gateways.target_of(parts), body, headers)
    except Unclear as error:
        raise NotTaken(str(error)) from error
    except NotTaken as error:
        if error.answered in gone:
            raise Gone(str(error)) from error
        raise
    finally:
        connection.close()
