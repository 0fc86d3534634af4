"""One form an act: the same fields for the page, the admin and the API.

A form parses; ``perform`` hands the result to the one service function of the act.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.classification import LOW_VOLTAGES, Voltage
from applications.forms.act import ActForm, colleagues, day, sentence, text
from applications.models import Application, Plan
from applications.models.connection import ACCOUNT_NUMBER, METER_NUMBER
from applications.services import (
    acceptance,
    casework,
    connecting,
    documents,
    planning,
    privacy,
    works,
)
from sla.ground.actors import STAFF_WHO_ACT


def plain(service: Any) -> type[ActForm]:
    """Return the form of an act that asks for nothing."""
    return type("PlainForm", (ActForm,), {"service": lambda self: service})


def remark(
    service: Any, label: Any, name: str = "note", **options: Any
) -> type[ActForm]:
    """Return the form of an act that asks for one text, handed over as ``name``."""
    fields = {name: text(label, **options), "service": lambda self: service}
    return type("RemarkForm", (ActForm,), fields)


class AcceptForm(ActForm):
    external_line = forms.BooleanField(label=_("需要建设电力外线工程"), required=False)
    important = forms.BooleanField(label=_("重要电力用户"), required=False)
    concealed_works = forms.BooleanField(label=_("有隐蔽工程"), required=False)
    key_project = forms.BooleanField(
        label=_("国家或市级重大项目（绿色通道）"), required=False
    )
    note = text(_("受理意见"), required=False)

    def details(self) -> dict[str, Any]:
        answers = super().details()
        note = answers.pop("note")
        return {"note": note, "survey": acceptance.Survey(**answers)}

    def service(self) -> Any:
        return acceptance.accept


class ReturnForm(ActForm):
    missing = forms.MultipleChoiceField(
        label=_("需要补正的材料"),
        help_text=_("补正只能告知一次，请一次勾全。"),
        widget=forms.CheckboxSelectMultiple,
    )
    note = text(_("补正说明"), hint=_("写明每项材料缺什么、怎么补。"), required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        chooser = self.fields["missing"]
        assert isinstance(chooser, forms.MultipleChoiceField)
        chooser.choices = documents.askable(application)

    def service(self) -> Any:
        return acceptance.return_for_supplement


class RefuseForm(ActForm):
    reason = text(_("不予受理的原因"))
    next_step = text(_("申请人下一步怎么办"), hint=_("写明可以找哪个部门、准备什么。"))

    def service(self) -> Any:
        return acceptance.refuse


class ReplyPlanForm(ActForm):
    voltage = forms.ChoiceField(label=_("供电电压"), choices=Voltage.choices)
    capacity_kw = forms.DecimalField(
        label=_("批准容量（千瓦）"), max_digits=10, decimal_places=1, min_value=0
    )
    supply_point = sentence(_("电源点（线路、台区）"))
    metering = sentence(_("计量方式"))
    ownership_boundary = sentence(_("产权分界点"))
    tariff = forms.CharField(label=_("执行电价"), max_length=100)
    fees = sentence(_("收费项目及金额"), hint=_("没有收费请写“无”。"))
    works = text(_("工程内容及分工"), required=False)
    overhead_transformer = forms.BooleanField(
        label=_("架空变台（供电方案可代替设计图纸报验）"), required=False
    )
    note = text(_("答复说明"), required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        low = application.is_low_voltage
        chooser = self.fields["voltage"]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = [
            (v.value, v.label) for v in Voltage if (v in LOW_VOLTAGES) == low
        ]
        self.initial.setdefault("voltage", application.voltage)
        self.initial.setdefault("capacity_kw", application.capacity_kw)
        if low:
            del self.fields["overhead_transformer"]
        earlier = application.plans.last() if application.pk else None
        if earlier is not None:
            self._repeat(earlier)

    def _repeat(self, earlier: Plan) -> None:
        for name in ("supply_point", "metering", "ownership_boundary", "tariff"):
            self.initial.setdefault(name, getattr(earlier, name))

    def details(self) -> dict[str, Any]:
        answers = super().details()
        note = answers.pop("note")
        return {"note": note, "offer": planning.Offer(**answers)}

    def service(self) -> Any:
        return planning.reply_plan


class EnergiseForm(ActForm):
    meter_number = forms.CharField(
        label=_("电能表编号"), max_length=24, validators=[METER_NUMBER]
    )
    account_number = forms.CharField(
        label=_("户号"), max_length=13, validators=[ACCOUNT_NUMBER]
    )
    note = text(_("送电说明"), required=False)

    def service(self) -> Any:
        return connecting.energise


class WaitForPermitForm(ActForm):
    authority = sentence(_("办理行政审批的部门"))
    note = text(_("说明"), required=False)

    def service(self) -> Any:
        return casework.wait_for_permit


class GridUpgradeForm(ActForm):
    project_name = forms.CharField(label=_("项目名称"), max_length=100)
    project_address = sentence(_("项目地址"))
    reason = text(_("受限原因"))
    responsible_unit = forms.CharField(label=_("责任单位"), max_length=100)
    approved_by_name = forms.CharField(label=_("批准人"), max_length=50)
    planned_on = day(_("工程计划完成时限"))

    def details(self) -> dict[str, Any]:
        return {"upgrade": casework.Upgrade(**super().details())}

    def service(self) -> Any:
        return casework.flag_grid_upgrade


class UpgradeDateForm(ActForm):
    planned_on = day(_("新的工程计划完成时限"))
    reason = text(_("变更原因"))

    def service(self) -> Any:
        return casework.change_upgrade_date


class SignForm(ActForm):
    signed_name = forms.CharField(
        label=_("签名"),
        help_text=_("请填写申请人或联系人姓名，即视为电子签名。"),
        max_length=100,
    )
    agreed = forms.BooleanField(label=_("我已阅读并同意供用电合同"))

    def details(self) -> dict[str, Any]:
        return {"signed_name": self.cleaned_data["signed_name"]}

    def service(self) -> Any:
        return connecting.sign_contract


class DesignerForm(ActForm):
    designer = forms.CharField(
        label=_("设计单位"),
        help_text=_("由您自主选择，供电企业不得指定。"),
        max_length=100,
    )

    def service(self) -> Any:
        return works.start_design


class ContractorForm(ActForm):
    contractor = forms.CharField(
        label=_("施工单位"),
        help_text=_("由您自主选择，供电企业不得指定。"),
        max_length=100,
    )

    def service(self) -> Any:
        return works.start_construction


class AssignForm(ActForm):
    note = text(_("分派说明"), required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        self.fields["manager"] = forms.ModelChoiceField(
            label=_("分派给"), queryset=colleagues(application, STAFF_WHO_ACT)
        )
        self.order_fields(["manager"])

    def service(self) -> Any:
        return casework.assign


FORMS: dict[str, type[ActForm]] = {
    "supplement": remark(acceptance.supplement, _("补正说明"), required=False),
    "accept": AcceptForm,
    "return_for_supplement": ReturnForm,
    "refuse": RefuseForm,
    "set_external_line": remark(acceptance.set_external_line, _("认定依据"), "reason"),
    "reply_plan": ReplyPlanForm,
    "confirm_plan": plain(planning.confirm_plan),
    "object_plan": remark(planning.object_plan, _("异议内容"), "reason"),
    "take_objection": remark(planning.take_objection, _("说明"), required=False),
    "extend_plan": plain(planning.extend_plan),
    "start_design": DesignerForm,
    "submit_design": remark(works.submit_design, _("报审说明"), required=False),
    "approve_design": remark(
        works.approve_design, _("审查意见"), "findings", required=False
    ),
    "reject_design": remark(
        works.reject_design, _("审查意见"), "findings", hint=_("请一次写清全部意见。")
    ),
    "start_construction": ContractorForm,
    "report_mid_inspection": remark(
        works.report_mid_inspection, _("报验说明"), required=False
    ),
    "pass_mid_inspection": remark(
        works.pass_mid_inspection, _("检查意见"), "findings", required=False
    ),
    "fail_mid_inspection": remark(
        works.fail_mid_inspection, _("缺陷和整改要求"), "findings"
    ),
    "report_completion": remark(works.report_completion, _("报验说明"), required=False),
    "pass_final_inspection": remark(
        works.pass_final_inspection, _("检验意见"), "findings", required=False
    ),
    "fail_final_inspection": remark(
        works.fail_final_inspection, _("缺陷和整改要求"), "findings"
    ),
    "sign_contract": SignForm,
    "energise": EnergiseForm,
    "archive": remark(connecting.archive, _("归档说明"), required=False),
    "withdraw": remark(connecting.withdraw, _("撤回原因"), "reason"),
    "claim": plain(casework.claim),
    "assign": AssignForm,
    "reveal": remark(privacy.reveal, _("查看原因"), "reason"),
    "note": remark(casework.note, _("备注"), "text"),
    "wait_for_permit": WaitForPermitForm,
    "receive_permit": remark(casework.receive_permit, _("办结说明"), required=False),
    "flag_grid_upgrade": GridUpgradeForm,
    "change_upgrade_date": UpgradeDateForm,
    "clear_grid_upgrade": remark(
        casework.clear_grid_upgrade, _("解除说明"), required=False
    ),
}
