"""Browser notifications: encrypted for one browser, signed for its push service.

RFC 8030 (delivery), 8291 (encryption), 8292 (who sends: VAPID).
"""

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02

from sla.ground import base64url

# How long a push service keeps what an offline browser has not fetched.
KEPT = timedelta(hours=12)


def is_on() -> bool:
    """Tell whether this installation has a key to sign with."""
    return bool(settings.PUSH_KEY)


def new_key() -> str:
    """Return a fresh key as PUSH_KEY takes it."""
    private = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    return base64url.encode(private.private_value.to_bytes(32, "big"))


def public_key() -> str:
    """Return what a browser's PushManager asks for; raises ValueError for a bad key."""
    point = _signer().public_key.public_bytes(
        Encoding.X962, PublicFormat.UncompressedPoint
    )
    return base64url.encode(point)


def headers(endpoint: str, thread: str, at: datetime) -> dict[str, str]:
    """Return the headers of one push; the same thread replaces what is not fetched."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "sub": settings.PUSH_CONTACT,
        "exp": int((at + KEPT).timestamp()),
    }
    topic = hashlib.sha256(thread.encode()).hexdigest()[:32]
    signed: dict[str, str] = _signer().sign(claims)
    return {
        **signed,
        "TTL": str(int(KEPT.total_seconds())),
        "Topic": topic,
        "Urgency": "high",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
    }


def sealed(body: bytes, keys: dict[str, str]) -> bytes:
    """Return a body that only the browser of these keys can read."""
    content: bytes = http_ece.encrypt(
        body,
        salt=secrets.token_bytes(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=base64url.decode(keys["p256dh"]),
        auth_secret=base64url.decode(keys["auth"]),
        version="aes128gcm",
    )
    return content


def payload(title: str, text: str, path: str, tag: str) -> str:
    """Return what the service worker of this site shows."""
    facts = {"title": title, "body": text, "path": path, "tag": tag}
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def _signer() -> Vapid02:
    key = base64url.decode(settings.PUSH_KEY)
    if len(key) != 32:
        raise ValueError("PUSH_KEY is not 32 bytes in base64url")
    return Vapid02.from_raw(settings.PUSH_KEY.encode())
