"""One piece of outage news as the messages of some of those who are told it."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache, partial

from django.conf import settings
from django.utils.translation import gettext as _

from outages.models import Broadcast, Outage, Subscription, Way
from outages.selectors import subscribers
from portal.notices import browsers
from portal.notices.models import Lane, Message
from portal.notices.outage_wording import OUTAGES, REMINDER, facts_of, whom_of
from portal.notices.services import writing
from portal.notices.services.writing import Letter, Recipient

# News of a running outage is of no use to anybody half a day later.
FRESH = timedelta(hours=12)


def action_of(broadcast: Broadcast) -> str:
    """Return what the broadcast tells of: the event's act, or a reminder."""
    return broadcast.event.action if broadcast.event else REMINDER


def messages_for(
    broadcast: Broadcast, rows: Iterable[Subscription], *, at: datetime
) -> list[Message]:
    """Return one message for each recipient among these, which names all his places."""
    letter = lru_cache(partial(_letter, broadcast))
    messages = []
    for mine in _by_recipient(rows):
        # Whoever passes it on is told so, however else he is subscribed.
        meant = [row for row in mine if row.for_residents] or mine
        row, names = meant[0], tuple(dict.fromkeys(map(subscribers.called, meant)))
        message = _message(row, broadcast, letter(names, row.for_residents), at)
        _hold(message, broadcast, at)
        messages.append(message)
    return messages


def _by_recipient(rows: Iterable[Subscription]) -> Iterable[list[Subscription]]:
    found: dict[tuple[str, str], list[Subscription]] = {}
    for row in rows:
        if row.way != Way.WEB_PUSH or browsers.is_on():
            found.setdefault((row.way, key_of(row)), []).append(row)
    return found.values()


def key_of(row: Subscription) -> str:
    """Return who a subscriber is, over all of his subscriptions."""
    if row.way == Way.IN_APP:
        return f"user:{row.user_id}"
    return f"{row.way}:{row.address_index}"


def address_of(row: Subscription) -> str:
    """Return what messages to a subscriber are found by, before it is indexed."""
    if row.way in {Way.WEB_PUSH, Way.WEBHOOK}:
        kept = json.loads(row.address)
        return str(kept.get("endpoint") or kept["url"])
    return str(row.address)


def page_of(outage: Outage) -> str:
    """Return where everybody reads about an outage."""
    return f"/outages/{outage.number}/"


def _letter(
    broadcast: Broadcast, places: tuple[str, ...], for_residents: bool
) -> Letter:
    outage = broadcast.outage
    news = OUTAGES[action_of(broadcast)]
    assert news is not None, "only news is broadcast"
    whom = whom_of(places, for_residents=for_residents)
    text = news.say(facts_of(outage, whom=whom))
    if for_residents:
        text += _("请及时转告住户。")
    return Letter(
        about=broadcast.about,
        subject=str(news.subject),
        text=text,
        thread=outage.number,
        link=page_of(outage),
    )


def _message(
    row: Subscription, broadcast: Broadcast, letter: Letter, at: datetime
) -> Message:
    to = Recipient(key=key_of(row), user_id=row.user_id, phone=str(row.address))
    if row.way == Way.SMS:
        return writing.sms(_signed(letter, row), to, at=at)
    if row.way == Way.IN_APP:
        return writing.in_app(letter, to, at=at)
    if row.way == Way.WEB_PUSH:
        body = browsers.payload(letter.subject, letter.text, letter.link, letter.thread)
        return writing.to_browser(_with(letter, body), to, kept=row.address, at=at)
    body = _body(broadcast, letter)
    return writing.to_system(_with(letter, body), to, kept=row.address, at=at)


def _signed(letter: Letter, row: Subscription) -> Letter:
    """Return a text message: the sender's name, and where to read on and to stop."""
    links = ""
    if settings.PUBLIC_URL:
        links = _(" 详情 %(page)s 退订 %(stop)s") % {
            "page": f"{settings.PUBLIC_URL}{letter.link}",
            "stop": f"{settings.PUBLIC_URL}/outages/subscriptions/{row.token}/",
        }
    return _with(letter, f"【办电】{letter.text}{links}")


def _with(letter: Letter, text: str) -> Letter:
    return Letter(letter.about, letter.subject, text, letter.thread, letter.link)


def _body(broadcast: Broadcast, letter: Letter) -> str:
    """Return what a system is told: the outage as it stands, and what is new."""
    outage = broadcast.outage
    moments = {
        name: value.isoformat() if (value := getattr(outage, name)) else None
        for name in ("starts_at", "ends_at", "began_at", "estimated_at", "restored_at")
    }
    body = {
        "number": outage.number,
        "action": action_of(broadcast),
        "kind": outage.kind,
        "status": outage.status,
        "area": outage.area_text,
        "text": letter.text,
        "path": letter.link,
        **moments,
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def _hold(message: Message, broadcast: Broadcast, at: datetime) -> None:
    """Say when a message may go out, in which lane, and when it is of no more use.

    At night only running outages are told (TRUST, notices), and what begins or would
    have begun before people are awake.
    """
    outage = broadcast.outage
    urgent = broadcast.lane == Lane.URGENT
    morning = writing.after_quiet_hours(at)
    soon = outage.starts_at is not None and outage.starts_at <= morning
    personal = message.channel in {Way.SMS, Way.WEB_PUSH}
    message.next_try_at = morning if personal and not (urgent or soon) else at
    message.lane = Lane.OUTSIDE if message.channel == Way.WEBHOOK else broadcast.lane
    message.expires_at = _until(outage, action_of(broadcast), at)


def _until(outage: Outage, action: str, at: datetime) -> datetime:
    if action == REMINDER and outage.starts_at:
        return outage.starts_at
    if action in {"announce", "reschedule", "cancel"} and outage.ends_at:
        return outage.ends_at
    return at + FRESH
