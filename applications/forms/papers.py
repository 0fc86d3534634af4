"""Papers handed in with an act, or by themselves: one file field a kind."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from applications import catalogue
from applications.models import Application
from applications.services import documents
from sla.ground import uploads
from sla.ground.actors import Actor


class SeveralFiles(forms.FileInput):
    """Let several pictures be chosen at once, from album or camera."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the list of what was chosen."""
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """Take any number of files as they come; the service looks into them."""

    widget = SeveralFiles(attrs={"accept": uploads.ACCEPTED, "multiple": True})

    def clean(self, value: Any) -> list[UploadedFile]:
        """Return the files; none is an empty list."""
        return list(value or [])


class PapersForm(forms.Form):
    """Ask for papers of these kinds; ``missing`` ones have to come now."""

    def __init__(
        self, *args: Any, application: Application, kinds: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        known = catalogue.read("documents")["kinds"]
        for kind in kinds:
            facts = known[kind]
            self.fields[kind] = FilesField(
                label=_(facts["label"]), help_text=_(facts["hint"]), required=False
            )

    def store(self, *, by: Actor, at: datetime) -> int:
        """Keep every file and return how many; what cannot be kept is an error."""
        kept = 0
        for kind in self.fields:
            for upload in self.cleaned_data[kind]:
                try:
                    documents.add(
                        self.application, kind=kind, upload=upload, by=by, at=at
                    )
                except ValidationError as error:
                    self.add_error(kind, error.messages)
                else:
                    kept += 1
        return kept


class PaperForm(forms.Form):
    """Hand in one more paper, of any kind that belongs to this case."""

    kind = forms.ChoiceField(label=_("材料种类"))
    upload = FilesField(
        label=_("文件"),
        help_text=_("照片（JPG、PNG、HEIC）或 PDF，每个不超过 10 MB，可以一次选几个。"),
        required=False,
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        chooser = self.fields["kind"]
        assert isinstance(chooser, forms.ChoiceField)
        # What was promised comes first: it is what is waited for.
        promised = application.promised_documents
        chooser.choices = sorted(
            documents.welcome(application), key=lambda line: line[0] not in promised
        )

    def clean_upload(self) -> list[UploadedFile]:
        """Ask for a file where none was chosen."""
        files: list[UploadedFile] = self.cleaned_data["upload"]
        if not files:
            raise ValidationError(_("请选择要上传的文件。"))
        return files

    def store(self, *, by: Actor, at: datetime) -> int:
        """Keep every file and return how many; what cannot be kept is an error."""
        kept = 0
        for upload in self.cleaned_data["upload"]:
            try:
                documents.add(
                    self.application,
                    kind=self.cleaned_data["kind"],
                    upload=upload,
                    by=by,
                    at=at,
                )
            except ValidationError as error:
                self.add_error("upload", error.messages)
            else:
                kept += 1
        return kept
