"""我的消息: what a person was told within the portal."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.notices.models import Message


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """List a person's own messages, newest first."""
    messages = Message.objects.inbox_of(int(request.user.pk or 0))
    page = Paginator(messages, 20).get_page(request.GET.get("page"))
    unread = any(message.read_at is None for message in page)
    context = {"page": page, "any_unread": unread}
    return render(request, "notices/messages.html", context)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    messages = Message.objects.inbox_of(int(request.user.pk or 0)).unread()
    messages.order_by().update(read_at=timezone.now())
    return redirect("messages")


@login_required
@require_POST
def open_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Mark one message as read and go where it leads."""
    messages = Message.objects.inbox_of(int(request.user.pk or 0))
    message = get_object_or_404(messages, pk=message_id)
    messages.unread().filter(pk=message.pk).order_by().update(read_at=timezone.now())
    return redirect(message.link or "messages")
