"""A draft: begun once, kept at every step, gone after thirty days."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications import classification
from applications.lifecycle import Status
from applications.models import Applicant, Application
from applications.services import acting, documents
from applications.services.filing import answers
from applications.services.filing.answers import Need, Person, Site
from sla.ground.actors import Actor, Role
from sla.ground.errors import Refused, Reused
from sla.ground.fields import blind_index
from sla.ground.texts import one_line

MOST_DRAFTS = 20
DRAFTS_LIVE = timedelta(days=30)


def start(*, by: Actor, at: datetime, key: uuid.UUID | None = None) -> Application:
    """Open a draft, or return what this person already opened under ``key``.

    Raises Refused for staff and for too many drafts, Reused for another's key.
    """
    if by.role != Role.APPLICANT:
        raise Refused(_("请使用申请人账号提交申请。"))
    key = key or uuid.uuid4()
    known = Application.objects.filter(submission_key=key).first()
    if known is None:
        _require_few_drafts(by)
        try:
            with transaction.atomic():
                return Application.objects.create(
                    submission_key=key, filed_by_id=by.pk, created_at=at
                )
        except IntegrityError:
            known = Application.objects.get(submission_key=key)
    if known.filed_by_id != by.pk:
        raise Reused(_("提交编号已被使用，请重新开始申请。"))
    return known


def _require_few_drafts(by: Actor) -> None:
    drafts = Application.objects.filter(filed_by_id=by.pk, status=Status.DRAFT)
    if drafts.count() >= MOST_DRAFTS:
        raise Refused(
            _("您有%s份没有提交的申请，请先提交或删除其中一些。") % MOST_DRAFTS
        )


def save_use(draft: Application, kind: str, purpose: str, *, by: Actor) -> Application:
    """Keep who uses the electricity, and what for. Raises ValidationError."""
    _require(answers.problems_of_use(kind, purpose))
    with editing(draft, by) as row:
        put_use(row, kind, purpose)
    return draft


def save_demand(
    draft: Application,
    capacity_kw: Decimal | None,
    sources: int = 1,
    voltage: str = "",
    *,
    by: Actor,
) -> Application:
    """Keep how much is asked for; without a voltage, one is suggested.

    Raises ValidationError.
    """
    _require(answers.problems_of_demand(capacity_kw, sources, voltage))
    assert capacity_kw is not None
    with editing(draft, by) as row:
        put_demand(row, capacity_kw, sources, voltage)
    return draft


def save_need(draft: Application, need: Need, *, by: Actor) -> Application:
    """Keep all answers about the electricity itself at once. Raises ValidationError."""
    _require(
        answers.problems_of_use(need.kind, need.purpose)
        | answers.problems_of_demand(need.capacity_kw, need.sources, need.voltage)
    )
    with editing(draft, by) as row:
        put_use(row, need.kind, need.purpose)
        put_demand(row, need.capacity_kw, need.sources, need.voltage)
        row.wanted_on = need.wanted_on
    return draft


def put_use(row: Application, kind: str, purpose: str) -> None:
    """Write who uses the electricity, and what for, into a locked row."""
    row.applicant_kind = kind
    row.purpose = one_line(purpose)
    if row.applicant is not None and row.applicant.kind != kind:
        row.applicant.kind = kind
        row.applicant.save(update_fields=["kind"])


def put_demand(
    row: Application, capacity_kw: Decimal, sources: int, voltage: str
) -> None:
    """Write how much is asked for into a locked row; suggest a voltage if none is."""
    row.capacity_kw = capacity_kw
    row.sources = sources
    row.voltage = voltage or classification.suggest_voltage(capacity_kw, sources)


def save_site(draft: Application, site: Site, *, by: Actor) -> Application:
    """Keep where the electricity is needed. Raises ValidationError."""
    site = answers.checked_site(site)
    with editing(draft, by) as row:
        put_site(row, site)
    return draft


def put_site(row: Application, site: Site) -> None:
    """Write where the electricity is needed into a locked row; in its normal form."""
    row.region_id = site.region
    row.address = site.address


def save_person(draft: Application, person: Person, *, by: Actor) -> Application:
    """Keep who applies: numbers verified, stored encrypted, found by blind index."""
    id_number, phone = answers.checked_person(draft.applicant_kind, person)
    with editing(draft, by) as row:
        put_person(row, person, id_number, phone)
    return draft


def put_person(row: Application, person: Person, id_number: str, phone: str) -> None:
    """Write who applies into a locked row; number and phone in their normal forms."""
    applicant = row.applicant or Applicant(owner_id=row.filed_by_id)
    applicant.kind = row.applicant_kind
    applicant.name = one_line(person.name)
    applicant.id_type = person.id_type
    applicant.id_number = id_number
    applicant.id_index = blind_index(id_number, "identity")
    applicant.contact_name = one_line(person.contact_name)
    applicant.phone = phone
    applicant.phone_index = blind_index(phone, "phone")
    applicant.is_agent = person.is_agent
    applicant.save()
    row.applicant = applicant


def promise_documents(
    draft: Application, kinds: list[str], *, by: Actor
) -> Application:
    """Promise to hand in deferrable papers later (一证受理、容缺受理)."""
    with editing(draft, by) as row:
        put_promises(row, kinds)
    return draft


def put_promises(row: Application, kinds: list[str]) -> None:
    """Write into a locked row which papers come later. Raises ValidationError."""
    deferrable = {i.kind for i in documents.checklist(row) if i.deferrable}
    if not set(kinds) <= deferrable:
        raise ValidationError(_("只有标明“可以以后补”的材料可以承诺后补。"))
    row.promised_documents = sorted(kinds)


def _require(problems: answers.Problems) -> None:
    if problems:
        raise ValidationError(dict(problems))


@contextmanager
def editing(draft: Application, by: Actor) -> Iterator[Application]:
    """Lock a draft of one's own for a change, save it, show the caller the result."""
    with transaction.atomic():
        row = acting.lock(draft)
        _require_own_draft(row, by)
        yield row
        row.save()
    acting.bring_up_to_date(draft, row)
    draft.applicant = row.applicant


def _require_own_draft(row: Application, by: Actor) -> None:
    if row.filed_by_id != by.pk:
        raise Refused(_("只能修改本人的申请。"))
    if row.status != Status.DRAFT:
        raise Refused(
            _("申请已经提交，不能再修改；如有错误请联系客户经理或撤回后重填。")
        )


def discard(draft: Application, *, by: Actor, unless_filled: bool = False) -> None:
    """Delete a draft with its files and answers; nothing filed is ever deleted.

    With ``unless_filled`` a draft stays that another request has filled meanwhile.
    """
    with transaction.atomic():
        locked = acting.lock(draft)
        _require_own_draft(locked, by)
        if locked.applicant is None or not unless_filled:
            _delete(locked)


def keep_until(draft: Application) -> datetime:
    """Return when a draft will be deleted if nobody submits it."""
    return draft.created_at + DRAFTS_LIVE


def purge_drafts(*, at: datetime) -> int:
    """Delete the drafts that were begun more than 30 days ago; return how many."""
    old = Application.objects.filter(
        status=Status.DRAFT, created_at__lt=at - DRAFTS_LIVE
    )
    gone = 0
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            # Whoever is submitting or deleting it at this moment has the last word.
            free = old.select_for_update(of=("self",), skip_locked=True)
            for draft in free.select_related("applicant").filter(pk=pk):
                _delete(draft)
                gone += 1
    return gone


def _delete(draft: Application) -> None:
    applicant = draft.applicant
    for document in draft.documents.all():
        documents.erase(document)
    draft.delete()
    if applicant is not None:
        applicant.delete()
