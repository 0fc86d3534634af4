"""Sign-in codes: six digits to one phone, few, short-lived, used once.

The limits live in the database: they hold over any number of web processes, and with no
database there is no code (the limiter fails closed).
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from portal.accounts.models import SignInCode, SignInCodeQuerySet, phone_index
from portal.notices.services import writing
from sla.ground.fields import blind_index

DIGITS = 6
TRIES = 5
LIFETIME = writing.CODE_LIFETIME
PAUSE = timedelta(seconds=60)
DAY = timedelta(days=1)
# TRUST S9. Codes that were used proved their phone and do not count.
PER_PHONE_AND_DAY = 5
PER_ADDRESS_AND_DAY = 20


class TooMany(Exception):
    """Refuse a further code for now; ``wait`` is what is left of the pause."""

    def __init__(self, sentence: str, wait: timedelta) -> None:
        super().__init__(sentence)
        self.wait = wait

    @property
    def seconds(self) -> int:
        """Return the whole seconds to wait, at least one."""
        return max(1, -(-int(self.wait.total_seconds() * 1000) // 1000))


class TooSoon(TooMany):
    """Refuse a second code while the first is still fresh; ``code`` is that one."""

    def __init__(self, code: SignInCode, wait: timedelta) -> None:
        seconds = max(1, round(wait.total_seconds()))
        sentence = _("验证码刚刚发送过，请在 %(seconds)s 秒后重新获取。")
        super().__init__(sentence % {"seconds": seconds}, wait)
        self.code = code


class NotConfirmed(Exception):
    """Say why a code did not open the door, and what to do."""


@dataclass(frozen=True, slots=True)
class _Limit:
    spent: SignInCodeQuerySet
    allowed: int
    sentence: str


def request_code(*, phone: str, ip: str, at: datetime) -> SignInCode:
    """Send a code to a normalised phone, whether an account has it or not.

    Raises TooSoon within PAUSE of the last unused code, TooMany over the day's limits.
    """
    index = phone_index(phone)
    with transaction.atomic():
        _refuse_if_fresh(index, at)
        _refuse_over_limits(index, ip, at)
        # Only what is stale: a twin's fresh code must stay, and stop us below.
        stale = SignInCode.objects.live().filter(requested_at__lte=at - PAUSE)
        stale.filter(phone_index=index).update(closed_at=at)
        digits = get_random_string(DIGITS, "0123456789")
        try:
            with transaction.atomic():
                code = SignInCode.objects.create(
                    phone=phone,
                    phone_index=index,
                    code_hash=_digest(index, digits),
                    ip=ip,
                    requested_at=at,
                    expires_at=at + LIFETIME,
                )
        except IntegrityError as error:
            # Another request for this phone was first by a moment.
            first = SignInCode.objects.filter(phone_index=index).latest("requested_at")
            raise TooSoon(first, PAUSE) from error
        writing.send_code(phone=phone, code=digits, about=f"sign-in:{code.pk}", at=at)
    return code


def confirm(*, code_id: int, digits: str, at: datetime) -> str:
    """Return the phone that a code proves, and spend the code.

    Raises NotConfirmed. A try is counted before it is looked at, so that many at once
    get no more than TRIES between them.
    """
    live = SignInCode.objects.live().filter(pk=code_id)
    counted = live.filter(tries__lt=TRIES, expires_at__gt=at).update(
        tries=F("tries") + 1
    )
    code = SignInCode.objects.filter(pk=code_id).first()
    if not counted or code is None:
        raise NotConfirmed(_("验证码已失效，请重新获取。"))
    if not hmac.compare_digest(code.code_hash, _digest(code.phone_index, digits)):
        raise NotConfirmed(_wrong(TRIES - code.tries))
    if not live.filter(used_at__isnull=True).update(used_at=at, closed_at=at):
        raise NotConfirmed(_("验证码已使用过，请重新获取。"))
    return str(code.phone)


def forget(*, before: datetime) -> int:
    """Delete codes asked for before a moment; return how many."""
    deleted, _rows = SignInCode.objects.filter(requested_at__lt=before).delete()
    return deleted


def _wrong(left: int) -> str:
    if left <= 0:
        return _("验证码不正确，且已连续输错 5 次，请重新获取。")
    return _("验证码不正确，还可以再试 %(left)s 次。") % {"left": left}


def _digest(index: str, digits: str) -> str:
    return blind_index(f"{index}:{digits}", "sign-in code")


def _refuse_if_fresh(index: str, at: datetime) -> None:
    fresh = SignInCode.objects.live().filter(phone_index=index).since(at - PAUSE)
    code = fresh.first()
    if code is not None:
        raise TooSoon(code, code.requested_at + PAUSE - at)


def _refuse_over_limits(index: str, ip: str, at: datetime) -> None:
    unused = SignInCode.objects.filter(used_at__isnull=True).since(at - DAY)
    limits = (
        _Limit(
            unused.filter(phone_index=index),
            PER_PHONE_AND_DAY,
            _("该号码今天获取验证码的次数已用完，请明天再试，或拨打 95598。"),
        ),
        _Limit(
            unused.filter(ip=ip),
            PER_ADDRESS_AND_DAY,
            _("当前网络获取验证码过于频繁，请稍后再试，或拨打 95598。"),
        ),
    )
    for limit in limits:
        moments = limit.spent.order_by("-requested_at")
        oldest = moments.values_list("requested_at", flat=True)[limit.allowed - 1 :]
        for moment in oldest[:1]:
            raise TooMany(limit.sentence, moment + DAY - at)
