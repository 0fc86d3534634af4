"""What the figures of the outage board are called, and what exactly they count."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outages.selectors.reliability_tables import DEFINITIONS as INDICES

LISTS: dict[str, str | Promise] = {
    "out": _("正在停电"),
    "announced": _("已公告、未停电"),
    "noticed": _("统计期内公告的停电"),
    "late": _("公告晚了的停电"),
    "repairs": _("统计期内报修的抢修单"),
    "arrived": _("到达现场的抢修单"),
    "restored": _("恢复供电的抢修单"),
    "cases_open": _("频繁停电治理：未销号"),
    "cases_late": _("频繁停电治理：超期未完成"),
    "cases_closed": _("频繁停电治理：统计期内销号"),
    "interruptions": _("统计期内发生的台区停电"),
    "hours": _("计入停电时户数的台区停电"),
}
DEFINITIONS: dict[str, str | Promise] = {
    "now": _(
        "此刻的情况，与统计期无关。正在停电：已停电、还没有全部复电的停电；"
        "停电户数：其中还没有复电的台区当时登记的户数之和。"
        "已公告：已发布公告、还没有停电。欠费停电涉及个人，不在看板上。"
    ),
    "notices": _(
        "统计期内发布公告的计划检修（须提前 7 天）和临时检修（须提前 24 小时）。"
        "改期后按改期时重新判断。一次停电涉及几个区，在每个区各计一次，合计只计一次。"
        "迟公告率只入不舍。"
    ),
    "repairs": _(
        "统计期内首次报修的抢修单，不含路灯和不属于电网故障的。"
        "到达：从报修到到达现场；恢复：从到达现场到恢复供电，都按分钟、昼夜连续计算。"
        "承诺按平均值（十项承诺第三条）：到达城区 45、农村 90、特殊边远 120 分钟，"
        "恢复城区 3 小时、农村 4 小时。"
    ),
    "cases": _(
        "线路或台区任意连续 60 天停电超过 3 次，或连续 365 天超过 5 次，自动立案。"
        "未销号和超期是此刻的情况；超期指过了计划完成日期仍未完工；"
        "销号按销号时间计入统计期。"
    ),
    "reliability": _(
        "按现在的记录计算，与已公布的年度指标可能不同：公布的不再改动。"
        "每格先中压，后低压（试点），口径 -1。"
    ),
    "targets": _(
        "按中压、口径 -1，分城区和农村对照目标。"
        "目标按全年衡量，统计期不足一年时只作参考。"
    ),
    "quality": _(
        "统计期内开始的台区停电中，看起来有问题的记录。一条记录可能有几处疑问，分别计数；"
        "系统只提示，不自动更改。"
    ),
    "indices": INDICES["asai"],
}
# By which definition each list was counted.
MEANINGS = {
    "out": "now",
    "announced": "now",
    "noticed": "notices",
    "late": "notices",
    "repairs": "repairs",
    "arrived": "repairs",
    "restored": "repairs",
    "cases_open": "cases",
    "cases_late": "cases",
    "cases_closed": "cases",
    "interruptions": "reliability",
    "hours": "reliability",
}
