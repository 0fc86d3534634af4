"""One form an act on a repair order: parsed here, done by the service of the act."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outages.forms.act import ActForm, moment, sentence, text
from outages.models import Crew, Outage, RepairOrder
from outages.selectors import repair_desk
from outages.services import repairing


def plain(service: Callable[..., Any]) -> type[ActForm]:
    """Return the form of an act that asks for nothing."""
    return type("PlainForm", (ActForm,), {"service": service})


def remark(
    service: Callable[..., Any], label: Any, name: str, **options: Any
) -> type[ActForm]:
    """Return the form of an act that asks for one sentence, handed over as ``name``."""
    fields: dict[str, Any] = {name: sentence(label, **options), "service": service}
    return type("RemarkForm", (ActForm,), fields)


class RepairForm(ActForm):
    """An act on a repair order, whose place narrows what may be chosen."""

    row: RepairOrder


def _crew() -> forms.ModelChoiceField:  # type: ignore[type-arg]
    return forms.ModelChoiceField(
        label=_("抢修班组"),
        help_text=_("只列本区当值的班组。"),
        queryset=Crew.objects.none(),
        empty_label=_("请选择"),
        error_messages={
            "required": _("请选择抢修班组。"),
            "invalid_choice": _("这个班组不负责本区或不当值，请重新选择。"),
        },
    )


class CrewForm(RepairForm):
    """Offer the crews of the district that are on duty."""

    crew = _crew()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["crew"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = repair_desk.crews_for(self.row)


class DispatchForm(CrewForm):
    estimated_at = moment(
        _("预计复电时间"), hint=_("还不清楚可以不填。"), required=False
    )
    service = repairing.dispatch


class RedispatchForm(CrewForm):
    reason = sentence(_("改派原因"), required=False)
    service = repairing.redispatch


class EstimateForm(RepairForm):
    estimated_at = moment(_("预计复电时间"))
    reason = sentence(
        _("变化原因"), hint=_("首次预计可不填；用户会看到。"), required=False
    )
    service = repairing.estimate


class LinkForm(RepairForm):
    outage = forms.ModelChoiceField(
        label=_("停电"),
        help_text=_("只列正在影响这里的停电。"),
        queryset=Outage.objects.none(),
        empty_label=_("请选择"),
        error_messages={
            "required": _("请选择停电。"),
            "invalid_choice": _("这条停电不影响这里或已复电，请重新选择。"),
        },
    )
    service = repairing.link

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outage"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = repair_desk.outages_for(self.row)


FORMS: dict[str, type[ActForm]] = {
    "dispatch": DispatchForm,
    "redispatch": RedispatchForm,
    "arrive": plain(repairing.arrive),
    "start_repair": plain(repairing.start_repair),
    "estimate": EstimateForm,
    "link": LinkForm,
    "widen": plain(repairing.widen),
    "restore": remark(
        repairing.restore, _("故障原因和处理"), "outcome", required=False
    ),
    "dismiss": remark(
        repairing.dismiss, _("查到的情况"), "reason", hint=_("用户会看到。")
    ),
    "close": remark(
        repairing.close, _("回访结果"), "outcome", hint=_("用户怎么说、是否满意。")
    ),
    "note": type(
        "NoteForm", (ActForm,), {"text": text(_("备注")), "service": repairing.note}
    ),
}
