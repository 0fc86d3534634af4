"""How many messages wait, for the page header."""

from django import template

from portal.notices.models import Message

register = template.Library()


@register.simple_tag
def unread_messages(user: object) -> int:
    """Return how many messages a signed-in person has not opened; one indexed count."""
    if not getattr(user, "is_authenticated", False):
        return 0
    return Message.objects.unread().filter(recipient_id=getattr(user, "pk", 0)).count()
