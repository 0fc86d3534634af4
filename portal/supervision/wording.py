"""What every figure is called, and what exactly it counts (口径)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.supervision.scope import Basis

CLOCK_BUCKETS: dict[str, str | Promise] = {
    "judged": _("计入达标率的时限"),
    "met": _("按时完成的时限"),
    "missed": _("超期完成的时限"),
    "overdue": _("在办已超期的时限"),
    "open": _("在办的时限"),
    "normal": _("计时正常的时限"),
    "due_today": _("今日到期的时限"),
    "paused": _("暂停的时限"),
    "exempt": _("受限已报备的时限"),
    "exempt_open": _("受限已报备、在办的时限"),
}
CASE_BUCKETS: dict[str, str | Promise] = {
    "open": _("在办申请"),
    "normal": _("计时正常的申请"),
    "due_today": _("今日到期的申请"),
    "overdue": _("已超期的申请"),
    "paused": _("暂停计时的申请"),
    "government": _("等待行政审批的申请"),
    "customer": _("等待申请人的申请"),
    "paused_late": _("暂停前已超期的申请"),
    "exempt": _("受限已报备的申请"),
    "done": _("办结的申请"),
    "on_time": _("全部按时办结的申请"),
    "late": _("有时限超期的办结申请"),
}
BASES: dict[Basis, str | Promise] = {
    Basis.STAGE: _("附件2 六个环节，逐环节判定。"),
    Basis.WHOLE: _("三零用户从提交到送电，5 或 15 个工作日。"),
    Basis.STEPS: _("其他用户，供电企业各环节相加，6、22、32 个工作日。"),
}
# The columns of a breakdown one can sort by.
COLUMNS: tuple[tuple[str, str | Promise], ...] = (
    ("rate", _("达标率")),
    ("judged", _("n")),
    ("met", _("按时完成")),
    ("missed", _("超期完成")),
    ("overdue", _("在办已超期")),
    ("open", _("在办")),
)
DEFINITIONS: dict[str, str | Promise] = {
    "stage": _(
        "达标率 = 按时完成 ÷（按时完成 + 超期完成 + 在办已超期）。"
        "一个环节办一次算一项；"
        "完成的按完成日期计入统计期，在办已超期的按报告时刻计入，不因没有办完而漏掉。"
        "只按国家时限判定。暂停中的、受限已报备的、中途终止的不计入。"
    ),
    "whole": _(
        "三零用户只有一个时限：从提交申请到送电，"
        "无外线工程 5 个、有外线工程 15 个工作日，等待申请人的日子也计算在内。"
        "达标率的算法与各环节相同。"
        "它与各环节合计是两种口径，不相加，不平均。"
    ),
    "steps": _(
        "实际经过的各环节时限相加（低压 6，高压单电源 22，双电源 32；没有的环节不加），"
        "轮到申请人或政府部门时暂停。达标率的算法与各环节相同。"
        "按时办结：这件申请的每一个环节和合计都没有超期。"
    ),
    "ended": _(
        "统计期内走完全程、已送电的申请。全部按时：每一个国家时限都没有超期。"
        "受限已报备的和中途终止的不判定，不在其中。"
    ),
    "in_hand": _(
        "已提交、未送电的申请，每件只在一栏。依次判断：已报备受限的归“受限已报备”；"
        "有国家时限超期的归“已超期”；有时限今天到期的归“今日到期”；"
        "没有时限在走的归“暂停”（轮到申请人或政府部门办理）；其余为“计时正常”。"
        "暂停不会抹去暂停前的超期，那样的申请另有一栏列出。"
    ),
    "exempt": _(
        "因 10 千伏及以上公共电网升级改造受限、已登记计划完成时间并按月报备的申请。"
        "计时照常，但既不算按时，也不算超期，单独列示。"
    ),
    "durations": _(
        "已完成时限实际用掉的工作日，已扣除暂停。中位数：一半不超过它；"
        "P90：十分之九不超过它。样本少时请看件数。"
    ),
    "overdue": _(
        "按最早超期的时限排列，超期天数按工作日计。负责人为当前客户经理的姓氏和工号。"
    ),
}
