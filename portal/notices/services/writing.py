"""Write messages: what is told to whom, once for each thing, channel and recipient."""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from portal.notices import gateways
from portal.notices.models import Channel, Lane, Message, State
from sla.engine import SHANGHAI
from sla.ground.fields import blind_index
from sla.ground.masking import mask_phone
from sla.ground.record import for_the_record

ADDRESS_PURPOSE = "message address"
CODE_LIFETIME = timedelta(minutes=10)
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told: an account, an address, or both.

    ``key`` names the recipient for uniqueness; phone and e-mail may be empty.
    """

    key: str
    user_id: int | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is told; ``about`` names the cause, ``thread`` the case or the outage."""

    about: str
    subject: str
    text: str
    thread: str = ""
    link: str = ""


def address_index(address: str) -> str:
    """Return what messages to one address are found by."""
    return blind_index(address, ADDRESS_PURPOSE)


def after_quiet_hours(at: datetime) -> datetime:
    """Return the moment a text message may go out: at once, or 08:00 after the night.

    Quiet is 21:00-08:00 in Shanghai (TRUST, notices).
    """
    local = at.astimezone(SHANGHAI)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return at
    day = local.date()
    if local.time() >= QUIET_FROM:
        day += timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, SHANGHAI)


def in_app(letter: Letter, to: Recipient, *, at: datetime) -> Message:
    """Return an unsaved in-app message; being written is being delivered."""
    return _message(letter, to, Channel.IN_APP, at=at, state=State.SENT, sent_at=at)


def sms(letter: Letter, to: Recipient, *, at: datetime) -> Message:
    """Return an unsaved text message, to go out after quiet hours."""
    return _message(
        letter,
        to,
        Channel.SMS,
        at=at,
        next_try_at=after_quiet_hours(at),
        address=to.phone,
        address_index=address_index(to.phone),
        address_shown=mask_phone(to.phone),
    )


def email(letter: Letter, to: Recipient, *, at: datetime) -> Message:
    """Return an unsaved e-mail."""
    name, _at, domain = to.email.partition("@")
    return _message(
        letter,
        to,
        Channel.EMAIL,
        at=at,
        address=to.email,
        address_index=address_index(to.email),
        address_shown=f"{name[:1]}***@{domain}"[:80],
    )


def webhook(letter: Letter, *, at: datetime) -> Message:
    """Return an unsaved push to the one address that WEBHOOK_URL names."""
    return _message(letter, Recipient(key="webhook"), Channel.WEBHOOK, at=at)


def to_system(letter: Letter, to: Recipient, *, kept: str, at: datetime) -> Message:
    """Return an unsaved push to a subscriber's system; ``kept`` is its url and secret.

    It waits in a lane of its own: whose server is slow keeps nobody else waiting.
    """
    return _message(
        letter,
        to,
        Channel.WEBHOOK,
        at=at,
        lane=Lane.OUTSIDE,
        address=kept,
        address_index=address_index(str(json.loads(kept)["url"])),
    )


def to_browser(letter: Letter, to: Recipient, *, kept: str, at: datetime) -> Message:
    """Return an unsaved browser notification; ``kept`` is its endpoint and keys."""
    return _message(
        letter,
        to,
        Channel.WEB_PUSH,
        at=at,
        address=kept,
        address_index=address_index(str(json.loads(kept)["endpoint"])),
    )


def _message(
    letter: Letter, to: Recipient, channel: Channel, *, at: datetime, **details: object
) -> Message:
    values = {"next_try_at": at, **details}
    return Message(
        about=letter.about,
        subject=letter.subject,
        text=letter.text,
        thread=letter.thread,
        link=letter.link,
        recipient_id=to.user_id,
        recipient_key=to.key,
        channel=channel,
        created_at=at,
        **values,
    )


def keep(messages: list[Message]) -> None:
    """Save messages; one that was written before is left as it is."""
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=200)


@for_the_record()
@transaction.atomic
def send_code(*, phone: str, code: str, about: str, at: datetime) -> Message:
    """Write a code's text message, day or night: its reader is waiting for it.

    A gateway within this process is called here; any other is for the outbox, since
    a request never waits for a provider.
    """
    letter = Letter(
        about=about,
        subject=_("登录验证码"),
        text=_(
            "【办电】验证码 %(code)s，10 分钟内有效，"
            "用于登录、查询进度、订阅通知或确认本人。请勿告诉他人。"
        )
        % {"code": code},
    )
    message = sms(letter, Recipient(key=f"sms:{about}", phone=phone), at=at)
    message.next_try_at, message.expires_at = at, at + CODE_LIFETIME
    gateway = gateways.sms_gateway()
    if gateway.in_process:
        message.provider_ref = gateway.send(
            to=phone, text=message.text, request_id=about, at=at
        )
        message.state, message.sent_at, message.attempts = State.SENT, at, 1
    message.save(force_insert=True)
    return message
