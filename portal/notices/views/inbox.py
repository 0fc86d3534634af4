"""收件箱: what the development gateway "sent", readable in the demo only."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.notices.models import Channel, Message, MessageQuerySet
from portal.notices.services.writing import address_index
from sla.ground.phones import clean_phone

_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """One message as the page shows it; ``code`` is empty when it carries none."""

    message: Message
    code: str


@never_cache
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """List the latest messages that left the house; 404 outside the demo."""
    if not settings.DEMO:
        raise Http404
    wanted = request.GET.get("phone", "").strip()
    messages = Message.objects.exclude(channel=Channel.IN_APP).order_by("-pk")
    page = Paginator(_to(messages, wanted), 20).get_page(request.GET.get("page"))
    lines = [Line(message, _code_in(message)) for message in page]
    context = {"page": page, "lines": lines, "phone": wanted}
    return render(request, "notices/inbox.html", context)


def _to(messages: MessageQuerySet, phone: str) -> MessageQuerySet:
    if not phone:
        return messages
    try:
        address = clean_phone(phone)
    except ValidationError:
        return messages.none()
    return messages.filter(address_index=address_index(address))


def _code_in(message: Message) -> str:
    if not message.about.startswith(("sign-in:", "track:", "verify:")):
        return ""
    found = _CODE.search(str(message.text))
    return found.group() if found else ""
