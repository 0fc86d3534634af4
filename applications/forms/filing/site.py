"""在哪里用电."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from applications.forms.filing.step import StepForm
from applications.services import filing
from applications.services.filing import answers
from sla.ground.actors import Actor
from sla.models import Region


class SiteForm(StepForm):
    """在哪里用电."""

    region = forms.ChoiceField(
        label=_("在哪个区"),
        error_messages={
            "required": _("请选择用电地址所在的区。"),
            "invalid_choice": _("请选择用电地址所在的区。"),
        },
    )
    address = forms.CharField(
        label=_("详细地址"),
        help_text=_("街道、门牌号；小区请写到楼门和房号。例如：友谊路12号3门401。"),
        max_length=answers.LONGEST_ADDRESS,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={
            "required": _("请填写详细地址：街道、门牌或小区楼栋。"),
            "max_length": _("地址请不要超过200个字。"),
        },
    )

    def prepare(self) -> None:
        region = self.fields["region"]
        assert isinstance(region, forms.ChoiceField)
        region.choices = [("", _("请选择")), *districts()]
        self.initial.setdefault("region", self.draft.region_id)
        self.initial.setdefault("address", self.draft.address)

    def keep(self, by: Actor) -> None:
        filing.save_site(self.draft, filing.Site(**self.cleaned_data), by=by)


def districts() -> list[tuple[str, str]]:
    """Return the districts of the city served; a city without any stands for itself."""
    below = Region.objects.filter(parent_id=settings.HOME_REGION)
    found = below if below.exists() else Region.objects.filter(pk=settings.HOME_REGION)
    return [(region.code, region.name) for region in found.order_by("code")]
