"""Where the house may call on a stranger's word: https, public addresses, no more.

The address is looked at twice: as it is typed, and when the socket is opened, since a
name may lead elsewhere by then (TRUST S11).
"""

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 500
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
# Two labels at least, the last of letters: no bare machine name, and no number in one
# of the spellings that only resolvers read (127.1, 0x7f000001).
_PUBLIC_NAME = re.compile(
    r"(?:[a-z0-9_-]+\.)+(?!local$|internal$|localhost$)(?:[a-z]{2,}|xn--[a-z0-9-]+)",
    re.IGNORECASE,
)


class NotPublic(OSError):
    """The name leads into a network that strangers must not reach through us."""


def clean_url(text: str) -> str:
    """Return an https address that names a public host.

    Forgives blanks around it. Raises ValidationError for another scheme, a user name,
    a fragment, or an address of this machine or of a private network.
    """
    url = text.strip()
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValidationError(_unreadable()) from error
    if parts.scheme != "https" or not host:
        raise ValidationError(_unreadable())
    if not url.isascii() or not url.isprintable() or len(url) > LONGEST:
        raise ValidationError(_unreadable())
    if parts.username is not None or parts.fragment or " " in url:
        raise ValidationError(_("地址里不要带用户名、密码或 # 号，请去掉后再填。"))
    if not _may_be_public(host):
        raise ValidationError(_("这个地址在内部网络里，我们无法推送，请填写公网地址。"))
    return url


def public_address(host: str, port: int) -> str:
    """Return the numeric address to connect to; raise NotPublic, or OSError if none.

    Every address that the name leads to must be public, so that the answer of the
    moment decides and no second look-up can change it. INTERNAL_HOSTS are exempt.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if host not in settings.INTERNAL_HOSTS and not all(map(_is_public, addresses)):
        raise NotPublic(f"{host} leads into a private network")
    return addresses[0]


def _unreadable() -> str:
    return _("请填写以 https:// 开头的完整地址，例如 https://example.com/outages。")


def _may_be_public(host: str) -> bool:
    """Tell what the name alone says; a name in words is judged when it is called."""
    if host in settings.INTERNAL_HOSTS:
        return True
    try:
        return _is_public(host)
    except ValueError:
        return bool(_PUBLIC_NAME.fullmatch(host.rstrip(".")))


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    return all(
        one.is_global and not one.is_multicast for one in (found, *_carried(found))
    )


def _carried(
    found: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> list[ipaddress.IPv4Address]:
    """Return the old addresses that a new one carries: mapped, 6to4, translated."""
    if isinstance(found, ipaddress.IPv4Address):
        return []
    carried = [found.ipv4_mapped, found.sixtofour]
    if found in _TRANSLATED:
        carried.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
    return [one for one in carried if one is not None]
