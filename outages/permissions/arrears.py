"""The legal steps before somebody who owes money is cut off, as refusals.

Each refusal names the step that is missing and the clause that asks for it; the figures
are data (``outages/rules/notices.yaml``).
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from outages import rules
from outages.models import Outage
from sla.engine import day_of
from sla.ground.errors import OutOfOrder, Refused
from sla.vocabulary import Unit
from sla.words import exact_moment, length


def steps() -> dict[str, Any]:
    """Return the figures of the legal steps, with their source."""
    found: dict[str, Any] = rules.read("notices")["arrears"]
    return found


def require_owed(outage: Outage, at: datetime) -> None:
    """Raise Refused unless the bill is overdue long enough, and was asked for."""
    facts, figures = outage.arrears, steps()
    if facts.paid_at is not None:
        raise Refused(
            _("已于%(paid)s交清电费，不得停电，请取消停电。")
            % {"paid": exact_moment(facts.paid_at)}
        )
    overdue = (day_of(at) - facts.due_on).days
    if overdue <= figures["days_overdue"]:
        raise Refused(
            _(
                "逾期%(overdue)s，须超过%(least)s才能停电"
                "（《电力供应与使用条例》第39条）。"
            )
            % {
                "overdue": length(max(overdue, 0), Unit.CALENDAR_DAY),
                "least": length(figures["days_overdue"], Unit.CALENDAR_DAY),
            }
        )
    if not facts.reminded_on:
        raise Refused(
            _("缺少催交记录，经催交仍未交付才能停电（《电力供应与使用条例》第39条）。")
        )


def require_notice(outage: Outage, at: datetime) -> None:
    """Raise Refused if the notice, given at ``at``, would come too late.

    There is no late notice here: nobody is cut off for money without the full days.
    """
    assert outage.starts_at is not None
    days = steps()["notice_days"]
    if at.replace(microsecond=0) > outage.starts_at - timedelta(days=days):
        raise Refused(
            _(
                "停电通知须提前%(days)s日送达（《民法典》第654条、供电企业停限电程序），"
                "请先退回修改停电时间。"
            )
            % {"days": days}
        )


def require_time_of_final_notice(outage: Outage, at: datetime) -> None:
    """Raise Refused unless ``at`` is when the last notice may be given."""
    assert outage.starts_at is not None
    least, most = _final_span()
    if not outage.starts_at - most <= at <= outage.starts_at - least:
        raise OutOfOrder(
            _("再次通知须在停电前24小时内、至少提前30分钟，即%(first)s至%(last)s。")
            % {
                "first": exact_moment(outage.starts_at - most),
                "last": exact_moment(outage.starts_at - least),
            }
        )


def require_every_step(outage: Outage, moment: datetime) -> None:
    """Raise Refused unless all was done that must precede a cut at ``moment``."""
    require_owed(outage, moment)
    assert outage.published_at is not None
    require_notice(outage, outage.published_at)
    facts = outage.arrears
    if facts.residential_compound and facts.district_told_at is None:
        raise OutOfOrder(
            _(
                "涉及居民住宅小区，须先报告所在区能源（电力）管理部门"
                "（天津行动计划三-12、附件1（34））。"
            )
        )
    _require_final_notice(facts.final_notice_at, moment)


def _require_final_notice(given: datetime | None, moment: datetime) -> None:
    if given is None:
        raise OutOfOrder(
            _("还没有在停电前30分钟再次通知用户（供电企业停限电程序），请先通知。")
        )
    least, most = _final_span()
    if not least <= moment - given <= most:
        raise OutOfOrder(
            _(
                "再次通知（%(given)s）须在停电前24小时内、至少提前30分钟"
                "（供电企业停限电程序）。"
            )
            % {"given": exact_moment(given)}
        )


def _final_span() -> tuple[timedelta, timedelta]:
    figures = steps()
    return (
        timedelta(minutes=figures["final_notice_minutes"]),
        timedelta(minutes=figures["final_notice_at_most_minutes"]),
    )


def restored_late(outage: Outage, moment: datetime) -> dict[str, object]:
    """Return the flag of a restoration later after payment than the rule allows."""
    paid_at = outage.arrears.paid_at
    if paid_at is None:
        return {"unpaid": True}
    allowed = timedelta(hours=steps()["restore_hours_after_payment"])
    return {
        "restored_late": moment > max(paid_at, outage.began_at or paid_at) + allowed
    }
