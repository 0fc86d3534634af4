"""What an applicant can do now, and what the page of each act says."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.lifecycle import ACTIONS, Turn
from applications.models import Application
from applications.selectors.offers import Offer, offers
from sla.ground.actors import Actor, Role
from sla.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class ActWords:
    """The words of one act: what it means, what its button says, what was done.

    ``papers`` are the kinds of the catalogue handed in with it.
    """

    lead: str | Promise
    button: str | Promise
    done: str | Promise
    papers: tuple[str, ...] = ()


WORDS: dict[str, ActWords] = {
    "supplement": ActWords(
        _("请把下面的材料一次补齐。提交后，供电企业的受理时限接着计算。"),
        _("提交补正材料"),
        _("补正材料已提交，供电企业继续审核。"),
    ),
    "confirm_plan": ActWords(
        _("请核对供电方案。确认后按这份方案办理，不能再提异议。"),
        _("确认供电方案"),
        _("供电方案已确认。"),
    ),
    "object_plan": ActWords(
        _("写清楚哪里不合适、希望怎样调整，供电企业会在时限内重新答复。"),
        _("提交异议"),
        _("异议已提交，供电企业将重新答复。"),
    ),
    "extend_plan": ActWords(
        _("一时还不能办理的，可以把方案有效期延长一次，延长的时间与原有效期相同。"),
        _("申请延期"),
        _("方案有效期已延长。"),
    ),
    "start_design": ActWords(
        _("受电工程由您自己委托有资质的单位设计，任何人不得为您指定。"),
        _("登记设计单位"),
        _("设计单位已登记。完成设计后，请回到这里提交图纸。"),
    ),
    "submit_design": ActWords(
        _("上传设计文件和图纸。提交后，供电企业在时限内一次答复全部审查意见。"),
        _("提交设计图纸"),
        _("设计图纸已提交，供电企业开始审查。"),
        ("drawings",),
    ),
    "start_construction": ActWords(
        _("受电工程由您自己委托有资质的单位施工，任何人不得为您指定。"),
        _("登记施工单位"),
        _("施工单位已登记。完工后，请回到这里报验。"),
    ),
    "report_mid_inspection": ActWords(
        _("隐蔽工程覆盖之前请报中间检查，供电企业在时限内到现场检查。"),
        _("报中间检查"),
        _("已报中间检查，供电企业将与您联系上门时间。"),
        ("site_photo",),
    ),
    "report_completion": ActWords(
        _("受电工程完工后请报验，供电企业在时限内到现场检验。"),
        _("竣工报验"),
        _("已竣工报验，供电企业将与您联系上门时间。"),
        ("completion",),
    ),
    "sign_contract": ActWords(
        _("请核对下面的内容并签名。签订后，供电企业在时限内装表接电。"),
        _("签订供用电合同"),
        _("合同已签订，供电企业将安排装表接电。"),
    ),
    "withdraw": ActWords(
        _("撤回后这份申请不再办理，也不能恢复；以后需要用电，请重新申请。"),
        _("确认撤回"),
        _("申请已撤回。"),
    ),
}


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts on the page: the one whose turn it is, and the others."""

    primary: Offer | None
    others: tuple[Offer, ...]
    papers: bool

    @property
    def lead(self) -> str:
        """Return what the next act means, in a sentence."""
        return str(WORDS[self.primary.action].lead) if self.primary else ""


def acts(application: Application, *, by: Actor, at: datetime) -> Acts:
    """Return what this person can do; acts that are not on the road are left out."""
    if by.role != Role.APPLICANT:
        return Acts(None, (), papers=False)
    found = offers(application, by=by, at=at)
    shown = [o for o in found if o.action in WORDS and on_road(o.action, application)]
    primary = None
    if application.turn is Turn.APPLICANT:
        primary = next((o for o in shown if _moves_on(o)), None)
    others = tuple(offer for offer in shown if offer is not primary)
    # Where papers are asked for, one way to hand them in is enough.
    apart = primary is None or primary.action != "supplement"
    papers = apart and any(o.action == "add_document" and o.allowed for o in found)
    return Acts(primary, others, papers)


def _moves_on(offer: Offer) -> bool:
    target = ACTIONS[offer.action].target
    return offer.allowed and not offer.danger and target is not None


def on_road(action: str, application: Application) -> bool:
    """Tell whether an act belongs to the road of this application at all."""
    reviewed = Stage.DESIGN_REVIEW in application.route
    low = application.is_low_voltage
    roads = {
        "start_design": reviewed,
        "start_construction": not low and not reviewed,
        "report_mid_inspection": Stage.MID_INSPECTION in application.route
        and not application.mid_inspection_passed,
        "sign_contract": low or application.status != "plan_confirmed",
    }
    return roads.get(action, True)
