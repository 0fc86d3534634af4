"""Who is told of outages: subscribe an address that was proved, end it by its token.

Pages prove a phone by a code before they come here; this module keeps what they bring.
"""

import json
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from outages.models import Account, Premises, Subscription, Transformer, Way
from outages.selectors import places
from sla.ground import base64url, outgoing
from sla.ground.errors import Refused
from sla.ground.fields import blind_index
from sla.ground.texts import one_line

PURPOSE = "outage subscription"
# Enough for a family's homes or a property manager's compounds; a brake for the rest.
MOST_PER_ADDRESS = 20
MOST_WEBHOOKS = 50
LONGEST_BROWSER = 1500
LONGEST_LABEL = 10
# It stands in text messages: no door, no number to call, no address to follow.
_LABEL = re.compile(r"(?!.*\d\D*\d\D*\d)[^\W_]+(?: [^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody wants to hear about: an area, by what they know and call it."""

    transformer: Transformer
    premises: Premises | None = None
    account: Account | None = None
    label: str = ""

    @property
    def name(self) -> str:
        """Return the place in public words: its address, 小区 or 台区."""
        if self.premises:
            return self.premises.address
        if self.account:
            return places.public_name(self.account)
        return self.transformer.name


def at_premises(premises: Premises) -> Place:
    """Return an address as a place."""
    return Place(premises.transformer, premises=premises)


def at_account(account: Account) -> Place:
    """Return a 户号 as a place; whoever knows the number does not learn the address."""
    return Place(account.transformer, account=account)


def index_of(name: str) -> str:
    """Return what is searched for a phone, a push endpoint, or ``user:7``."""
    return blind_index(name, PURPOSE)


def system_name(user_id: int | None, url: str) -> str:
    """Return what a system is known by: two organisations may share an address."""
    return f"{user_id} {url}"


def by_sms(place: Place, *, phone: str, user: Any = None, at: datetime) -> Subscription:
    """Subscribe a phone that its owner has proved; raises Refused above the limit."""
    return _subscribe(place, Way.SMS, phone, phone, user=user, at=at)


def in_app(place: Place, *, user: Any, at: datetime) -> Subscription:
    """Subscribe an account to messages within the portal."""
    return _subscribe(place, Way.IN_APP, f"user:{user.pk}", "", user=user, at=at)


def by_web_push(
    place: Place, *, browser: str, user: Any = None, at: datetime
) -> Subscription:
    """Subscribe a browser by the JSON its PushManager gave.

    Raises ValidationError unless it names a push service of PUSH_HOSTS with usable
    keys: whatever we post to, strangers choose.
    """
    keys = read_browser(browser)
    kept = json.dumps(keys, sort_keys=True)
    return _subscribe(place, Way.WEB_PUSH, keys["endpoint"], kept, user=user, at=at)


def by_webhook(
    place: Place, *, url: str, user: Any, at: datetime
) -> tuple[Subscription, str]:
    """Subscribe an organisation's system; return the row and its secret, told once.

    Subscribing the same address again makes a new secret. Raises ValidationError or
    Refused.
    """
    clean = outgoing.clean_url(url)
    secret = secrets.token_urlsafe(32)
    kept = json.dumps({"url": clean, "secret": secret}, sort_keys=True)
    name = system_name(user.pk, clean)
    with transaction.atomic():
        row = _subscribe(place, Way.WEBHOOK, name, kept, user=user, at=at)
        row.address = kept
        row.save(update_fields=["address"])
        # One system, one secret: what it checks does not depend on the place.
        same = Subscription.objects.filter(
            way=Way.WEBHOOK, address_index=row.address_index, ended_at=None
        )
        same.update(address=kept)
    return row, secret


def end(subscription: Subscription, *, at: datetime) -> bool:
    """End one subscription; return whether it was still running."""
    running = Subscription.objects.filter(pk=subscription.pk, ended_at=None)
    ended = bool(running.update(ended_at=at))
    subscription.refresh_from_db()
    return ended


def end_address(way: str, name: str, *, at: datetime) -> int:
    """End everything that goes to one address, which is gone; return how many."""
    gone = Subscription.objects.filter(
        way=way, address_index=index_of(name), ended_at=None
    )
    return gone.update(ended_at=at)


def clean_label(text: str) -> str:
    """Return what a place is called: 店铺, 父母家; empty for none.

    Raises ValidationError unless it is ten letters or fewer, two of them digits.
    """
    label = one_line(unicodedata.normalize("NFKC", text))
    if len(label) > LONGEST_LABEL:
        raise ValidationError(_("称呼最多10个字，例如：店铺、父母家。"))
    if label and not _LABEL.fullmatch(label):
        raise ValidationError(
            _("称呼只用文字，最多带两个数字，例如：店铺、父母家、2号仓库。")
        )
    return label


def read_browser(text: str) -> dict[str, str]:
    """Return endpoint, p256dh and auth of a browser's push subscription.

    Raises ValidationError.
    """
    try:
        facts = json.loads(text[: LONGEST_BROWSER + 1])
        endpoint = outgoing.clean_url(str(facts["endpoint"]))
        keys = {name: str(facts["keys"][name]) for name in ("p256dh", "auth")}
        point, auth = (base64url.decode(keys[name]) for name in ("p256dh", "auth"))
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        raise ValidationError(_unusable()) from error
    if len(auth) != 16 or not _is_push_service(urlsplit(endpoint).hostname or ""):
        raise ValidationError(_unusable())
    return {"endpoint": endpoint, **keys}


def _unusable() -> str:
    return _("这个浏览器给出的通知地址用不了，请换一种方式，例如短信。")


def _is_push_service(host: str) -> bool:
    return any(
        host == known or (known.startswith(".") and host.endswith(known))
        for known in settings.PUSH_HOSTS
    )


@transaction.atomic
def _subscribe(
    place: Place, way: Way, name: str, address: str, *, user: Any, at: datetime
) -> Subscription:
    """Return the one running subscription of an address to an area, made if need be."""
    index = index_of(name)
    mine = Subscription.objects.filter(way=way, address_index=index, ended_at=None)
    found = mine.filter(transformer=place.transformer).first()
    if found is None:
        _require_few(mine.count(), MOST_WEBHOOKS if way == Way.WEBHOOK else None)
    row, made = Subscription.objects.get_or_create(
        transformer=place.transformer,
        way=way,
        address_index=index,
        ended_at=None,
        defaults={
            "premises": place.premises,
            "account": place.account,
            "user": user,
            "address": address,
            "created_at": at,
            "token": new_token(),
            "label": place.label,
        },
    )
    if not made and place.label and row.label != place.label:
        row.label = place.label
        row.save(update_fields=["label"])
    if not made and user is not None and row.user_id != user.pk:
        # Proved by its owner, who is now signed in: it belongs to that account.
        row.user = user
        row.save(update_fields=["user"])
    return row


def _require_few(count: int, most: int | None) -> None:
    allowed = most or MOST_PER_ADDRESS
    if count >= allowed:
        raise Refused(
            _("最多订阅 %(most)s 个地址，请先退订不再需要的。") % {"most": allowed}
        )


def new_token() -> str:
    """Return 192 random bits for an unsubscribe link."""
    return secrets.token_urlsafe(24)
