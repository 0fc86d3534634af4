"""Planned outages as a calendar that phones keep up to date (RFC 5545)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, Timezone

from outages.lifecycles.outage import Status
from outages.models import Interruption, Outage, OutageEvent, OutageScope, Subscription
from outages.selectors import subscribers
from outages.vocabulary import OutageKind
from sla.engine import SHANGHAI

# What lies further back is no plan any more.
KEPT = timedelta(days=30)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar as bytes, with what tells whether it changed."""

    content: bytes
    etag: str
    changed_at: datetime | None


def of_subscription(row: Subscription, *, at: datetime) -> Feed:
    """Return what was announced for the area somebody subscribed to.

    Empty once the subscription has ended: phones then drop what they kept.
    """
    if row.ended_at is not None:
        return _feed(Outage.objects.none(), _("停电计划（已退订）"))
    touching = Interruption.objects.filter(
        outage=OuterRef("pk"), transformer=row.transformer_id, whole=True
    )
    mine = Q(Exists(touching))
    if row.account_id is not None:
        named = OutageScope.objects.filter(
            outage=OuterRef("pk"), account=row.account_id
        )
        mine |= Q(Exists(named))
    planned = _announced().filter(mine, ends_at__gt=at - KEPT)
    place = row.label or subscribers.place_of(row)
    return _feed(planned, _("停电计划：%(place)s") % {"place": place})


def of_outage(number: str) -> Feed | None:
    """Return one announced outage, cancelled or not; None where there is none."""
    rows = _announced().filter(number=number)
    return _feed(rows, _("停电 %(number)s") % {"number": number}) if rows else None


def _announced() -> QuerySet[Outage]:
    """Return what was announced ahead; arrears are nobody else's business."""
    told = Outage.objects.filter(published_at__isnull=False, starts_at__isnull=False)
    public = told.exclude(status__in=(Status.DRAFTED, Status.APPROVED))
    return public.exclude(Q(kind=OutageKind.ARREARS) | Q(ends_at=None))


def _feed(outages: Iterable[Outage], name: str) -> Feed:
    rows = sorted(outages, key=lambda row: (row.starts_at, row.pk))
    changed = _changed(rows)
    calendar = Calendar()
    calendar.add("prodid", "-//Bandian//Outages//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", SHANGHAI.key)
    calendar.add("refresh-interval", timedelta(hours=6), {"value": "DURATION"})
    # One fixed offset since 1991: the years between change nothing.
    calendar.add_component(
        Timezone.from_tzinfo(
            SHANGHAI,
            SHANGHAI.key,
            first_date=datetime(2000, 1, 1, tzinfo=SHANGHAI).date(),
            last_date=datetime(2001, 1, 1, tzinfo=SHANGHAI).date(),
        )
    )
    for row in rows:
        calendar.add_component(_event(row, changed[row.number]))
    content = calendar.to_ical()
    etag = hashlib.sha256(content).hexdigest()[:32]
    return Feed(content, etag, max(changed.values(), default=None))


def _changed(rows: list[Outage]) -> dict[str, datetime]:
    """Return when each outage last changed, by its history (one query)."""
    events = OutageEvent.objects.filter(reference__in=[row.number for row in rows])
    latest = events.order_by("at").values_list("reference", "at")
    created = {row.number: row.created_at for row in rows}
    return created | dict(latest)


def _event(row: Outage, changed_at: datetime) -> Event:
    assert row.starts_at is not None
    assert row.ends_at is not None
    event = Event()
    event.add("uid", f"{row.number}@{settings.MAIL_DOMAIN}")
    # Every act counts on, so a later edition always carries the higher number.
    event.add("sequence", row.last_seq)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", row.starts_at.astimezone(SHANGHAI))
    event.add("dtend", row.ends_at.astimezone(SHANGHAI))
    event.add("summary", _summary(row))
    event.add("description", f"{row.get_kind_display()}：{row.reason}")
    event.add("location", row.area_text)
    event.add("transp", "TRANSPARENT")
    if settings.PUBLIC_URL:
        event.add("url", f"{settings.PUBLIC_URL}/outages/{row.number}/")
    cancelled = row.status == Status.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if not cancelled:
        event.add_component(_alarm(row))
    return event


def _summary(row: Outage) -> str:
    if row.status == Status.CANCELLED:
        return _("停电已取消 %(number)s") % {"number": row.number}
    return _("停电 %(number)s") % {"number": row.number}


def _alarm(row: Outage) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(row))
    alarm.add("trigger", -DAY)
    return alarm
