"""谁用电、做什么用."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.classification import ApplicantKind
from applications.forms.filing.step import StepForm
from applications.services import filing
from applications.services.filing import answers
from sla.ground.actors import Actor

KINDS = (
    (ApplicantKind.RESIDENT, _("居民家庭"), _("自己家里用电、家用充电桩")),
    (
        ApplicantKind.PRIVATE_BUSINESS,
        _("个体工商户或民营企业"),
        _("小店、饭馆、作坊、工厂、公司"),
    ),
    (
        ApplicantKind.ORGANISATION,
        _("机关、事业单位、国有企业或其他组织"),
        _("学校、医院、政府机关、社会团体"),
    ),
)


class NeedForm(StepForm):
    """谁用电、做什么用."""

    kind = forms.ChoiceField(
        label=_("谁用电"),
        choices=[(value, label) for value, label, _note in KINDS],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选择谁用电。"),
            "invalid_choice": _("请选择谁用电。"),
        },
    )
    purpose = forms.CharField(
        label=_("电用来做什么"),
        help_text=_("用自己的话写，例如：家里用电、开小超市、食品加工。"),
        max_length=answers.LONGEST_PURPOSE,
        error_messages={
            "required": _("请填写电用来做什么，例如“开小超市”。"),
            "max_length": _("用途请不要超过100个字。"),
        },
    )

    def prepare(self) -> None:
        self.initial.setdefault("kind", self.draft.applicant_kind)
        self.initial.setdefault("purpose", self.draft.purpose)

    def keep(self, by: Actor) -> None:
        given = self.cleaned_data
        filing.save_use(self.draft, given["kind"], given["purpose"], by=by)

    @property
    def kinds(self) -> list[tuple[Any, Any]]:
        """Return each choice of who uses electricity, with examples."""
        notes = [note for _value, _label, note in KINDS]
        return list(zip(self["kind"], notes, strict=True))
