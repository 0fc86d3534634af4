"""One form an act on an outage: parsed here, done by the one service of the act."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outages.forms.act import ActForm, moment, sentence, text
from outages.models import Outage
from outages.selectors import conflicts
from outages.services import announcing, arrears, drafting, judging, notice, running
from sla.words import noted


def remark(
    service: Callable[..., Any], label: Any, name: str = "note", **options: Any
) -> type[ActForm]:
    """Return the form of an act that asks for one text, handed over as ``name``."""
    fields: dict[str, Any] = {name: text(label, **options), "service": service}
    return type("RemarkForm", (ActForm,), fields)


class OutageForm(ActForm):
    """An act on an outage, whose facts the questions may name."""

    row: Outage


class AnnounceForm(OutageForm):
    late_reason = sentence(_("迟公告的原因"), required=False)
    service = announcing.announce

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row.starts_at is None:
            return
        verdict = notice.judge(self.row.kind, starts_at=self.row.starts_at, at=self.at)
        self.fields["late_reason"].help_text = verdict.sentence
        if not verdict.late and not self.is_bound:
            del self.fields["late_reason"]


class RescheduleForm(OutageForm):
    starts_at = moment(_("新的停电时间"))
    ends_at = moment(_("新的复电时间"), required=False)
    reason = text(_("变更原因"))
    late_reason = sentence(
        _("迟公告的原因"), hint=_("变更后来不及提前公告的才填写。"), required=False
    )
    service = announcing.reschedule

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(
            {
                "starts_at": self.row.starts_at,
                "ends_at": self.row.ends_at,
            }
        )


class BeginForm(OutageForm):
    began_at = moment(
        _("实际停电时间"), hint=_("不填即为现在；不能晚于现在。"), required=False
    )
    service = running.begin


class EstimateForm(OutageForm):
    estimated_at = moment(_("预计复电时间"))
    reason = text(_("变化原因"), hint=_("首次预计可不填。"), required=False)
    service = running.estimate


class ExtendForm(OutageForm):
    ends_at = moment(_("延长到"))
    reason = text(_("延长原因"))
    service = running.extend

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["ends_at"] = self.row.ends_at


class RestorePartForm(OutageForm):
    transformers = forms.MultipleChoiceField(
        label=_("已经复电的台区"), widget=forms.CheckboxSelectMultiple
    )
    restored_at = moment(_("复电时间"), hint=_("不填即为现在。"), required=False)
    service = running.restore_part

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dark = self.row.interruptions.filter(restored_at=None)
        choices = dark.order_by("transformer__code").values_list(
            "transformer__code", "transformer__name"
        )
        field = self.fields["transformers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, noted(name, code)) for code, name in choices]


class RestoreForm(OutageForm):
    restored_at = moment(
        _("复电时间"), hint=_("不填即为现在；不能晚于现在。"), required=False
    )
    service = running.restore


class ClassifyForm(OutageForm):
    cause = forms.ChoiceField(label=_("停电原因"))
    evidence = text(
        _("认定依据"),
        hint=_("不可抗力、外力破坏申请剔除的必须写明，并由另一人复核。"),
        required=False,
    )
    service = judging.classify

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cause"]
        assert isinstance(field, forms.ChoiceField)
        causes = judging.causes_of(self.row.kind)
        field.choices = [
            ("", _("请选择")),
            *((code, _cause_words(facts)) for code, facts in causes.items()),
        ]
        self.initial.update(
            {
                "cause": self.row.cause,
                "evidence": self.row.cause_evidence,
            }
        )


def _cause_words(facts: dict[str, Any]) -> str:
    ending = _("（可申请剔除）") if "external" in facts else ""
    return f"{_(facts['name'])}{ending}"


class MergeForm(OutageForm):
    into = forms.ModelChoiceField(
        label=_("并入哪一条"), queryset=Outage.objects.none(), empty_label=_("请选择")
    )
    starts_at = moment(
        _("共同停电时间"), hint=_("不填即用对方的时间。"), required=False
    )
    ends_at = moment(_("共同复电时间"), required=False)
    service = drafting.merge

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [
            conflict
            for conflict in conflicts.conflicts(self.row, at=self.at)
            if conflict.mergeable
        ]
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Outage.objects.filter(pk__in=[c.other.pk for c in found])
        if found:
            window = found[0].window
            self.initial.update(
                {
                    "into": found[0].other.pk,
                    "starts_at": window.starts_at,
                    "ends_at": window.ends_at,
                }
            )


class ReportForm(OutageForm):
    reference = sentence(_("报告文号"))
    service = arrears.report_to_district


class PaymentForm(OutageForm):
    paid_at = moment(_("交清时间"), hint=_("不填即为现在。"), required=False)
    service = arrears.record_payment


FORMS: dict[str, type[ActForm]] = {
    "approve": remark(announcing.approve, _("审批意见"), required=False),
    "send_back": remark(announcing.send_back, _("退回原因"), "reason"),
    "announce": AnnounceForm,
    "reschedule": RescheduleForm,
    "begin": BeginForm,
    "estimate": EstimateForm,
    "extend": ExtendForm,
    "restore_part": RestorePartForm,
    "restore": RestoreForm,
    "classify": ClassifyForm,
    "confirm_exclusion": remark(
        judging.confirm_exclusion, _("复核意见"), required=False
    ),
    "reject_exclusion": remark(judging.reject_exclusion, _("复核意见"), required=False),
    "review": remark(judging.review, _("复核意见"), required=False),
    "merge": MergeForm,
    "report_to_district": ReportForm,
    "give_final_notice": remark(
        arrears.give_final_notice, _("通知方式和接收人"), required=False
    ),
    "record_payment": PaymentForm,
    "cancel": remark(announcing.cancel, _("取消原因"), "reason"),
    "note": remark(drafting.note, _("备注"), "text"),
}
