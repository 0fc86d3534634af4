"""Addresses that strangers give lead to public hosts over https, or nowhere."""

import socket

import pytest
from django.core.exceptions import ValidationError

from sla.ground.outgoing import NotPublic, clean_url, public_address

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
]
REFUSED = [
    "http://a.example.com/",
    "ftp://a.example.com/",
    "//a.example.com/",
    "a.example.com",
    "https://",
    "https://user:secret@a.example.com/",
    "https://a.example.com/#there",
    "https://a.example.com:99999/",
    "https://[::1/",
    "https://a b.example.com/",
    "https://例子.example.com/",
    "https://localhost/",
    "https://db/",
    "https://printer.local/",
    "https://vault.internal/",
    "https://a.localhost/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://127.1/",
    "https://017700000001/",
    f"https://a.example.com/{'x' * 500}",
]


def leads_to(monkeypatch, *addresses: str) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))
        for address in addresses
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)


@pytest.mark.parametrize("url", [*REFUSED, *(f"https://{ip}/" for ip in PRIVATE[:10])])
def test_an_address_that_leads_nowhere_public_is_refused(url):
    with pytest.raises(ValidationError):
        clean_url(url)


@pytest.mark.parametrize("address", PRIVATE[10:])
def test_a_private_address_of_the_new_kind_is_refused(address):
    with pytest.raises(ValidationError):
        clean_url(f"https://[{address}]/")


@pytest.mark.parametrize(
    "url",
    [
        "https://wuye.example.com/outages?key=1",
        "https://wuye.example.com:8443/a",
        "https://8.8.8.8/",
        "https://[2400:3200::1]/",
        "https://xn--fiqs8s.example.xn--fiqs8s/",
    ],
)
def test_a_public_address_is_kept_as_it_is(url):
    assert clean_url(f"  {url} \n") == url


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_into_a_private_network_is_never_called(monkeypatch, address):
    leads_to(monkeypatch, "93.184.215.14", address)
    with pytest.raises(NotPublic):
        public_address("rebound.example.com", 443)


def test_the_address_that_was_judged_is_the_one_to_call(monkeypatch):
    leads_to(monkeypatch, "93.184.215.14", "93.184.215.15")
    assert public_address("a.example.com", 443) == "93.184.215.14"


def test_the_operators_own_machines_may_be_named(monkeypatch, settings):
    settings.INTERNAL_HOSTS = ["wuye.internal"]
    leads_to(monkeypatch, "10.0.0.7")
    assert clean_url("https://wuye.internal/x") == "https://wuye.internal/x"
    assert public_address("wuye.internal", 443) == "10.0.0.7"
