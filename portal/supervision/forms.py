"""The filter of the boards: one form, sent by GET, kept in every link."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.supervision.scope import Basis, Period, Scope, dates_of, moments_of
from portal.supervision.selectors import places
from sla.engine import day_of
from sla.ground.actors import STAFF_WHO_ACT, Actor
from sla.vocabulary import UserType


class FilterForm(forms.Form):
    """Ask for period, district and user type; everything has a default."""

    period = forms.ChoiceField(
        label=_("统计期"), choices=Period.choices, required=False
    )
    first = forms.DateField(
        label=_("开始日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("开始日期请写成 2026-09-30 这样。")},
    )
    last = forms.DateField(
        label=_("报告日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("报告日期请写成 2026-09-30 这样。")},
    )
    district = forms.ChoiceField(label=_("区"), required=False)
    user_type = forms.ChoiceField(
        label=_("用户类型"),
        choices=[("", _("全部类型")), *UserType.choices],
        required=False,
    )
    basis = forms.ChoiceField(
        choices=Basis.choices, required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict, *, viewer: Actor, now: datetime) -> None:
        """Read the query of an address; districts are those the viewer may see."""
        self.viewer, self.now = viewer, now
        given = data.copy()
        for name, default in (("period", Period.THIS_MONTH), ("basis", Basis.STAGE)):
            if not given.get(name):
                given[name] = default
        super().__init__(given)
        districts: Any = self.fields["district"]
        districts.choices = [
            ("", _("全部区")),
            *places.districts(viewer).items(),
        ]

    @property
    def today(self) -> date:
        """Return today in Shanghai."""
        return day_of(self.now)

    def clean(self) -> dict[str, Any]:
        """Settle first and last day of the period."""
        given = super().clean() or {}
        if given.get("period") != Period.CUSTOM:
            period = given.get("period") or Period.THIS_MONTH
            given["first"], given["last"] = dates_of(period, self.today)
            return given
        self._check(given)
        return given

    def _check(self, given: dict[str, Any]) -> None:
        """Ask for a first day; the last one is today unless another is named."""
        if self.errors:
            return
        first, last = given["first"], given["last"] or self.today
        given["last"] = last
        if first is None:
            self.add_error("first", _("请选择开始日期。"))
        elif first > last:
            self.add_error("first", _("开始日期不能晚于报告日期。"))
        if last > self.today:
            self.add_error("last", _("报告日期不能晚于今天。"))

    def scope(self) -> Scope:
        """Return what is asked; the form must be valid."""
        given = self.cleaned_data
        since, at, past = moments_of(given["first"], given["last"], self.now)
        return Scope(
            viewer=self.viewer,
            at=at,
            since=since,
            past=past,
            district=given["district"],
            user_type=given["user_type"],
        )

    @property
    def basis_asked(self) -> Basis:
        """Return the measure whose breakdown is shown."""
        return Basis(self.cleaned_data["basis"])

    @property
    def own_districts(self) -> bool:
        """Tell whether the viewer sees districts of their own only."""
        return self.viewer.role in STAFF_WHO_ACT
