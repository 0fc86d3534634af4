"""Draft an outage, change the draft, or record a fault: typed, searched, kept."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from outages.forms.act import moment, sentence, take_back
from outages.models import Outage
from outages.selectors import parts
from outages.services import drafting, running, scope_text
from outages.services.drafting import Debt, Job
from outages.services.scoping import ScopePart
from outages.vocabulary import OutageKind
from sla.ground.actors import Actor
from sla.ground.asking import AskingForm

KINDS = [(kind.value, kind.label) for kind in OutageKind if kind != OutageKind.FAULT]
_BETWEEN = re.compile(r"[;；,，、\s]+")


class ScopeForm(AskingForm):
    """The part of the network: typed as codes, or looked for and ticked."""

    scope = forms.CharField(
        label=_("停电范围"),
        help_text=_("每行一个编码或户号，例如 L-YY1，或“台区:T-YY1-01”。"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    look = forms.CharField(
        label=_("按名称或编码查找"),
        help_text=_("查到后勾选，再次提交时加入范围。"),
        max_length=40,
        required=False,
    )
    found = forms.MultipleChoiceField(
        label=_("查到的"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        looked_for = self.data.get("look", "") if self.is_bound else ""
        results = parts.like(looked_for)
        field = self.fields["found"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(part.written, part.words) for part in results]
        self.nothing_found = bool(looked_for.strip()) and not results
        if not results:
            del self.fields["found"]

    @property
    def results(self) -> Any:
        """Return the question for what was found, where anything was."""
        return self["found"] if "found" in self.fields else None

    @property
    def times(self) -> list[Any]:
        """Return the questions for moments."""
        return [field for field in self.visible_fields() if field.name.endswith("_at")]

    def with_ticked(self, data: Any) -> Any:
        """Return what was typed, with what was ticked moved into the scope."""
        ticked = [part for part in data.getlist("found") if part]
        if not ticked:
            return data
        moved = data.copy()
        typed = data.get("scope", "").split()
        new = [part for part in ticked if part not in typed]
        moved["scope"] = "\n".join([*typed, *new])
        moved.setlist("found", [])
        return moved

    def scope_parts(self) -> list[ScopePart]:
        """Return the parts that were typed. Raises ValidationError."""
        return scope_text.settle(scope_text.read(self.cleaned_data["scope"]))

    def take_back(self, refused: ValidationError) -> None:
        """Show at its fields what a service found wrong with the answers."""
        take_back(self, refused)


class DraftForm(ScopeForm):
    """Everything a draft says."""

    kind = forms.ChoiceField(label=_("类型"), choices=[("", _("请选择")), *KINDS])
    reason = sentence(_("停电原因"))
    starts_at = moment(_("计划停电时间"), required=False)
    ends_at = moment(
        _("计划复电时间"), hint=_("欠费停电不填。北京时间。"), required=False
    )
    works = forms.CharField(
        label=_("检修工作"),
        help_text=_("每行一项：工作内容，施工单位写在竖线后，例如 更换变压器|河西班。"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = forms.DateField(
        label=_("电费到期日"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reminded_on = forms.CharField(
        label=_("催交日期"),
        help_text=_("可写多个，例如 2026-07-10 2026-08-01。"),
        max_length=400,
        required=False,
    )
    residential_compound = forms.BooleanField(
        label=_("涉及居民住宅小区（须先报告区能源管理部门）"), required=False
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def arrears_fields(self) -> list[Any]:
        """Return the questions of an outage for arrears alone."""
        return [
            self[name] for name in ("due_on", "reminded_on", "residential_compound")
        ]

    @property
    def owes(self) -> bool:
        """Tell whether those questions lie open."""
        return bool(self["kind"].value() == OutageKind.ARREARS)

    def clean_reminded_on(self) -> tuple[date, ...]:
        """Return the dates; each must be one."""
        typed = [day for day in _BETWEEN.split(self.cleaned_data["reminded_on"]) if day]
        try:
            return tuple(date.fromisoformat(day) for day in typed)
        except ValueError as error:
            raise ValidationError(
                gettext("催交日期请写成 2026-07-10，多个之间用空格隔开。")
            ) from error

    def debt(self) -> Debt | None:
        """Return what is owed, where anything of it was filled in."""
        answers = self.cleaned_data
        if answers["due_on"] is None:
            return None
        return Debt(
            answers["due_on"], answers["reminded_on"], answers["residential_compound"]
        )

    def perform(self, outage: Outage | None, *, by: Actor, at: datetime) -> Outage:
        """Draft, or change the draft. Raises Refused and ValidationError."""
        answers = self.cleaned_data
        facts: dict[str, Any] = {
            "kind": answers["kind"],
            "reason": answers["reason"],
            "scope": self.scope_parts(),
            "starts_at": answers["starts_at"],
            "ends_at": answers["ends_at"],
            "works": list(jobs(answers["works"])),
            "arrears": self.debt(),
        }
        if outage is None:
            return drafting.draft(**facts, by=by, at=at)
        return drafting.change(outage, **facts, by=by, at=at, seen=answers["seen"])


class FaultForm(ScopeForm):
    """A fault as it happens."""

    reason = sentence(_("故障情况"))
    began_at = moment(_("停电时间"), hint=_("不填即为现在。"), required=False)
    estimated_at = moment(_("预计复电时间"), required=False)

    def perform(self, outage: Outage | None, *, by: Actor, at: datetime) -> Outage:
        """Record the fault. Raises Refused and ValidationError."""
        assert outage is None
        return running.record_fault(
            scope=self.scope_parts(),
            reason=self.cleaned_data["reason"],
            began_at=self.cleaned_data["began_at"],
            estimated_at=self.cleaned_data["estimated_at"],
            by=by,
            at=at,
        )


def jobs(typed: str) -> list[Job]:
    """Return the works that were typed, a line each."""
    lines = [line.replace("｜", "|").partition("|") for line in typed.splitlines()]
    return [Job(content, unit) for content, _bar, unit in lines if content.strip()]


def initial_of(outage: Outage) -> dict[str, Any]:
    """Return what a draft says, as its form shows it."""
    debt = drafting.debt_of(outage)
    works = outage.works.order_by("pk")
    owed: dict[str, Any] = {}
    if debt is not None:
        owed = {
            "due_on": debt.due_on,
            "reminded_on": " ".join(day.isoformat() for day in debt.reminded_on),
            "residential_compound": debt.residential_compound,
        }
    return {
        "kind": outage.kind,
        "reason": outage.reason,
        "scope": scope_text.written(outage),
        "starts_at": outage.starts_at,
        "ends_at": outage.ends_at,
        "works": "\n".join(f"{w.content}|{w.unit}".rstrip("|") for w in works),
        "seen": outage.last_seq,
        **owed,
    }
