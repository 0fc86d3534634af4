"""How a text leaves the house: in the demo it stays, elsewhere over HTTPS or SMTP."""

import hashlib
import hmac
import http.client
import json
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from urllib.parse import SplitResult, urlsplit, urlunsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

SECONDS = 5


class NotTaken(Exception):
    """The provider surely did not take the message: it may be sent again.

    ``answered`` is its HTTP status, 0 where it answered nothing.
    """

    def __init__(self, sentence: str, answered: int = 0) -> None:
        super().__init__(sentence)
        self.answered = answered


class Unclear(Exception):
    """The message was handed over and no answer came: sent again, it might be two."""


class Gateway(Protocol):
    """What a text-message provider looks like from here."""

    # Answers at once and cannot fail, so that a request may call it.
    in_process: bool

    def send(self, *, to: str, text: str, request_id: str, at: datetime) -> str:
        """Hand one text over and return the provider's reference.

        Raises NotTaken or Unclear. ``request_id`` is the same for every attempt.
        """


class DevelopmentGateway:
    """Send nothing: what was to be sent is read under /inbox/ in the demo."""

    in_process = True

    def send(self, *, to: str, text: str, request_id: str, at: datetime) -> str:
        """Return a reference made of the request's own id."""
        return f"dev-{request_id}"


class HttpGateway:
    """Post each text as signed JSON to SMS_GATEWAY_URL."""

    in_process = False

    def send(self, *, to: str, text: str, request_id: str, at: datetime) -> str:
        """Return the ``reference`` of the provider's JSON answer, or our own id."""
        body = json.dumps({"to": to, "text": text, "id": request_id}).encode()
        answer = post_signed(settings.SMS_GATEWAY_URL, body, request_id, at)
        try:
            return str(json.loads(answer)["reference"])[:80]
        except (ValueError, KeyError, TypeError):
            return request_id


def sms_gateway() -> Gateway:
    """Return the gateway that SMS_GATEWAY names."""
    factory: Callable[[], Gateway] = import_string(settings.SMS_GATEWAY)
    return factory()


def signature(body: bytes, request_id: str, timestamp: str, secret: str) -> str:
    """Return the hex HMAC-SHA256 of ``id.timestamp.body`` that names the sender."""
    message = f"{request_id}.{timestamp}.".encode() + body
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def post_signed(url: str, body: bytes, request_id: str, at: datetime) -> bytes:
    """Post JSON over https without following redirects; raise NotTaken or Unclear.

    Before the connection stands nothing can have been taken; from then on only an
    answer tells.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise NotTaken("only https is spoken")
    connection = http.client.HTTPSConnection(
        parts.hostname,
        parts.port,
        timeout=SECONDS,
        context=ssl.create_default_context(),
    )
    headers = signed_headers(body, request_id, at, settings.GATEWAY_SECRET)
    try:
        return exchange(connection, target_of(parts), body, headers)
    finally:
        connection.close()


def target_of(parts: SplitResult) -> str:
    """Return what a request asks its host for: the path, and the query if any."""
    return urlunsplit(("", "", parts.path or "/", parts.query, ""))


def signed_headers(
    body: bytes, request_id: str, at: datetime, secret: str
) -> dict[str, str]:
    """Return the headers by which a receiver knows sender, message and age."""
    timestamp = str(int(at.timestamp()))
    return {
        "Content-Type": "application/json",
        "X-Id": request_id,
        "X-Timestamp": timestamp,
        "X-Signature": signature(body, request_id, timestamp, secret),
    }


def exchange(
    connection: http.client.HTTPConnection,
    path: str,
    body: bytes,
    headers: dict[str, str],
) -> bytes:
    """Post once and return the answer's beginning; raise NotTaken or Unclear."""
    try:
        connection.connect()
    except OSError as error:
        raise NotTaken(f"no connection: {error}") from error
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read(10_000)
    except (OSError, http.client.HTTPException) as error:
        raise Unclear(f"broke off: {error}") from error
    if answer.status in {500, 502, 504}:
        raise Unclear(f"status {answer.status}")
    if not 200 <= answer.status < 300:
        raise NotTaken(f"status {answer.status}", answer.status)
    return content


def send_email(*, to: str, subject: str, text: str, request_id: str) -> str:
    """Send one e-mail, under one Message-ID over every attempt."""
    headers = {"Message-ID": f"<{request_id}@{settings.MAIL_DOMAIN}>"}
    message = EmailMessage(subject, text, to=[to], headers=headers)
    connection = message.get_connection()
    try:
        connection.open()
    except OSError as error:
        raise NotTaken(f"no connection: {error}") from error
    try:
        message.send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        raise NotTaken(f"refused: {error}") from error
    except OSError as error:
        raise Unclear(f"broke off: {error}") from error
    finally:
        connection.close()
    return request_id
