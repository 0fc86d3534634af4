"""Planned works: announced in time or late, moved, called off, longer than told."""

from datetime import date, datetime, timedelta

from outages.models import Account, Line, Outage
from outages.services import announcing, arrears, drafting, running
from outages.services.drafting import Debt, Job
from outages.services.scoping import ScopePart
from outages.vocabulary import OutageKind, ScopeLevel
from portal.demo_world.blackouts.stage import (
    DAY,
    HOUR,
    MINUTE,
    Stage,
    areas,
    only,
    whole,
)
from sla.engine import day_of


def _planned(
    stage: Stage,
    line: Line,
    *,
    starts: datetime,
    hours: float,
    drafted: datetime,
    reason: str,
    works: list[Job],
    first: int = 0,
    kind: str = OutageKind.PLANNED,
) -> Outage:
    return drafting.draft(
        kind=kind,
        reason=reason,
        scope=only(*areas(line)[:first]) if first else whole(line),
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        works=works,
        by=stage.writer,
        at=drafted,
    )


def _announced(
    stage: Stage, outage: Outage, *, at: datetime, why_late: str = ""
) -> None:
    announcing.approve(outage, by=stage.checker, at=at - HOUR)
    announcing.announce(outage, by=stage.writer, at=at, late_reason=why_late)


def two_works_share_tomorrow(stage: Stage, line: Line) -> None:
    """Tomorrow one outage serves two works, announced nine days ahead (一停多用)."""
    outage = _planned(
        stage,
        line,
        starts=stage.morning(1),
        hours=8,
        drafted=stage.ago(days=12),
        reason="线路改造",
        works=[
            Job("更换老旧导线 1.2 千米", "天津送变电工程公司"),
            Job("配合道路拓宽迁移电杆", "市政工程公司"),
        ],
    )
    _announced(stage, outage, at=stage.ago(days=9))


def told_too_late(stage: Stage, line: Line) -> None:
    """Announced three days ahead instead of seven, with a reason everybody reads."""
    outage = _planned(
        stage,
        line,
        starts=stage.morning(3),
        hours=4,
        drafted=stage.ago(days=1),
        reason="更换配电变压器",
        works=[Job("更换变压器，增容至 800 千伏安", "城区配电运检班")],
        first=2,
    )
    _announced(
        stage,
        outage,
        at=stage.ago(hours=2),
        why_late="变压器监测发现绝缘劣化，等满七天可能烧毁造成更长停电。",
    )


def moved_by_rain(stage: Stage, line: Line) -> None:
    """Announced in time, then moved to another day because of rain."""
    outage = _planned(
        stage,
        line,
        starts=stage.morning(2),
        hours=6,
        drafted=stage.ago(days=14),
        reason="线路检修",
        works=[Job("更换绝缘子、修剪树枝", "环城配电运检班")],
        first=5,
    )
    _announced(stage, outage, at=stage.ago(days=10))
    announcing.reschedule(
        outage,
        starts_at=stage.morning(9),
        ends_at=stage.morning(9, 14),
        reason="预报当日有大到暴雨，改期进行。",
        by=stage.writer,
        at=stage.ago(hours=5),
    )


def called_off(stage: Stage, line: Line) -> None:
    """Announced, then not needed: the work could be done under power."""
    outage = _planned(
        stage,
        line,
        starts=stage.morning(4),
        hours=3,
        drafted=stage.ago(days=13),
        reason="接入新用户",
        works=[Job("带电接火条件不足，停电接入", "滨海配电运检班")],
        first=3,
    )
    _announced(stage, outage, at=stage.ago(days=8))
    announcing.cancel(
        outage,
        reason="改为不停电作业，用户不受影响。",
        by=stage.writer,
        at=stage.ago(hours=26),
    )


def works_take_longer(stage: Stage, line: Line) -> None:
    """Under way since this morning, and longer than announced."""
    starts = stage.ago(hours=5)
    outage = _planned(
        stage,
        line,
        starts=starts,
        hours=4.5,
        drafted=starts - 10 * DAY,
        reason="开关柜检修",
        works=[Job("更换开关柜机构", "城区变电检修班")],
    )
    _announced(stage, outage, at=starts - 8 * DAY)
    running.begin(outage, by=stage.writer, at=starts + MINUTE)
    running.extend(
        outage,
        ends_at=(stage.at + 2 * HOUR).replace(second=0, microsecond=0),
        reason="机构卡涩，需要更换备件。",
        by=stage.writer,
        at=starts + 4 * HOUR,
    )


def two_drafts_meet(stage: Stage, line: Line) -> None:
    """Two drafts would cut the same people twice within sixty days."""
    for days, reason, unit in (
        (20, "更换线路开关", "城区配电运检班"),
        (41, "配合地铁施工迁改电缆", "市政工程公司"),
    ):
        _planned(
            stage,
            line,
            starts=stage.morning(days),
            hours=6,
            drafted=stage.ago(days=1),
            reason=reason,
            works=[Job(reason, unit)],
        )


def short_notice_works(stage: Stage, line: Line) -> None:
    """A temporary repair, announced thirty hours ahead."""
    outage = _planned(
        stage,
        line,
        kind=OutageKind.TEMPORARY,
        starts=(stage.at + 28 * HOUR).replace(minute=0, second=0, microsecond=0),
        hours=3,
        drafted=stage.ago(hours=6),
        reason="处理电缆接头发热",
        works=[Job("更换中间接头", "滨海配电运检班")],
        first=4,
    )
    _announced(stage, outage, at=stage.ago(hours=2))


def somebody_owes(stage: Stage, line: Line) -> None:
    """A shop has not paid for two months; the legal steps are on their way."""
    area = areas(line)[0]
    account = Account.objects.filter(transformer=area).order_by("pk").first()
    assert account is not None, "the demo network has accounts in every first area"
    today = day_of(stage.at)
    outage = drafting.draft(
        kind=OutageKind.ARREARS,
        reason="逾期未交电费",
        scope=[ScopePart(ScopeLevel.ACCOUNT, account.number)],
        starts_at=stage.morning(8, 10),
        by=stage.writer,
        at=stage.ago(days=2),
        arrears=Debt(
            due_on=today - 62 * DAY,
            reminded_on=(_day(today, 40), _day(today, 20), _day(today, 6)),
            residential_compound=True,
        ),
    )
    arrears.report_to_district(
        outage, reference="供电函〔2026〕17号", by=stage.writer, at=stage.ago(days=1)
    )


def _day(today: date, back: int) -> date:
    return today - timedelta(days=back)
