"""What each act is called when people are told of it: one table, proved to be total.

Texts are filled from ``Facts`` alone and hold nothing that identifies the applicant,
since text messages are read on lock screens: no name, no address, no document number,
and nothing that anybody typed. The reader finds the rest behind the link.
"""

from dataclasses import asdict, dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence may speak of; empty where unknown.

    ``by_when`` is a clause such as 「，12月3日（周四）前完成」 or empty; ``extra`` is a
    date or a figure of the event.
    """

    number: str
    by_when: str = ""
    extra: str = ""
    handler: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A title, a sentence, and whether a text message repeats it."""

    subject: Text
    text: Text
    sms: bool = False

    def say(self, facts: Facts) -> str:
        """Return the sentence, filled."""
        return str(self.text) % asdict(facts)


@dataclass(frozen=True, slots=True)
class Wording:
    """What the applicant and the handling manager are told of an act; None: nothing."""

    applicant: Told | None = None
    manager: Told | None = None


SILENCE = Wording()

WORDING: dict[str, Wording] = {
    # 受理
    "submit": Wording(
        Told(
            _("申请已提交"),
            _(
                "您的用电申请已提交，编号 %(number)s。"
                "供电企业正在审核%(by_when)s，请留意消息。"
            ),
            sms=True,
        ),
    ),
    "supplement": Wording(
        Told(_("补正材料已提交"), _("申请 %(number)s 的补正材料已提交，恢复计时。")),
        Told(_("补正材料已提交"), _("%(number)s 补正材料已提交，请审核%(by_when)s。")),
    ),
    "accept": Wording(
        Told(
            _("申请已受理"),
            _("申请 %(number)s 已受理。供电企业正在编制供电方案%(by_when)s。"),
            sms=True,
        ),
    ),
    "return_for_supplement": Wording(
        Told(
            _("需要补正材料"),
            _(
                "申请 %(number)s 还缺 %(extra)s 项材料，请登录查看清单，一次补齐。"
                "补齐前计时暂停。"
            ),
            sms=True,
        ),
    ),
    "refuse": Wording(
        Told(
            _("申请未予受理"),
            _("申请 %(number)s 未予受理，原因和下一步办法请登录查看。"),
            sms=True,
        ),
    ),
    # 方案答复
    "reply_plan": Wording(
        Told(
            _("供电方案已答复"),
            _("申请 %(number)s 的供电方案已答复，请在 %(extra)s前确认或提出异议。"),
            sms=True,
        ),
    ),
    "confirm_plan": Wording(
        Told(_("已确认供电方案"), _("您已确认申请 %(number)s 的供电方案。")),
        Told(_("申请人已确认方案"), _("%(number)s 申请人已确认供电方案。")),
    ),
    "object_plan": Wording(
        Told(
            _("已收到您的异议"),
            _("已收到您对申请 %(number)s 供电方案的异议，将重新答复%(by_when)s。"),
        ),
        Told(
            _("申请人对方案有异议"),
            _("%(number)s 申请人对方案提出异议，请重新答复%(by_when)s。"),
        ),
    ),
    "take_objection": Wording(
        Told(
            _("异议正在处理"),
            _("客户经理已接收您的异议，正在重编申请 %(number)s 的方案%(by_when)s。"),
        ),
    ),
    "extend_plan": Wording(
        Told(
            _("方案有效期已延长"),
            _("申请 %(number)s 的供电方案有效期延长至 %(extra)s。"),
        ),
        Told(_("申请人申请方案延期"), _("%(number)s 的方案有效期延长至 %(extra)s。")),
    ),
    "expire_plan": Wording(
        Told(
            _("供电方案已失效"),
            _("申请 %(number)s 的供电方案逾期未确认，已失效。仍需用电请重新申请。"),
            sms=True,
        ),
        Told(_("方案已失效"), _("%(number)s 的供电方案逾期未确认，申请已终止。")),
    ),
    # 验收
    "start_design": SILENCE,
    "submit_design": Wording(
        Told(
            _("设计图纸已提交"),
            _("申请 %(number)s 的设计图纸已提交，供电企业正在审查%(by_when)s。"),
        ),
        Told(_("设计图纸待审查"), _("%(number)s 已提交设计图纸，请审查%(by_when)s。")),
    ),
    "approve_design": Wording(
        Told(
            _("设计审查通过"),
            _("申请 %(number)s 的设计审查已通过，可以组织施工，完工后请登录报验。"),
            sms=True,
        ),
    ),
    "reject_design": Wording(
        Told(
            _("设计需要修改"),
            _("申请 %(number)s 的设计需要修改，意见请登录查看，改好后重新提交。"),
            sms=True,
        ),
    ),
    "start_construction": SILENCE,
    "report_mid_inspection": Wording(
        Told(
            _("已报中间检查"),
            _("申请 %(number)s 已报中间检查，供电企业将到场检查%(by_when)s。"),
        ),
        Told(_("待中间检查"), _("%(number)s 已报中间检查，请到场检查%(by_when)s。")),
    ),
    "pass_mid_inspection": Wording(
        Told(
            _("中间检查合格"),
            _("申请 %(number)s 中间检查合格，可以继续施工，完工后请登录报验。"),
            sms=True,
        ),
    ),
    "fail_mid_inspection": Wording(
        Told(
            _("中间检查不合格"),
            _("申请 %(number)s 中间检查发现问题，清单请登录查看，整改后重新报验。"),
            sms=True,
        ),
    ),
    "report_completion": Wording(
        Told(
            _("已竣工报验"),
            _("申请 %(number)s 已竣工报验，供电企业将到场检验%(by_when)s。"),
        ),
        Told(_("待竣工检验"), _("%(number)s 已竣工报验，请到场检验%(by_when)s。")),
    ),
    "pass_final_inspection": Wording(
        Told(
            _("竣工检验合格"),
            _("申请 %(number)s 竣工检验合格，请登录签订供用电合同。"),
            sms=True,
        ),
    ),
    "fail_final_inspection": Wording(
        Told(
            _("竣工检验不合格"),
            _("申请 %(number)s 竣工检验发现问题，清单请登录查看，整改后重新报验。"),
            sms=True,
        ),
    ),
    "sign_contract": Wording(
        Told(
            _("合同已签订"),
            _("申请 %(number)s 的供用电合同已签订，将装表接电%(by_when)s。"),
        ),
        Told(_("待装表接电"), _("%(number)s 合同已签订，请装表接电%(by_when)s。")),
    ),
    # 装表接电
    "energise": Wording(
        Told(
            _("已送电"),
            _("申请 %(number)s 已装表送电，可以用电了。户号请登录查看。"),
            sms=True,
        ),
    ),
    "archive": SILENCE,
    "withdraw": Wording(
        Told(
            _("申请已撤回"),
            _("申请 %(number)s 已撤回。如不是您本人操作，请立即拨打 95598。"),
            sms=True,
        ),
        Told(_("申请人已撤回申请"), _("%(number)s 申请人已撤回申请，无需继续办理。")),
    ),
    # Without a change of status
    "claim": Wording(
        Told(
            _("您的客户经理"),
            _("申请 %(number)s 由客户经理 %(handler)s 为您办理。"),
        ),
    ),
    "assign": Wording(
        Told(
            _("您的客户经理"),
            _("申请 %(number)s 由客户经理 %(handler)s 为您办理。"),
        ),
        Told(_("新分派的申请"), _("%(number)s 已分派给您，请办理%(by_when)s。")),
    ),
    "set_external_line": Wording(
        Told(
            _("需要建设外线工程"),
            _("经现场勘察，申请 %(number)s 需要建设电力外线工程，办理时限相应调整。"),
            sms=True,
        ),
    ),
    "wait_for_permit": Wording(
        Told(
            _("正在办理行政审批"),
            _("申请 %(number)s 的外线工程正在办理行政审批，办结后继续。"),
        ),
    ),
    "receive_permit": Wording(
        Told(
            _("行政审批已办结"),
            _("申请 %(number)s 的行政审批已办结，供电企业继续办理%(by_when)s。"),
        ),
    ),
    "flag_grid_upgrade": Wording(
        Told(
            _("电网升级改造"),
            _(
                "申请 %(number)s 需要先升级公共电网，计划 %(extra)s前完成，"
                "原因请登录查看。"
            ),
            sms=True,
        ),
    ),
    "change_upgrade_date": Wording(
        Told(
            _("电网升级计划调整"),
            _("申请 %(number)s 的电网升级改造计划调整，现计划 %(extra)s前完成。"),
            sms=True,
        ),
    ),
    "clear_grid_upgrade": Wording(
        Told(
            _("电网升级已完成"),
            _("申请 %(number)s 涉及的电网升级改造已完成，继续办理%(by_when)s。"),
            sms=True,
        ),
    ),
    "add_document": SILENCE,
    "note": SILENCE,
    "reveal": SILENCE,
}

# Clocks speak to staff only: the applicant sees the date on the tracking page.
CLOCK_WARNING = Told(
    _("即将到期"), _("%(number)s %(extra)s即将到期，最后一天是 %(by_when)s。")
)
CLOCK_BREACH = Told(
    _("已超期"), _("%(number)s %(extra)s已超期，请立即办理并说明原因。"), sms=True
)
# Minutes, not days: a crew on its way, by day and night.
REPAIR_WARNING = Told(
    _("抢修即将超时"), _("抢修单 %(number)s 应在 %(by_when)s前%(extra)s，请催办。")
)
REPAIR_BREACH = Told(
    _("抢修已超时"),
    _("抢修单 %(number)s 未能在 %(by_when)s前%(extra)s，请立即处理。"),
    sms=True,
)
