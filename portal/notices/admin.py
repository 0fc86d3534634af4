"""Messages in the admin: operators see what became of them, and may send again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.actors import Role
from portal.notices.models import Message
from portal.notices.services import delivery

# Whoever reads a code could sign in with it.
SECRET = ("sign-in:", "track:", "verify:")


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """List messages; none is written or changed by hand."""

    list_display = (
        "created_at",
        "channel",
        "recipient",
        "address_shown",
        "thread",
        "subject",
        "state",
        "attempts",
        "sent_at",
    )
    list_filter = ("state", "channel")
    list_select_related = ("recipient",)
    search_fields = ("=thread", "=about")
    search_help_text = _("申请编号")
    ordering = ("-pk",)
    show_full_result_count = False
    actions = ("send_again",)
    fields = (
        "subject",
        "readable_text",
        "channel",
        "recipient",
        "address_shown",
        "about",
        "state",
        "created_at",
        "next_try_at",
        "attempts",
        "sent_at",
        "read_at",
        "provider_ref",
        "last_error",
    )

    @admin.display(description=_("内容"))
    def readable_text(self, message: Message) -> str:
        """Show the text, unless it carries a code."""
        hidden = message.about.startswith(SECRET)
        return str(_("（含验证码，不显示）")) if hidden else str(message.text)

    @admin.action(description=_("重新发送（仅限失败和结果不明的）"))
    def send_again(self, request: HttpRequest, rows: QuerySet[Message]) -> None:
        """Queue what failed or is unknown once more, on the operator's word."""
        count = delivery.send_again(list(rows), at=timezone.now())
        text = _("%(count)s 条消息已重新排队。") % {"count": count}
        self.message_user(request, text, messages.SUCCESS)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let operators in alone."""
        role = getattr(request.user, "role", "")
        return request.user.is_active and role == Role.OPERATOR

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
