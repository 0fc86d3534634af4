"""申请人."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.classification import ApplicantKind
from applications.forms.filing.step import StepForm
from applications.models import Applicant, Application
from applications.services import filing
from applications.services.filing import answers
from sla.ground.actors import Actor
from sla.ground.masking import mask_id


class PersonForm(StepForm):
    """申请人."""

    name = forms.CharField(
        max_length=answers.LONGEST_NAME,
        error_messages={
            "required": _("请填写姓名或单位名称，与证件一致。"),
            "max_length": _("姓名或单位名称请不要超过100个字。"),
        },
    )
    id_type = forms.ChoiceField(
        label=_("证件类型"), error_messages={"required": _("请选择证件类型。")}
    )
    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "w-id"}),
        error_messages={
            "required": _("请填写证件号码。"),
            "max_length": _("证件号码太长，请对照证件核对。"),
        },
    )
    is_agent = forms.BooleanField(label=_("我是替别人办的（代办）"), required=False)
    contact_name = forms.CharField(
        label=_("联系人"),
        max_length=answers.LONGEST_CONTACT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("请填写联系人，客户经理会与其联系。"),
            "max_length": _("联系人请不要超过50个字。"),
        },
    )
    phone = forms.CharField(
        label=_("联系电话"),
        help_text=_("客户经理会打这个电话，进度短信也发到这里。"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "class": "w-phone"}
        ),
        error_messages={
            "required": _("请填写联系电话。"),
            "max_length": _("手机号码不正确：请填写11位手机号码。"),
        },
    )

    def prepare(self) -> None:
        kind = self.draft.applicant_kind
        self.is_person = kind == ApplicantKind.RESIDENT
        self.fields["name"].label = _("用电人姓名") if self.is_person else _("单位名称")
        self.fields["name"].help_text = (
            _("与身份证件上的一样。") if self.is_person else _("与营业执照上的一样。")
        )
        if not self.is_person:
            self.fields["id_number"].help_text = _(
                "营业执照上的18位统一社会信用代码，不是身份证号码。"
            )
        id_type = self.fields["id_type"]
        assert isinstance(id_type, forms.ChoiceField)
        allowed = filing.allowed_id_types(kind)
        id_type.choices = [(t.value, t.label) for t in allowed]
        self.initial.setdefault("id_type", allowed[0].value)
        self._ask_for_contact()
        self._repeat(known_applicant(self.draft))

    def _ask_for_contact(self) -> None:
        contact = self.fields["contact_name"]
        contact.required = not self.is_person
        contact.help_text = (
            _("不填就是用电人本人；代办的请填经办人。")
            if self.is_person
            else _("经办这件事的人，客户经理会与其联系。")
        )
        self.initial.setdefault("phone", spoken_phone(self.by.phone or ""))

    def _repeat(self, known: Applicant | None) -> None:
        """Offer what is known already; the number of the paper stays masked."""
        self.known = known
        self.known_number = ""
        if known is None:
            return
        self.initial.update(
            name=known.name,
            contact_name=known.contact_name,
            phone=spoken_phone(known.phone),
            is_agent=known.is_agent,
        )
        if known.id_type in dict(self.fields["id_type"].choices):  # type: ignore[attr-defined]
            self.initial["id_type"] = known.id_type
            self.known_number = known.id_number
            self.fields["id_number"].required = False
            self.fields["id_number"].help_text = _("已填写 %s，不用改就留空。") % (
                mask_id(known.id_number)
            )

    def clean(self) -> dict[str, Any]:
        """Fill in what was left out because it is known: the number, the contact."""
        given = super().clean() or self.cleaned_data
        if not given.get("id_number"):
            same = self.known and given.get("id_type") == self.known.id_type
            given["id_number"] = self.known_number if same else ""
            if not same and "id_number" not in self.errors:
                self.add_error("id_number", _("请填写证件号码。"))
        if self.is_person and not given.get("contact_name"):
            if given.get("is_agent"):
                self.add_error("contact_name", _("代办请填写经办人的姓名。"))
            given["contact_name"] = given.get("name", "")[: answers.LONGEST_CONTACT]
        if self.errors:
            self._say_the_rest(given)
        return given

    def _say_the_rest(self, given: dict[str, Any]) -> None:
        """Tell what the service would refuse, too: all that is wrong at one time."""
        person = {name: given.get(name, "") for name in filing.Person.__slots__}
        try:
            answers.checked_person(self.draft.applicant_kind, filing.Person(**person))
        except ValidationError as refused:
            for name, sentences in refused.message_dict.items():
                if name not in self.errors:
                    self.add_error(name, sentences)

    def keep(self, by: Actor) -> None:
        filing.save_person(self.draft, filing.Person(**self.cleaned_data), by=by)


def known_applicant(draft: Application) -> Applicant | None:
    """Return who was filled in here, or last time by the same account and kind."""
    if draft.applicant is not None:
        return draft.applicant
    return (
        Applicant.objects.filter(
            owner_id=draft.filed_by_id, kind=draft.applicant_kind, is_agent=False
        )
        .order_by("-pk")
        .first()
    )


def spoken_phone(phone: str) -> str:
    """Return a number as people write it: without +86."""
    return phone.removeprefix("+86")
