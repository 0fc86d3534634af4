"""Messages in the admin: operators see what became of them, and may send again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from outages.models import Broadcast, Subscription
from outages.selectors import subscribers
from outages.services import subscribing
from portal.notices.models import Message
from portal.notices.services import delivery, outage_news
from sla.admin.lookers import LookedAtAdmin
from sla.ground.actors import Role
from sla.ground.phones import clean_mobile

# Whoever reads a code could sign in with it.
SECRET = ("sign-in:", "track:", "verify:")


class OperatorsRead(LookedAtAdmin):
    """Show rows to operators; nobody writes or changes them by hand."""

    lookers = frozenset({Role.OPERATOR})


@admin.register(Broadcast)
class BroadcastAdmin(OperatorsRead):
    """List how far the telling of each piece of outage news came."""

    list_display = ("about", "outage", "lane", "told", "started_at", "finished_at")
    list_filter = ("lane", ("finished_at", admin.EmptyFieldListFilter))
    list_select_related = ("outage",)
    search_fields = ("=outage__number",)
    search_help_text = _("停电编号")
    ordering = ("-pk",)
    show_full_result_count = False


class EndForm(ActionForm):
    """Ask why, beside what to do."""

    reason = forms.CharField(label=_("原因"), max_length=200, required=False)


@admin.register(Subscription)
class SubscriptionAdmin(OperatorsRead):
    """List who is told; an operator ends what somebody calls about, and says why."""

    list_display = ("to", "way", "transformer", "label", "created_at", "ended_at")
    list_filter = ("way", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("transformer",)
    # Phones are encrypted: they are found whole, by their index.
    search_fields = ("=transformer__code",)
    search_help_text = _("完整手机号，或台区编码")
    ordering = ("-pk",)
    show_full_result_count = False
    action_form = EndForm
    actions = ("end",)
    fields = (
        *("to", "way", "transformer", "label"),
        *("for_residents", "created_at", "ended_at"),
    )

    @admin.display(description=_("发往"))
    def to(self, row: Subscription) -> str:
        """Show who is told, masked."""
        return subscribers.shown(row) or row.get_way_display()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find a phone by its index, an area by its code."""
        try:
            phone = clean_mobile(search_term)
        except ValidationError:
            return super().get_search_results(request, queryset, search_term)
        return queryset.filter(address_index=subscribing.index_of(phone)), False

    @admin.action(description=_("退订（请写明原因）"))
    def end(self, request: HttpRequest, rows: QuerySet[Subscription]) -> None:
        """End these for who asked; each with its reason in the record."""
        reason = request.POST.get("reason", "").strip()
        if not reason:
            wanted = _("请写明退订原因，例如机主来电要求退订。")
            self.message_user(request, wanted, messages.ERROR)
            return
        ended = [row for row in rows if subscribing.end(row, at=timezone.now())]
        for row in ended:
            outage_news.drop_waiting(row)
            said = gettext("退订：%(reason)s") % {"reason": reason[:200]}
            self.log_change(request, row, said)
        text = _("已退订 %(count)s 个。") % {"count": len(ended)}
        self.message_user(request, text, messages.SUCCESS)


@admin.register(Message)
class MessageAdmin(OperatorsRead):
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
