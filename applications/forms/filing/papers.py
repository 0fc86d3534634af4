"""材料, and the last click."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.services import documents, filing
from sla.ground import uploads
from sla.ground.actors import Actor
from sla.ground.errors import Refused


class PapersForm(forms.Form):
    """Which papers are promised for later, and the signature under the promise."""

    promised = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(
        label=_("我同意上面的承诺（勾选即为签名）"), required=False
    )

    def __init__(
        self, *args: Any, draft: Application, by: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.by = by
        self.items = documents.checklist(draft)
        self.lacking: dict[str, str] = {}
        self.deferrable = [i.kind for i in self.items if i.deferrable]
        promised = self.fields["promised"]
        assert isinstance(promised, forms.MultipleChoiceField)
        promised.choices = [(kind, kind) for kind in self.deferrable]
        kept = [item.kind for item in self.items if item.promised]
        self.initial.update(promised=kept, agreed=bool(kept))

    @property
    def ticked(self) -> list[str]:
        """Return the kinds whose box shows a tick: as posted, else as kept."""
        return list(self["promised"].value() or [])

    def clean(self) -> dict[str, Any]:
        """Ask for the signature under a promise, and see what lacks."""
        given = super().clean() or self.cleaned_data
        promised = given.get("promised", [])
        if promised and not given.get("agreed"):
            self.add_error("agreed", _("承诺以后补材料，请先勾选同意承诺。"))
        self.lacking = {
            item.kind: _sentence(item)
            for item in self.items
            if item.required and not item.handed_in and item.kind not in promised
        }
        return given

    def save(self) -> bool:
        """Keep the promises; False while a paper is neither there nor promised."""
        filing.promise_documents(self.draft, self.cleaned_data["promised"], by=self.by)
        return not self.lacking


def _sentence(item: documents.ChecklistItem) -> str:
    if item.deferrable:
        return _("请上传“%s”，或勾选以后补交。") % item.label
    return _("请上传“%s”。") % item.label


class UploadForm(forms.Form):
    """One file for one paper."""

    upload = forms.FileField(
        label=_("拍照或选择文件"),
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPTED}),
        error_messages={
            "required": _("请先选择文件，再点“上传”。"),
            "invalid": _("请先选择文件，再点“上传”。"),
        },
    )

    def __init__(
        self, *args: Any, draft: Application, kind: str, **kwargs: Any
    ) -> None:
        kwargs["auto_id"] = f"{kind}_%s"
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.kind = kind

    @classmethod
    def of_lacking(cls, draft: Application, kind: str, sentence: str) -> "UploadForm":
        """Return the form of a paper that has to come, with the sentence that asks."""
        form = cls({}, {}, draft=draft, kind=kind)
        form.fields["upload"].error_messages["required"] = sentence
        return form

    def save(self, *, by: Actor, at: datetime) -> bool:
        """Keep the file; False when it cannot be taken, with what to do instead."""
        file = self.cleaned_data["upload"]
        try:
            documents.add(self.draft, kind=self.kind, upload=file, by=by, at=at)
        except Refused as refusal:
            self.add_error("upload", refusal.reason)
        except ValidationError as error:
            self.add_error("upload", error.messages)
        return not self.errors


class CheckForm(forms.Form):
    """The last click; ``fingerprint`` tells which answers were on the page."""

    fingerprint = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput
    )
