"""What was sent about one application, for the history that staff read."""

from django import template

from portal.notices.models import Channel, Message

register = template.Library()


@register.simple_tag
def case_messages(number: str, last_seq: int) -> list[Message]:
    """Return what the events of a case caused to be sent, newest first; texts unread.

    One query along the index of causes (``about`` is the number and the event).
    """
    about = [f"{number}#{seq}" for seq in range(1, last_seq + 1)]
    sent = Message.objects.filter(about__in=about).exclude(channel=Channel.WEBHOOK)
    return list(sent.defer("text", "address").order_by("-created_at", "-pk"))
