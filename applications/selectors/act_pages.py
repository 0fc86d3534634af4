"""What stands on the page of an act beside its own questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.forms import BoundField, Form

from applications.lifecycle import Status
from applications.models import Application, Document, Event, Plan
from applications.selectors import progress, tracking
from applications.selectors.acts import WORDS
from applications.selectors.progress import Progress
from sla.ground.actors import Actor
from sla.vocabulary import Stage

_ON_THE_PLAN = frozenset(
    {"confirm_plan", "object_plan", "extend_plan", "sign_contract"}
)

# The acts that answer to findings, by the status that findings lead to.
_PUTTING_RIGHT = {
    Status.DESIGNING: ("submit_design",),
    Status.RECTIFYING: ("report_mid_inspection", "report_completion"),
}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper to hand in: the field, and what is there already."""

    field: BoundField
    documents: tuple[Document, ...]

    @property
    def missing(self) -> bool:
        return not self.documents


def progress_of(application: Application, *, viewer: Actor, at: datetime) -> Progress:
    """Return where the application stands."""
    return progress.read(application, at=at, viewer=viewer)


def papers_asked(action: str, application: Application) -> list[str]:
    """Return the kinds of paper that an act takes along."""
    if action == "supplement":
        return list(application.supplement_asked)
    return list(WORDS[action].papers)


def paper_lines(action: str, application: Application, form: Form) -> list[PaperLine]:
    """Return the papers of an act with what is there; what was asked for anew counts
    from then on."""
    if not form.fields:
        return []
    on_file = tracking.papers(application)
    since = _asked_anew_at(action, application)
    if since is not None:
        on_file = [d for d in on_file if d.uploaded_at >= since]
    return [
        PaperLine(form[kind], tuple(d for d in on_file if d.kind == kind))
        for kind in form.fields
    ]


def _asked_anew_at(action: str, application: Application) -> datetime | None:
    """Return when papers were sent back or found wanting, if they were."""
    if action == "supplement":
        told = last_return(application)
        return told.at if told else None
    if action == "submit_design":
        failed = application.inspections.failed(Stage.DESIGN_REVIEW).last()
        return failed.concluded_at if failed else None
    return None


def last_return(application: Application) -> Event | None:
    """Return the event that told what was missing."""
    told = application.events.filter(action="return_for_supplement")
    return told.order_by("-seq").first()


def what_was_asked(action: str, application: Application) -> str:
    """Return the manager's words about what is missing or has to be put right."""
    if action == "supplement" and application.status == Status.RETURNED:
        told = last_return(application)
        return told.note if told else ""
    if action in _PUTTING_RIGHT.get(Status(application.status), ()):
        failed = application.inspections.failed().last()
        return failed.findings if failed else ""
    return ""


def plan_shown(action: str, application: Application) -> Plan | None:
    """Return the plan that an act is about."""
    return tracking.latest_plan(application) if action in _ON_THE_PLAN else None


def typed(form: Form, data: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return what was typed as (name, label, text), to be kept or copied."""
    return [
        (name, str(field.label), data[name])
        for name, field in form.fields.items()
        if name != "seen" and data.get(name, "").strip()
    ]


def done_already(
    application: Application, action: str, *, by: Actor, seen: str
) -> bool:
    """Tell whether the same click, sent twice, has been done by this person before."""
    if not seen.isascii() or not seen.isdigit():
        return False
    first = application.events.filter(seq=int(seen[:9]) + 1, action=action)
    return first.filter(by_id=by.pk).exists()
