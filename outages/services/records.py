"""One outage as another system recorded it, and what may be wrong with it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outages.lifecycles.outage import Status
from outages.models import Outage
from outages.services import judging, moments, notice
from outages.services.scoping import ScopePart
from outages.vocabulary import Exclusion, OutageKind
from sla.words import listed

# Told ahead by law; without its plan such a record cannot be judged.
PLANNED_KINDS = frozenset({OutageKind.PLANNED, OutageKind.TEMPORARY})
TELLING = PLANNED_KINDS | {OutageKind.RATIONING}
EXCLUSIONS = {
    "": Exclusion.NONE,
    "none": Exclusion.NONE,
    "confirmed": Exclusion.CONFIRMED,
}


@dataclass(frozen=True, slots=True)
class OutageRecord:
    """One outage that happened; ``row`` is where in its file it stands.

    ``scope`` parts may leave their level open (``ScopePart("", code)``). ``exclusion``
    is ``confirmed`` or ``none``; who claimed and who confirmed are names, for they need
    not be users of this portal.
    """

    kind: str
    reason: str
    scope: tuple[ScopePart, ...]
    began_at: datetime | None
    restored_at: datetime | None = None
    reference: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    published_at: datetime | None = None
    cause: str = ""
    exclusion: str = ""
    evidence: str = ""
    classified_by: str = ""
    confirmed_by: str = ""
    row: int = 0

    def fingerprint(self) -> str:
        """Return what is equal for two records that say the same."""
        said = asdict(self) | {"row": 0}
        text = json.dumps(said, sort_keys=True, default=_in_utc, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def outage_of(record: OutageRecord, *, at: datetime) -> Outage:
    """Return the unsaved outage of a record, its scope still to be laid out.

    Raises ValidationError with a sentence about the first thing that is wrong.
    """
    _require_words(record)
    began, restored = _happened(record, at)
    starts, ends = _planned(record)
    outage = Outage(
        kind=record.kind,
        reason=" ".join(record.reason.split()),
        status=_status(restored, record.cause),
        began_at=began,
        restored_at=restored,
        starts_at=starts,
        ends_at=ends,
        imported=True,
        source_reference=record.reference.strip(),
        created_at=at,
        **_judged(record),
    )
    _stamp_notice(outage, record, at)
    return outage


def _status(restored: datetime | None, cause: str) -> str:
    if restored is None:
        return Status.UNDER_WAY.value
    return Status.REVIEWED.value if cause else Status.RESTORED.value


def _require_words(record: OutageRecord) -> None:
    if record.kind not in OutageKind.values:
        raise ValidationError(
            _("不认识的类型“%(kind)s”，可写%(known)s。")
            % {"kind": record.kind, "known": listed(OutageKind.values)}
        )
    if not record.reason.strip():
        raise ValidationError(_("缺少停电原因。"))
    for what, text, most in (
        (_("停电原因"), record.reason, 200),
        (_("来源编号"), record.reference, 60),
    ):
        if len(text) > most:
            raise ValidationError(
                _("%(what)s最多%(most)s个字。") % {"what": what, "most": most}
            )


def _happened(record: OutageRecord, at: datetime) -> tuple[datetime, datetime | None]:
    if record.began_at is None:
        raise ValidationError(_("缺少实际停电时间，没有发生的停电不能导入。"))
    began = moments.happened(record.began_at, field="began_at", after=None, at=at)
    arrears = record.kind == OutageKind.ARREARS
    if record.restored_at is None:
        if arrears:
            raise ValidationError(_("没有复电的欠费停电须在系统内办理，不能导入。"))
        moments.not_too_long(began, at, field="began_at")
        return began, None
    restored = moments.happened(
        record.restored_at, field="restored_at", after=None, at=at
    )
    moments.in_order(began, restored, field="restored_at", endless=arrears)
    return began, restored


def _planned(record: OutageRecord) -> tuple[datetime | None, datetime | None]:
    starts, ends = record.starts_at, record.ends_at
    if starts is None and ends is None and record.kind not in PLANNED_KINDS:
        return None, None
    if starts is None or ends is None:
        raise ValidationError(_("计划停电时间和计划复电时间须同时填写。"))
    starts = moments.whole(starts, field="starts_at")
    ends = moments.whole(ends, field="ends_at")
    moments.in_order(starts, ends, field="ends_at")
    return starts, ends


def _judged(record: OutageRecord) -> dict[str, Any]:
    """Return cause and exclusion; what is left out was seen by two people."""
    if record.exclusion not in EXCLUSIONS:
        raise ValidationError(_("exclusion只能写confirmed或none。"))
    external = bool(record.cause) and judging.is_external(record.kind, record.cause)
    exclusion = EXCLUSIONS[record.exclusion]
    people = {record.classified_by.strip(), record.confirmed_by.strip()} - {""}
    if exclusion == Exclusion.CONFIRMED:
        if not external:
            raise ValidationError(_("只有不可抗力和外力破坏可以剔除，请核对原因代码。"))
        if not record.evidence.strip():
            raise ValidationError(_("剔除须写明依据（evidence）。"))
        if len(people) != 2:
            raise ValidationError(
                _(
                    "剔除须写明认定人和复核人，且不是同一人（classified_by、confirmed_by）。"
                )
            )
    return {
        "cause": record.cause,
        "cause_evidence": record.evidence.strip(),
        "exclusion": exclusion,
    }


def _stamp_notice(outage: Outage, record: OutageRecord, at: datetime) -> None:
    """Judge the announcement; of planned works none on record counts as late."""
    if record.published_at is not None:
        outage.published_at = moments.happened(
            record.published_at, field="published_at", after=None, at=at
        )
    if outage.kind not in TELLING or outage.starts_at is None:
        return
    outage.lead_minutes = notice.lead_minutes(outage.kind)
    if outage.published_at is None:
        outage.late_notice = outage.lead_minutes > 0
        outage.late_reason = "导入的记录没有公告时间" * outage.late_notice
        return
    verdict = notice.Verdict(outage.lead_minutes, outage.starts_at, outage.published_at)
    outage.late_notice = verdict.late
    outage.late_reason = "导入的记录" * verdict.late
