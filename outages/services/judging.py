"""Afterwards: why power failed, whether it counts, and whether all is in order."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from outages import rules
from outages.models import Outage
from outages.services import acting, frequency
from outages.vocabulary import Exclusion, OutageKind
from sla.ground.actors import Actor


def causes_of(kind: str) -> dict[str, dict[str, Any]]:
    """Return the cause codes that an outage of this kind can have, with their facts."""
    causes: dict[str, dict[str, Any]] = rules.read("causes")["causes"]
    return {code: facts for code, facts in causes.items() if kind in facts["kinds"]}


def classify(
    outage: Outage,
    *,
    cause: str,
    evidence: str = "",
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Say why power failed; an external cause asks to be left out of the counts.

    That claim needs its evidence, and a second person. Said anew, any earlier judgement
    falls. Raises ValidationError (keys cause, evidence) and Refused.
    """
    with transaction.atomic():
        with acting.act(outage, "classify", by=by, at=at, seen=seen) as step:
            row = step.row
            external = is_external(row.kind, cause)
            if external and not evidence.strip():
                raise ValidationError(
                    {"evidence": _("申请剔除须写明依据，例如气象证明、出警记录编号。")}
                )
            step.remember(cause=cause, before=row.cause, exclusion_before=row.exclusion)
            row.cause, row.cause_evidence = cause, evidence.strip()
            row.cause_set_by_id = by.pk
            row.exclusion = Exclusion.CLAIMED if external else Exclusion.NONE
            row.exclusion_by_id = None
            step.remember(exclusion=row.exclusion, evidence=row.cause_evidence)
        frequency.recount([outage], at=at)


def is_external(kind: str, cause: str) -> bool:
    """Tell whether a cause may be left out of the counts (不可抗力, 外力破坏).

    Raises ValidationError for a code that is unknown, or that this kind cannot have.
    """
    facts = causes_of(kind).get(cause)
    if facts is None:
        raise ValidationError(
            {
                "cause": _("%(kind)s没有“%(cause)s”这个原因代码，请重新选择。")
                % {"kind": OutageKind(kind).label, "cause": cause}
            }
        )
    return "external" in facts


def confirm_exclusion(
    outage: Outage,
    *,
    note: str = "",
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Agree, as the second person, that an outage is left out. Raises Refused."""
    _judge(outage, "confirm_exclusion", Exclusion.CONFIRMED, note, by, at, seen)


def reject_exclusion(
    outage: Outage,
    *,
    note: str = "",
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Disagree, as the second person: the outage counts. Raises Refused."""
    _judge(outage, "reject_exclusion", Exclusion.REJECTED, note, by, at, seen)


def review(
    outage: Outage,
    *,
    note: str = "",
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Close the record of an outage whose cause is known and judged. Raises Refused."""
    with acting.act(outage, "review", by=by, at=at, note=note, seen=seen):
        pass


def _judge(
    outage: Outage,
    action: str,
    verdict: Exclusion,
    note: str,
    by: Actor,
    at: datetime,
    seen: int | None,
) -> None:
    with transaction.atomic():
        with acting.act(outage, action, by=by, at=at, note=note, seen=seen) as step:
            step.remember(
                cause=step.row.cause, evidence=step.row.cause_evidence,
                exclusion=verdict, claimed_by=step.row.cause_set_by_id,
            )  # fmt: skip
            step.row.exclusion = verdict
            step.row.exclusion_by_id = by.pk
        frequency.recount([outage], at=at)
