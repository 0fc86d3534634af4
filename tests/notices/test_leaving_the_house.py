"""What goes to a provider is signed, goes over https, and fails in two ways only."""

import http.client
import json
import smtplib
from types import SimpleNamespace

import pytest
from django.core.mail.backends.locmem import EmailBackend

from portal.notices import gateways
from portal.notices.gateways import (
    DevelopmentGateway,
    HttpGateway,
    NotTaken,
    Unclear,
    post_signed,
    send_email,
    signature,
)
from tests import cast

URL = "https://sms.example/send"


class Connection:
    """Stand in for the wire; every exchange is kept."""

    status, content = 200, b'{"reference": "r-1"}'
    fails_to: str = ""
    sent: list[tuple[str, str, bytes, dict[str, str]]]

    def __init__(self, host, port, **_options) -> None:
        self.host = host

    def connect(self) -> None:
        if self.fails_to == "connect":
            raise ConnectionRefusedError("refused")

    def request(self, method, path, body, headers) -> None:
        if self.fails_to == "write":
            raise TimeoutError("timed out")
        self.sent.append((self.host, path, body, headers))

    def getresponse(self) -> SimpleNamespace:
        if self.fails_to == "answer":
            raise http.client.RemoteDisconnected("gone")
        return SimpleNamespace(status=self.status, read=lambda _most: self.content)

    def close(self) -> None:
        """Close."""


@pytest.fixture
def wire(monkeypatch):
    kind = type("Wire", (Connection,), {"sent": []})
    monkeypatch.setattr(http.client, "HTTPSConnection", kind)
    return kind


def post() -> bytes:
    return post_signed(URL, b"{}", "bandian-1", cast.NOW)


def text() -> str:
    return HttpGateway().send(
        to="+8613800000001", text="内容", request_id="bandian-1", at=cast.NOW
    )


@pytest.fixture(autouse=True)
def _configured(settings):
    settings.SMS_GATEWAY_URL = URL
    settings.GATEWAY_SECRET = "shared"


def test_a_text_is_posted_with_who_what_and_its_number(wire):
    assert text() == "r-1"
    [(host, path, body, _headers)] = wire.sent
    assert (host, path) == ("sms.example", "/send")
    assert json.loads(body) == {
        "to": "+8613800000001",
        "text": "内容",
        "id": "bandian-1",
    }


def test_what_the_address_says_of_its_caller_goes_along(wire):
    post_signed(f"{URL}?account=bandian", b"{}", "bandian-1", cast.NOW)
    [(_host, path, _body, _headers)] = wire.sent
    assert path == "/send?account=bandian"


def test_the_receiver_can_check_sender_and_age(wire):
    post()
    [(_host, _path, body, headers)] = wire.sent
    timestamp = str(int(cast.NOW.timestamp()))
    assert headers["X-Timestamp"] == timestamp
    assert headers["X-Signature"] == signature(body, "bandian-1", timestamp, "shared")
    assert headers["X-Signature"] != signature(body, "bandian-2", timestamp, "shared")


@pytest.mark.parametrize("answer", [b"", b"ok", b"{}", b"[]"])
def test_a_provider_without_a_reference_is_quoted_by_our_number(wire, answer):
    wire.content = answer
    assert text() == "bandian-1"


def test_without_a_connection_nothing_was_taken(wire):
    wire.fails_to = "connect"
    with pytest.raises(NotTaken):
        post()


@pytest.mark.parametrize("where", ["write", "answer"])
def test_a_break_after_connecting_is_unclear(wire, where):
    wire.fails_to = where
    with pytest.raises(Unclear):
        post()


@pytest.mark.parametrize("status", [301, 302, 400, 401, 429, 503])
def test_a_refusal_was_not_taken_and_redirects_are_not_followed(wire, status):
    wire.status = status
    with pytest.raises(NotTaken, match=str(status)):
        post()
    assert len(wire.sent) == 1


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_broken_provider_may_have_taken_it(wire, status):
    wire.status = status
    with pytest.raises(Unclear, match=str(status)):
        post()


@pytest.mark.parametrize("url", ["http://sms.example/", "file:///etc/passwd", ""])
def test_only_https_is_spoken(wire, url):
    with pytest.raises(NotTaken, match="https"):
        post_signed(url, b"{}", "bandian-1", cast.NOW)
    assert not wire.sent


def test_the_demo_sends_nothing():
    gateway = DevelopmentGateway()
    assert gateway.in_process
    sent = gateway.send(to="+86", text="x", request_id="7", at=cast.NOW)
    assert sent == "dev-7"


def test_the_gateway_is_the_one_that_is_configured(settings):
    settings.SMS_GATEWAY = "portal.notices.gateways.HttpGateway"
    assert isinstance(gateways.sms_gateway(), HttpGateway)


@pytest.mark.parametrize(
    ("step", "error", "outcome"),
    [
        ("open", ConnectionRefusedError("refused"), NotTaken),
        ("send_messages", smtplib.SMTPDataError(550, b"no"), NotTaken),
        ("send_messages", smtplib.SMTPRecipientsRefused({}), NotTaken),
        ("send_messages", TimeoutError("timed out"), Unclear),
    ],
)
def test_mail_fails_in_the_same_two_ways(monkeypatch, step, error, outcome):
    def fail(*_arguments):
        raise error

    monkeypatch.setattr(EmailBackend, step, fail)
    with pytest.raises(outcome):
        send_email(to="a@example.com", subject="s", text="t", request_id="1")
