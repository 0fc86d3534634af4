"""Submission: every answer judged again, one number given, exactly once."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications import catalogue, classification
from applications.lifecycle import Status
from applications.models import Applicant, Application
from applications.services import acting, documents
from applications.services.documents import ChecklistItem
from applications.services.filing import answers
from sla.ground import numbers, plain_sql
from sla.ground.actors import Actor
from sla.ground.errors import Reused, Stale, TooOften
from sla.services import rulebook
from sla.vocabulary import UserType


@dataclass(frozen=True, slots=True)
class Gap:
    """What is still missing or wrong, and the step that mends it."""

    step: str
    sentence: str


def gaps(draft: Application) -> list[Gap]:
    """Judge every answer again, as it stands now; return what hinders its filing.

    Answers change one another: a household that becomes a shop needs other papers.
    """
    return _judged(draft, documents.checklist(draft, brief=True))


def _judged(draft: Application, papers: list[ChecklistItem]) -> list[Gap]:
    found = [
        *_gaps("need", answers.problems_of_use(draft.applicant_kind, draft.purpose)),
        *_gaps(
            "capacity",
            answers.problems_of_demand(draft.capacity_kw, draft.sources, draft.voltage),
        ),
        *_gaps("site", answers.problems_of_site(draft.region_id or "", draft.address)),
        *_gaps("person", _problems_of_applicant(draft)),
    ]
    if draft.applicant is not None:
        found += [
            Gap("documents", _("请上传“%s”。") % item.label)
            for item in papers
            if not item.satisfied
        ]
    return found


def missing(draft: Application) -> list[str]:
    """Return what still has to be filled in before submission, as sentences."""
    return [gap.sentence for gap in gaps(draft)]


def _gaps(step: str, problems: answers.Problems) -> list[Gap]:
    return [Gap(step, sentence) for sentence in problems.values()]


def _problems_of_applicant(draft: Application) -> answers.Problems:
    applicant = draft.applicant
    if applicant is None:
        return {"applicant": _("请填写申请人的身份信息和联系方式。")}
    if applicant.id_type not in answers.allowed_id_types(draft.applicant_kind):
        return {"id_type": _("证件类型与用电人类别不符，请重新填写申请人信息。")}
    return {}


def require_pace(*, by: Actor, at: datetime) -> None:
    """Raise TooOften beyond SUBMISSIONS_PER_HOUR; pages and API ask, not the act."""
    most = settings.SUBMISSIONS_PER_HOUR
    lately = plain_sql.column(
        "SELECT id FROM applications_application"
        " WHERE filed_by_id = %s AND submitted_at > %s LIMIT %s",
        by.pk,
        at - timedelta(hours=1),
        most,
    )
    if len(lately) == most:
        raise TooOften(
            _("一小时内最多提交%s份申请，请稍后再提交；已填的内容都已保存。") % most
        )


def submit(
    application: Application, *, by: Actor, at: datetime, fingerprint: str = ""
) -> Application:
    """Submit a complete draft; the same click again returns the same application.

    业务受理 and the total clock start at ``at``. ``fingerprint`` tells which answers
    the person saw. Raises ValidationError listing what is missing, Stale when the draft
    was changed elsewhere meanwhile, Reused when other answers were filed under the key.
    """
    with transaction.atomic():
        locked = acting.lock(application)
        _submit(locked, by=by, at=at, fingerprint=fingerprint)
    acting.bring_up_to_date(application, locked)
    return application


def submit_own(
    key: uuid.UUID, *, by: Actor, at: datetime, fingerprint: str = ""
) -> Application:
    """Submit, at a person's pace, the draft that this person began under ``key``.

    Found and locked in one look: no twin of this click can come in between. Raises what
    ``submit`` raises, TooOften, and Application.DoesNotExist for another's key.
    """
    with transaction.atomic():
        mine = Application.objects.filter(submission_key=key, filed_by_id=by.pk)
        locked = mine.select_for_update().get()
        if locked.status == Status.DRAFT:
            require_pace(by=by, at=at)
        _submit(locked, by=by, at=at, fingerprint=fingerprint)
    return locked


@rulebook.steady()
def _submit(locked: Application, *, by: Actor, at: datetime, fingerprint: str) -> None:
    if locked.status != Status.DRAFT and locked.filed_by_id == by.pk:
        if fingerprint and fingerprint != locked.fingerprint:
            raise Reused(_("这份申请已经提交，提交的内容与您刚才看到的不同，请核对。"))
        return
    if fingerprint and fingerprint != fingerprint_of(locked):
        raise Stale(_("申请内容刚刚在别处改过，请核对最新内容后再提交。"))
    papers = documents.checklist(locked, brief=True)
    problems = _judged(locked, papers)
    if problems:
        raise ValidationError([gap.sentence for gap in problems])
    with acting.act(locked, "submit", by=by, at=at, locked=locked) as act:
        _file(act, papers)


def _file(act: acting.Act, papers: list[ChecklistItem]) -> None:
    row = act.application
    row.number = numbers.new_number()
    row.user_type = user_type_of(row)
    row.fingerprint = fingerprint_of(row)
    row.promised_documents = [item.kind for item in papers if item.promised]
    act.remember(
        user_type=row.user_type,
        capacity_kw=str(row.capacity_kw),
        region=row.region_id,
        promised=row.promised_documents,
        consent=catalogue.read("consent")["text"],
    )
    if row.promised_documents:
        act.remember(promise=catalogue.read("documents")["promise"])


def user_type_of(application: Application, *, voltage: str = "") -> UserType:
    """Derive the user type of 附件2 from the answers; never asked of the applicant.

    ``voltage`` is what the utility decided on, where it has decided.
    """
    assert application.capacity_kw is not None
    return classification.classify(
        kind=application.applicant_kind,
        capacity_kw=application.capacity_kw,
        voltage=voltage or application.voltage,
        sources=application.sources,
        district=application.region_id or "",
        external_line=application.external_line,
    )


def fingerprint_of(application: Application) -> str:
    """Return a digest of what was asked for: it tells a repeat from a reuse."""
    capacity = application.capacity_kw
    content = {
        "need": [
            application.applicant_kind,
            application.purpose,
            f"{capacity:.1f}" if capacity is not None else "",
            application.sources,
            application.voltage,
        ],
        "site": [application.region_id, application.address],
        "applicant": _identity_of(application.applicant),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _identity_of(applicant: Applicant | None) -> list[str | bool]:
    if applicant is None:
        return []
    return [
        applicant.id_type,
        applicant.id_index,
        applicant.name,
        applicant.phone_index,
        applicant.contact_name,
        applicant.is_agent,
    ]
