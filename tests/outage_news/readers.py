"""Who is told in these tests, and what they got."""

from datetime import datetime

from outages.models import Subscription, Transformer
from outages.services import subscribing
from outages.services.subscribing import Place
from portal.notices.models import Channel, Message
from portal.notices.services import outage_news
from tests import cast

PHONE = "+8613800000011"
OTHER = "+8613800000012"


def by_phone(
    area: Transformer, phone: str = PHONE, at: datetime = cast.NOW
) -> Subscription:
    """Subscribe a phone to an area."""
    return subscribing.by_sms(Place(area), phone=phone, at=at)


def tell(at: datetime = cast.NOW) -> int:
    """Take up and tell everything."""
    return outage_news.run(at=at)


def told(phone: str = PHONE) -> list[str]:
    """Return the titles of what one phone is told, in order."""
    messages = Message.objects.filter(
        channel=Channel.SMS,
        recipient_key=f"sms:{subscribing.index_of(phone)}",
        lane__gt=0,
    )
    return list(messages.order_by("pk").values_list("subject", flat=True))


def text_to(phone: str = PHONE) -> str:
    """Return the last text to one phone."""
    messages = Message.objects.filter(
        recipient_key=f"sms:{subscribing.index_of(phone)}"
    )
    latest = messages.order_by("-pk").first()
    return str(latest.text) if latest else ""
