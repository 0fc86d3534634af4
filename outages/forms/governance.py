"""One form an act of governance; ``perform`` hands the answers to its one service."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outages.forms import act
from outages.models import GovernanceCase
from outages.services import governance
from sla.ground.actors import Role


class CaseForm(act.ActForm):
    """An act on a case of 频繁停电."""

    row: GovernanceCase


class PlanForm(CaseForm):
    """Ask what will be done, until when, and who answers for it."""

    service = governance.plan
    measures = act.text(_("治理措施"), hint=_("公布在网上，请写明做什么工程。"))
    planned_on = forms.DateField(
        label=_("计划完成日期"), widget=forms.DateInput(attrs={"type": "date"})
    )
    responsible = forms.ModelChoiceField(
        label=_("责任人"), queryset=get_user_model()._default_manager.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["responsible"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = _answerable(self.row)
        for name in ("measures", "planned_on", "responsible"):
            self.initial.setdefault(name, getattr(self.row, name))


def _answerable(case: GovernanceCase) -> Any:
    """Return who may answer for a case, as the service has it."""
    near = Q(role=Role.OPERATOR) | Q(role=Role.SUPERVISOR, districts=case.region_id)
    people = get_user_model()._default_manager.filter(near, is_active=True)
    return people.order_by("staff_no", "pk").distinct()


class StartForm(CaseForm):
    """Ask for a remark at most."""

    service = governance.start_works
    note = act.text(_("说明"), required=False)


class FinishForm(CaseForm):
    """Ask for a remark at most."""

    service = governance.finish_works
    note = act.text(_("说明"), hint=_("从次日起计算无停电天数。"), required=False)


class InspectForm(CaseForm):
    """Ask what was found on site, and whether it is good."""

    service = governance.inspect
    passed = forms.TypedChoiceField(
        label=_("结论"),
        choices=[("yes", _("合格")), ("no", _("不合格，须整改后再查"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    inspection = act.text(_("检查情况"))


class CloseForm(CaseForm):
    """Ask for a remark at most; the rule knows whether it is time."""

    service = governance.close
    note = act.text(_("说明"), required=False)


class NoteForm(CaseForm):
    """Ask for the remark."""

    service = governance.note
    text = act.text(_("备注"), hint=_("只有工作人员看得到。"))


FORMS: dict[str, type[CaseForm]] = {
    "plan": PlanForm,
    "start_works": StartForm,
    "finish_works": FinishForm,
    "inspect": InspectForm,
    "close": CloseForm,
    "note": NoteForm,
}
