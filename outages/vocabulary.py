"""The words of outages that every module of this floor shares."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AreaClass(TextChoices):
    """Where something lies, as the repair promises distinguish it (十项承诺 第三条)."""

    URBAN = "urban", _("城区")
    RURAL = "rural", _("农村")
    REMOTE = "remote", _("特殊边远地区")


class OutageKind(TextChoices):
    """Why power is cut, as the notice rules distinguish it."""

    PLANNED = "planned", _("计划检修")
    TEMPORARY = "temporary", _("临时检修")
    FAULT = "fault", _("故障")
    RATIONING = "rationing", _("限电")
    ARREARS = "arrears", _("欠费停电")


class ScopeLevel(TextChoices):
    """Which part of the network an outage names."""

    SUBSTATION = "substation", _("变电站")
    LINE = "line", _("线路")
    TRANSFORMER = "transformer", _("台区")
    ACCOUNT = "account", _("户号")


class Exclusion(TextChoices):
    """Whether an outage is left out of the counts: 不可抗力 or 外力破坏, seen twice."""

    NONE = "none", _("计入")
    CLAIMED = "claimed", _("申请剔除，待复核")
    CONFIRMED = "confirmed", _("已剔除")
    REJECTED = "rejected", _("不予剔除，计入")


class Importance(TextChoices):
    """Whose life or livelihood hangs on the supply (民生用电)."""

    ORDINARY = "ordinary", _("一般用户")
    LIFT = "lift", _("电梯、水泵等公共设施")
    IMPORTANT = "important", _("重要电力用户")
    MEDICAL = "medical", _("居家使用医疗设备")
    HOSPITAL = "hospital", _("医院、急救")


# The more urgent first; repair queues are worked in this order.
URGENCY = {
    Importance.HOSPITAL: 1,
    Importance.MEDICAL: 2,
    Importance.IMPORTANT: 3,
    Importance.LIFT: 4,
    Importance.ORDINARY: 5,
}


class Trouble(TextChoices):
    """What somebody reports."""

    HOME = "home", _("家里没电")
    BUILDING = "building", _("整栋楼没电")
    NEIGHBOURHOOD = "neighbourhood", _("周围一片都没电")
    VOLTAGE = "voltage", _("灯忽明忽暗、电压不正常")
    DANGER = "danger", _("电线掉落、冒火花等危险情况")
    STREET_LIGHT = "street_light", _("路灯不亮")
