"""Moments of outages: whole seconds with a zone, in an order that can have been."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sla.engine import SHANGHAI
from sla.engine.prc import FIRST, LAST
from sla.words import exact_moment

# Nothing that interrupts a city's supply lasts longer; a slip of the keyboard does.
LONGEST = timedelta(days=60)
# The years of the calendar; others are slips of the keyboard, and reckon to no date.
YEARS = range(FIRST.year, LAST.year + 1)


def whole(moment: datetime, *, field: str) -> datetime:
    """Return a moment without its fraction of a second.

    Raises ValidationError for a moment without a zone, or of no year of ours.
    """
    if moment.utcoffset() is None:
        raise ValidationError(
            {field: _("时间须写明时区，例如 2026-09-01T08:00:00+08:00。")}
        )
    if moment.year not in YEARS:
        raise ValidationError(
            {
                field: _("年份须在%(first)s到%(last)s之间，请核对。")
                % {"first": YEARS[0], "last": YEARS[-1]}
            }
        )
    return moment.replace(microsecond=0)


def plan(
    starts_at: datetime | None,
    ends_at: datetime | None,
    *,
    at: datetime,
    endless: bool = False,
) -> tuple[datetime | None, datetime | None]:
    """Return a plan's two moments, checked; both may be open while it is a draft.

    ``endless``: cut until something happens, as for arrears. Raises ValidationError
    for a naive moment, one without the other, a reversed pair, a beginning in the
    past, or a plan that is longer than anything can be.
    """
    if starts_at is None and ends_at is None:
        return None, None
    if starts_at is None:
        raise ValidationError({"starts_at": _("请填写计划停电时间。")})
    starts_at = whole(starts_at, field="starts_at")
    if starts_at < at:
        raise ValidationError(
            {"starts_at": _("计划停电时间不能早于现在，请改为以后的时间。")}
        )
    if ends_at is None:
        if endless:
            return starts_at, None
        raise ValidationError({"ends_at": _("请填写计划复电时间。")})
    ends_at = whole(ends_at, field="ends_at")
    in_order(starts_at, ends_at, field="ends_at")
    return starts_at, ends_at


def in_order(
    began: datetime, ended: datetime, *, field: str, endless: bool = False
) -> None:
    """Raise ValidationError unless ``ended`` follows ``began``, and not too far.

    ``endless``: however far, as for arrears.
    """
    if ended <= began:
        raise ValidationError(
            {
                field: _("复电时间须晚于停电时间（%(began)s）。")
                % {"began": exact_moment(began)}
            }
        )
    if not endless:
        not_too_long(began, ended, field=field)


def not_too_long(began: datetime, ended: datetime, *, field: str) -> None:
    """Raise ValidationError for a length that no outage has."""
    if ended - began > LONGEST:
        raise ValidationError(
            {
                field: _("停电时长超过%(days)s天，请核对日期是否写错。")
                % {"days": LONGEST.days}
            }
        )


def happened(
    stated: datetime | None, *, field: str, after: datetime | None, at: datetime
) -> datetime:
    """Return when something happened: as stated, or now.

    ``after`` is the moment before it, such as the beginning of what now ends. Raises
    ValidationError for a naive moment, one that has not come, or one before ``after``.
    """
    moment = whole(at if stated is None else stated, field=field)
    if moment > at:
        raise ValidationError(
            {
                field: _("时间不能晚于现在（%(now)s），尚未发生的请等发生后再登记。")
                % {"now": exact_moment(at)}
            }
        )
    if after is not None and moment < after:
        raise ValidationError(
            {
                field: _("时间不能早于%(after)s，请核对。")
                % {"after": exact_moment(after)}
            }
        )
    return moment


def hoped_for(
    stated: datetime, *, field: str, began: datetime, at: datetime
) -> datetime:
    """Return a moment that is hoped for: it lies ahead, and not too far from ``began``.

    Raises ValidationError.
    """
    moment = whole(stated, field=field)
    if moment <= at:
        raise ValidationError({field: _("预计的时间须晚于现在，请重新填写。")})
    not_too_long(began, moment, field=field)
    return moment


def iso(moment: datetime | None) -> str | None:
    """Return a moment as payloads keep it, Shanghai time."""
    return None if moment is None else moment.astimezone(SHANGHAI).isoformat()
