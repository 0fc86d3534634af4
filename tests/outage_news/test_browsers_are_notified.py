"""Browser notifications are sealed, signed, tried again, and end with the browser."""

import base64
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from py_vapid import Vapid02

from outages.models import Subscription, Way
from outages.services import subscribing
from outages.services.subscribing import Place
from portal.notices import browsers
from portal.notices.models import Channel, Message, State
from portal.notices.services import delivery
from tests import cast
from tests.cast import NOW
from tests.outage_news.readers import tell
from tests.outage_news.receiver import Browser
from tests.outages.lives import announced, fault

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(net, receiver) -> Browser:
    found = Browser(f"{receiver.url}/push/1")
    subscribing.by_web_push(Place(net.garden), browser=found.said(), at=NOW)
    return found


def pushed(at=NOW) -> delivery.Delivered:
    tell(at)
    return delivery.run(at=at)


def test_only_the_browser_can_read_it(browser, receiver):
    outage = fault()
    assert pushed().sent == 1
    [(path, headers, body)] = receiver.received
    assert path == "/push/1"
    assert headers["Content-Encoding"] == "aes128gcm"
    assert outage.number.encode() not in body
    news = browser.read(body)
    assert news["title"] == "故障停电"
    assert news["path"] == f"/outages/{outage.number}/"
    assert news["tag"] == outage.number


def test_the_push_service_knows_who_sends(browser, receiver):
    fault()
    pushed()
    [(_path, headers, _body)] = receiver.received
    scheme, token, key = headers["Authorization"].replace(",", " ").split()
    assert scheme == "vapid"
    assert key == f"k={browsers.public_key()}"
    assert Vapid02.verify(headers["Authorization"])
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert claims["aud"] == receiver.url
    assert claims["sub"] == "mailto:ops@bandian.example"
    assert claims["exp"] <= (NOW + timedelta(days=1)).timestamp()


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_not_asked_again(browser, receiver, status):
    receiver.status = status
    fault()
    assert pushed().failed == 1
    assert Message.objects.get().state == State.FAILED
    assert Subscription.objects.get().ended_at == NOW


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_push_service_that_is_down_is_tried_again(browser, receiver, status):
    receiver.status = status
    fault()
    assert pushed().put_off == 1
    receiver.status = 201
    assert delivery.run(at=NOW + timedelta(minutes=1)).sent == 1
    assert Message.objects.get().state == State.SENT
    assert Subscription.objects.get().ended_at is None


def test_a_redirect_is_not_followed(browser, receiver):
    receiver.status, receiver.location = 302, f"{receiver.url}/elsewhere"
    fault()
    assert pushed().put_off == 1
    assert len(receiver.received) == 1


def test_an_endpoint_that_leads_inside_is_never_called(browser, receiver, settings):
    settings.INTERNAL_HOSTS = []
    fault()
    assert pushed().put_off == 1
    assert receiver.received == []
    assert "private network" in Message.objects.get().last_error


def test_a_server_nobody_vouches_for_is_told_nothing(browser, receiver, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    fault()
    assert pushed().put_off == 1
    assert receiver.received == []


def test_without_a_key_nobody_is_pushed_to(browser, settings):
    settings.PUSH_KEY = ""
    announced()
    tell()
    assert not Message.objects.filter(channel=Channel.WEB_PUSH).exists()


def broken(browser: Browser, **changes) -> str:
    facts = json.loads(browser.said())
    keys = {**facts["keys"], **changes.pop("keys", {})}
    return json.dumps({**facts, "keys": keys, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": "https://evil.example.com/push"},
        {"endpoint": "https://localhost.evil.example.com/push"},
        {"endpoint": "http://localhost/push"},
        {"endpoint": None},
        {"keys": {"auth": "c2hvcnQ"}},
        {"keys": {"auth": "***"}},
        {"keys": {"p256dh": "c2hvcnQ"}},
        {"keys": {"p256dh": ""}},
    ],
)
def test_what_is_no_push_service_is_refused(browser, changes):
    with pytest.raises(ValidationError, match="换一种方式"):
        subscribing.read_browser(broken(browser, **changes))


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"keys": 1}', "x" * 5000])
def test_nonsense_is_refused(receiver, text):
    with pytest.raises(ValidationError):
        subscribing.read_browser(text)


def test_names_below_a_push_service_count(settings, browser):
    settings.PUSH_HOSTS = [".push.example"]
    settings.INTERNAL_HOSTS = []
    said = broken(browser, endpoint="https://web.push.example/1")
    assert subscribing.read_browser(said)["endpoint"] == "https://web.push.example/1"
    with pytest.raises(ValidationError):
        subscribing.read_browser(broken(browser, endpoint="https://push.example/1"))


def test_a_key_is_made_for_the_settings(settings, capsys):
    call_command("push_key")
    settings.PUSH_KEY = capsys.readouterr().out.strip()
    assert len(browsers.public_key()) == 87


def test_a_key_of_another_length_is_no_key(settings):
    settings.PUSH_KEY = "c2hvcnQ"
    with pytest.raises(ValueError, match="32 bytes"):
        browsers.public_key()


def test_signed_in_it_belongs_to_the_account(net, receiver):
    said = Browser(f"{receiver.url}/push/2").said()
    row = subscribing.by_web_push(
        Place(net.garden), browser=said, user=cast.zhang(), at=NOW
    )
    assert (row.way, row.user) == (Way.WEB_PUSH, cast.zhang())
