"""The words of 附件2 that every floor of the house shares."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UserType(TextChoices):
    """Who is connected, as 附件2 distinguishes them (notes 1 and 2 included)."""

    THREE_ZERO = "three_zero", _("低压三零（无外线工程）")
    THREE_ZERO_LINE = "three_zero_line", _("低压三零（有外线工程）")
    LOW_VOLTAGE = "low_voltage", _("低压（未实行三零）")
    HIGH_VOLTAGE_SINGLE = "high_voltage_single", _("高压单电源")
    HIGH_VOLTAGE_DUAL = "high_voltage_dual", _("高压双电源")
    EXTRA_HIGH_SINGLE = "extra_high_single", _("35千伏及以上单电源")
    EXTRA_HIGH_DUAL = "extra_high_dual", _("35千伏及以上双电源")


class Stage(TextChoices):
    """The utility's steps in 附件2, and the whole of them."""

    ACCEPTANCE = "acceptance", _("业务受理")
    PLAN_REPLY = "plan_reply", _("供电方案答复")
    DESIGN_REVIEW = "design_review", _("设计审查")
    MID_INSPECTION = "mid_inspection", _("中间检查")
    FINAL_INSPECTION = "final_inspection", _("竣工检验")
    CONNECTION = "connection", _("装表接电")
    TOTAL = "total", _("全流程")


class RepairStage(TextChoices):
    """What is timed in minutes when power fails (十项承诺 第三条)."""

    ARRIVAL = "repair_arrival", _("到达现场")
    RESTORATION = "repair_restore", _("恢复供电")


def stage_label(stage: str) -> str:
    """Return how a step is called, of an application or of a repair."""
    kinds = (Stage, RepairStage)
    return str(next(k(stage).label for k in kinds if stage in k.values))


class Measure(TextChoices):
    """What a total counts: 6/22/32 and 5/15 are never put in one chart."""

    UTILITY_STEPS = "utility_steps", _("供电企业各环节合计")
    WHOLE_PROCESS = "whole_process", _("全过程办电时间")


class Unit(TextChoices):
    """What a limit is counted in."""

    WORKING_DAY = "working_day", _("工作日")
    CALENDAR_DAY = "calendar_day", _("日")
    MINUTE = "minute", _("分钟")


class Level(TextChoices):
    """Who set the limit: the state, or the city that promised to do better."""

    NATIONAL = "national", _("国家时限")
    PROMISE = "promise", _("本地承诺")


class ClockState(TextChoices):
    """Where a clock stands."""

    RUNNING = "running", _("计时中")
    PAUSED = "paused", _("暂停")
    MET = "met", _("按时")
    MISSED = "missed", _("超期")
    CANCELLED = "cancelled", _("终止")


class ClockEventKind(TextChoices):
    """What can happen to a clock; the ledger holds nothing else."""

    START = "start", _("开始计时")
    PAUSE = "pause", _("暂停")
    RESUME = "resume", _("恢复")
    EXTEND = "extend", _("变更时限")
    STOP = "stop", _("完成")
    CANCEL = "cancel", _("终止")
    RECOMPUTE = "recompute", _("重新推算")
    WARN = "warn", _("预警")
    BREACH = "breach", _("超期")
    ANNOTATE = "annotate", _("备注")
