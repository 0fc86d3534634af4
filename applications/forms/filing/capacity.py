"""需要多大的电."""

import re
import unicodedata
from decimal import ROUND_UP, Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications import capacity
from applications.classification import ApplicantKind, Voltage, suggest_voltage
from applications.forms.filing.step import StepForm
from applications.services import filing
from sla.ground.actors import Actor

SUPPLIES = (
    _("绝大多数用户选这个"),
    _("停电会危及人身安全或造成重大损失的，如医院、数据中心；须由10千伏及以上供电"),
)


class KilowattField(forms.Field):
    """A power as people write it: 8, 8.5千瓦, １５ｋＷ, 1,250, 800瓦."""

    # Commas and blanks part thousands only: 7,8 and 8 10 are two numbers, not one.
    _SAID = re.compile(
        r"(\d+|\d{1,3}(?:[, ]\d{3})+)(\.\d+)?\s*(千瓦|KW|KVA|千伏安|瓦|W)?"
    )

    def to_python(self, value: Any) -> Any:
        """Return kilowatts to one decimal, or None. Raises ValidationError."""
        text = unicodedata.normalize("NFKC", str(value or "")).upper().strip()
        if not text:
            return None
        said = self._SAID.fullmatch(text)
        if said is None:
            raise ValidationError(_("请填写数字，例如8或15.5。"))
        try:
            number = Decimal(re.sub("[, ]", "", said[1]) + (said[2] or ""))
            watts = said[3] in {"瓦", "W"}
            kilowatts = number / 1000 if watts else number
            return kilowatts.quantize(Decimal("0.1"), ROUND_UP)
        except InvalidOperation as error:
            raise ValidationError(_("申请容量应在0.1至500000千瓦之间。")) from error


class CapacityForm(StepForm):
    """需要多大的电."""

    OWN, UNSURE = "own", "unsure"
    estimated: Decimal | None = None
    APPLIANCE = "count_"

    size = forms.ChoiceField(
        label=_("大概需要多大的用电容量"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一项，或填写需要多少千瓦。")},
    )
    capacity_kw = KilowattField(
        label=_("需要多少千瓦"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "inputmode": "decimal",
                "autocomplete": "off",
                "maxlength": 20,
                "class": "w-figure",
            }
        ),
    )
    sources = forms.TypedChoiceField(
        label=_("需要几路电源"),
        coerce=int,
        choices=[(1, _("一路")), (2, _("两路"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一路或两路电源。")},
    )
    voltage = forms.ChoiceField(
        label=_("供电电压"),
        help_text=_("不选就由供电企业按容量确定。"),
        choices=[("", _("由供电企业确定")), *Voltage.choices],
        required=False,
    )

    def prepare(self) -> None:
        kind = self.draft.applicant_kind
        self.typical = capacity.typical(kind)
        size = self.fields["size"]
        assert isinstance(size, forms.ChoiceField)
        size.choices = [
            *((example.key, example.label) for example in self.typical),
            (self.OWN, _("我知道要多少千瓦")),
            (self.UNSURE, _("不清楚")),
        ]
        if kind == ApplicantKind.RESIDENT:
            del self.fields["sources"]
            del self.fields["voltage"]
        self._add_appliances(kind)
        self._fill_in()

    def _add_appliances(self, kind: str) -> None:
        self.appliance_names = []
        for example in capacity.appliances(kind):
            name = f"{self.APPLIANCE}{example.key}"
            self.appliance_names.append(name)
            self.fields[name] = forms.IntegerField(
                label=example.label,
                required=False,
                min_value=0,
                max_value=999,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "autocomplete": "off"}
                ),
                error_messages={
                    name: _("数量请填0到999的整数。")
                    for name in ("invalid", "min_value", "max_value")
                },
            )

    def _fill_in(self) -> None:
        draft = self.draft
        self.initial.setdefault("sources", draft.sources)
        asked = draft.capacity_kw
        if asked is None:
            return
        known = {example.kw: example.key for example in self.typical}
        self.initial.setdefault("size", known.get(asked, self.OWN))
        if asked not in known:
            self.initial.setdefault("capacity_kw", f"{asked.normalize():f}")
        if draft.voltage != suggest_voltage(asked, draft.sources):
            self.initial.setdefault("voltage", draft.voltage)

    @property
    def sizes(self) -> list[tuple[Any, str]]:
        """Return each typical user with what it means; two more choices stay out."""
        notes = [
            _("%(kw)s 千瓦 · %(note)s")
            % {"kw": f"{e.kw.normalize():f}", "note": e.note}
            for e in self.typical
        ]
        return list(zip(self["size"], notes, strict=False))

    @property
    def supplies(self) -> list[tuple[Any, Any]]:
        """Return one supply and two, each with for whom it is."""
        return list(zip(self["sources"], SUPPLIES, strict=True))

    @property
    def sum_open(self) -> bool:
        """Tell whether the little sum is in use."""
        return any(self[name].value() for name in self.appliance_names)

    @property
    def own(self) -> Any:
        """Return the choice of a number of one's own."""
        return list(self["size"])[-2]

    @property
    def unsure(self) -> Any:
        """Return the choice of having no idea."""
        return list(self["size"])[-1]

    @property
    def appliances(self) -> list[forms.BoundField]:
        """Return the questions of the little sum."""
        return [self[name] for name in self.appliance_names]

    @property
    def unsure_kw(self) -> Decimal:
        """Return what is asked for by somebody who has no idea."""
        return capacity.when_unsure(self.draft.applicant_kind)

    def with_estimate(self) -> "CapacityForm":
        """Return the page with the sum of the appliances filled in, nothing kept."""
        self.full_clean()
        for name in list(self.errors):
            if name not in self.appliance_names:
                del self.errors[name]
        if self.errors:
            return self
        start = len(self.APPLIANCE)
        counts = {n[start:]: self.cleaned_data[n] or 0 for n in self.appliance_names}
        kilowatts = capacity.estimate(counts)
        if kilowatts is None:
            self.add_error(None, _("请先填写每种电器有几台，再点“算一算”。"))
            return self
        typed = {name: self.data.get(name, "") for name in self.fields}
        typed |= {"size": self.OWN, "capacity_kw": f"{kilowatts:f}"}
        page = CapacityForm(draft=self.draft, by=self.by, initial=typed)
        page.estimated = kilowatts
        return page

    def clean(self) -> dict[str, Any]:
        """Turn the choice of a size into kilowatts."""
        given = super().clean() or self.cleaned_data
        sizes = {example.key: example.kw for example in self.typical}
        sizes[self.UNSURE] = self.unsure_kw
        size = given.get("size")
        if size != self.OWN and size in sizes:
            self.errors.pop("capacity_kw", None)
            given["capacity_kw"] = sizes[size]
        elif "size" in self.errors and given.get("capacity_kw"):
            del self.errors["size"]
        elif size == self.OWN and given.get("capacity_kw", 0) is None:
            self.add_error("capacity_kw", _("请填写需要多少千瓦，例如8。"))
        return given

    def keep(self, by: Actor) -> None:
        given = self.cleaned_data
        filing.save_demand(
            self.draft,
            given["capacity_kw"],
            given.get("sources") or 1,
            given.get("voltage") or "",
            by=by,
        )
