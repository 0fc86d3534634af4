"""What a person had done with their own data stands in the log of their account."""

from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from portal.accounts.models import User

COPIED, MOVED, CLOSED = "下载本人信息", "更换手机号码", "注销账号"


def note(user: User, what: str, *, at: datetime) -> LogEntry:
    """Write down that something was done, and nothing of what it was about."""
    return LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=user.username,
        action_flag=CHANGE,
        change_message=what,
        action_time=at,
    )


def since(user: User, what: str, at: datetime) -> QuerySet[LogEntry]:
    """Return how often something was done after a moment."""
    return LogEntry.objects.filter(user=user, change_message=what, action_time__gt=at)
