"""Papers: the checklist of the catalogue, what is there, what is promised for later."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from applications import catalogue
from applications.lifecycle import Status
from applications.models import Application, Document
from applications.permissions import require
from applications.services import acting
from sla.ground import plain_sql, uploads
from sla.ground.actors import Actor
from sla.ground.uploads import CleanUpload

MOST_FILES = 20
MOST_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of the checklist with what has been handed in for it."""

    kind: str
    label: str
    hint: str
    required: bool
    deferrable: bool
    promised: bool
    handed_in: bool
    documents: tuple[Document, ...]

    @property
    def satisfied(self) -> bool:
        return self.handed_in or self.promised or not self.required


def checklist(application: Application, *, brief: bool = False) -> list[ChecklistItem]:
    """Return every paper that may be asked for, in order (one query).

    A ``brief`` one tells whether there are documents, and leaves themselves out.
    """
    rules = catalogue.read("documents")
    handed_in = _kinds_of(application) if brief else _by_kind(application)
    lines = _required_lines(application)
    known = {line["kind"] for line in lines}
    extra = [k for k in rules["kinds"] if k in handed_in and k not in known]
    for kind in [*rules["optional"], *extra]:
        if kind not in known:
            lines.append({"kind": kind, "optional": True})
            known.add(kind)
    return [
        ChecklistItem(
            kind=line["kind"],
            label=_(rules["kinds"][line["kind"]]["label"]),
            hint=_(rules["kinds"][line["kind"]]["hint"]),
            required=not line.get("optional", False),
            deferrable=line.get("deferrable", False),
            promised=line.get("deferrable", False)
            and line["kind"] in application.promised_documents,
            handed_in=line["kind"] in handed_in,
            documents=tuple(handed_in.get(line["kind"], ())),
        )
        for line in lines
    ]


def _by_kind(application: Application) -> dict[str, list[Document]]:
    handed_in: dict[str, list[Document]] = {}
    for document in application.documents.filter(removed_at__isnull=True):
        handed_in.setdefault(document.kind, []).append(document)
    return handed_in


def _kinds_of(application: Application) -> dict[str, list[Document]]:
    kinds = plain_sql.column(
        "SELECT kind FROM applications_document"
        " WHERE application_id = %s AND removed_at IS NULL",
        application.pk,
    )
    return {kind: [] for kind in kinds}


def _required_lines(application: Application) -> list[dict[str, Any]]:
    rules = catalogue.read("documents")
    applicant = application.applicant
    lines = list(rules["filing"][applicant.kind]) if applicant else []
    if applicant and applicant.is_agent:
        lines += rules["agent_adds"]
    return lines


def askable(application: Application) -> list[tuple[str, str]]:
    """Return kind and name of what an applicant of this kind may be asked for.

    Who applies for whom, and whether an approval is needed, may only show on reading.
    """
    rules = catalogue.read("documents")
    lines = [*_required_lines(application), *rules["agent_adds"], *rules["on_reading"]]
    return _named([*(line["kind"] for line in lines), *rules["optional"]])


def welcome(application: Application) -> list[tuple[str, str]]:
    """Return kind and name of what may be handed in unasked: of the works, too."""
    works = [] if application.is_low_voltage else catalogue.read("documents")["works"]
    return [*askable(application), *_named(works)]


def _named(kinds: list[str]) -> list[tuple[str, str]]:
    facts = catalogue.read("documents")["kinds"]
    return [(kind, _(facts[kind]["label"])) for kind in dict.fromkeys(kinds)]


def add(
    application: Application,
    *,
    kind: str,
    upload: UploadedFile,
    by: Actor,
    at: datetime,
) -> Document:
    """Keep one file: recognised by content, images re-encoded, name and owner hidden.

    Raises Refused when this person may not, ValidationError with what to do when the
    file is not acceptable (kind, type, size, pages, number of files).
    """
    _require_known(kind)
    require("add_document", application, by=by, at=at)
    return keep(application, kind=kind, clean=uploads.clean(upload), by=by, at=at)


def keep(
    application: Application,
    *,
    kind: str,
    clean: CleanUpload,
    by: Actor,
    at: datetime,
) -> Document:
    """Keep a file that was cleaned before; raises what ``add`` raises."""
    _require_known(kind)
    with transaction.atomic():
        locked = acting.lock(application)
        require("add_document", locked, by=by, at=at)
        _require_room(locked, clean.size)
        document = Document(
            application=locked,
            kind=kind,
            original_name=clean.name,
            extension=clean.extension,
            content_type=clean.content_type,
            size=clean.size,
            sha256=clean.sha256,
            uploaded_by_id=by.pk,
            uploaded_at=at,
        )
        document.file.save(clean.name, ContentFile(clean.content), save=False)
        document.save()
        _fulfil_promise(locked, kind)
        application.promised_documents = locked.promised_documents
    return document


def _require_known(kind: str) -> None:
    if kind not in catalogue.read("documents")["kinds"]:
        raise ValidationError({"kind": _("请从清单中选择材料种类。")})


def _require_room(application: Application, size: int) -> None:
    sizes = list(
        application.documents.filter(removed_at__isnull=True).values_list(
            "size", flat=True
        )
    )
    if len(sizes) >= MOST_FILES:
        raise ValidationError(
            {"upload": _("每份申请最多上传%s个文件，请先删除不需要的。") % MOST_FILES}
        )
    if sum(sizes) + size > MOST_BYTES:
        raise ValidationError({"upload": _("所有文件合计不能超过100MB。")})


def _fulfil_promise(application: Application, kind: str) -> None:
    if kind in application.promised_documents:
        application.promised_documents = [
            promised for promised in application.promised_documents if promised != kind
        ]
        application.save(update_fields=["promised_documents"])


def remove(document: Document, *, by: Actor, at: datetime) -> None:
    """Take a paper back before submission; what was filed stays on file."""
    with transaction.atomic():
        locked = acting.lock(document.application)
        require("add_document", locked, by=by, at=at)
        if locked.status not in {Status.DRAFT, Status.RETURNED} or (
            locked.submitted_at is not None
            and document.uploaded_at <= _returned_at(locked)
        ):
            raise ValidationError(_("已经提交的材料不能删除，可以补充新的材料。"))
        if locked.status == Status.DRAFT:
            erase(document)
        else:
            document.removed_at = at
            document.save(update_fields=["removed_at"])


def erase(document: Document) -> None:
    """Delete a paper for good; its file goes once the row is gone."""
    file = document.file
    document.delete()
    transaction.on_commit(lambda: file.delete(save=False))


def _returned_at(application: Application) -> datetime:
    event = application.events.filter(action="return_for_supplement").latest("seq")
    return event.at
