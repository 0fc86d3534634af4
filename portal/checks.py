"""Refuse to serve with keys that everyone can read, and texts that nobody can."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from sla.ground import base64url

DEVELOPMENT_GATEWAY = "portal.notices.gateways.DevelopmentGateway"
HTTP_GATEWAY = "portal.notices.gateways.HttpGateway"
PUBLIC_BEGINNING = "development-only"
PUBLIC_PUSH_KEY = "ZGVtby1vbmx5LWJhbmRpYW4tcHVzaC1rZXktMDAwMDA"
PUBLIC_FIELD_KEY = "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA="


def public_keys() -> list[str]:
    """Name the settings that still hold a key from the repository."""
    names = [
        name
        for name in ("SECRET_KEY", "INDEX_KEY")
        if str(getattr(settings, name)).startswith(PUBLIC_BEGINNING)
    ]
    if not settings.FIELD_KEYS or PUBLIC_FIELD_KEY in settings.FIELD_KEYS:
        names.append("FIELD_KEYS")
    return names


def keys_are_secret(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report development keys and demo mode where a deployment is checked."""
    found: list[CheckMessage] = [
        Error(
            f"{name} is a development key that anyone can read.",
            hint="Set it in the environment; .env.example says how to make one.",
            id="portal.E001",
        )
        for name in public_keys()
    ]
    if settings.DEMO:
        found.append(Error("DEMO shows every SMS code to anyone.", id="portal.E002"))
    return found


def texts_leave_the_house(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report a deployment whose sign-in codes would reach nobody."""
    posted = settings.SMS_GATEWAY == HTTP_GATEWAY
    complete = settings.SMS_GATEWAY_URL.startswith("https://")
    if settings.SMS_GATEWAY != DEVELOPMENT_GATEWAY and (complete or not posted):
        return []
    return [
        Error(
            "No text message would leave this machine: nobody could sign in.",
            hint="Set SMS_GATEWAY_URL (https) and GATEWAY_SECRET; see .env.example.",
            id="portal.E003",
        )
    ]


def pushes_can_be_signed(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report browser notifications that are on, and that no push service would take."""
    if not settings.PUSH_KEY:
        return []
    try:
        usable = len(base64url.decode(settings.PUSH_KEY)) == 32
    except ValueError:
        usable = False
    named = settings.PUSH_CONTACT.startswith(("mailto:", "https://"))
    if usable and named and settings.PUSH_KEY != PUBLIC_PUSH_KEY:
        return []
    return [
        Error(
            "Browser notifications are on, but cannot be signed in your own name.",
            hint="Set PUSH_KEY (manage.py push_key) and PUSH_CONTACT (mailto: or "
            "https:), or neither.",
            id="portal.E004",
        )
    ]


def refuse_public_keys() -> None:
    """Stop a web server that would serve real people with public keys.

    Raises ImproperlyConfigured outside DEBUG and DEMO. Commands such as ``due`` and
    ``migrate`` still run: they show nothing to anyone outside this machine.
    """
    names = public_keys()
    if names and not (settings.DEBUG or settings.DEMO):
        raise ImproperlyConfigured(
            f"{', '.join(names)}: 仍是公开的开发密钥，网站拒绝启动。"
            "正式运行请按 .env.example 设置；本机演示请用 make run 或设 DEMO=1。"
        )
