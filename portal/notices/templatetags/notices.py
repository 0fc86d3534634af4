"""How many messages wait, for the page header."""

from django import template

from portal.notices.models import Channel
from sla.ground import plain_sql

register = template.Library()


@register.simple_tag
def unread_messages(user: object) -> int:
    """Return how many messages a signed-in person has not opened; one indexed count."""
    if not getattr(user, "is_authenticated", False):
        return 0
    counted = plain_sql.column(
        "SELECT COUNT(*) FROM notices_message"
        " WHERE recipient_id = %s AND channel = %s AND read_at IS NULL",
        getattr(user, "pk", 0),
        Channel.IN_APP,
    )
    return int(counted[0])
