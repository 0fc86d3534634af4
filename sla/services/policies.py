"""Which limits are in force, where and when; and how they get into the tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from sla.models import Policy, PolicyLimit, Region
from sla.services import policy_files, rulebook
from sla.services.policy_files import PolicyDocument, RegionEntry
from sla.vocabulary import Level, Measure, Stage, UserType
from sla.yaml_lines import FileRefused

FOLDER = Path(__file__).resolve().parent.parent / "policies"


@dataclass(frozen=True)
class Loaded:
    """Count what loading a folder changed."""

    regions: int
    added: int
    replaced: int
    unchanged: int


def code_of(region: str | Region) -> str:
    """Give the GB/T 2260 code of a region, given either way."""
    return region.code if isinstance(region, Region) else region


def limits_for(
    *, region: str | Region, user_type: str, stage: str, on: date
) -> list[PolicyLimit]:
    """List the limits in force for a stage on a day: national first, then the promise.

    The nearest region that sets one wins per level; empty where nobody set any.
    Raises UnknownRegion. The rows are shared and must not be changed.
    """
    return rulebook.current().limits_for(code_of(region), user_type, stage, on)


def national_sum(
    *, region: str | Region, user_type: str, stages: Iterable[str], on: date
) -> int | None:
    """Add up the national limits of the stages that run; None where none has one.

    附件2: 22 for a single high-voltage supply that runs all six, 17 without design
    review and mid inspection.
    """
    book, code = rulebook.current(), code_of(region)
    values = [
        limit.value
        for stage in stages
        for limit in book.limits_for(code, user_type, stage, on)
        if limit.policy.level == Level.NATIONAL
    ]
    return sum(values) or None


def in_force(*, region: str | Region, on: date) -> list[PolicyLimit]:
    """List every limit in force in a region on a day, in the order of 附件2."""
    return table(rulebook.current(), code_of(region), on)


def commitments_in_force(*, region: str | Region, on: date) -> list[Policy]:
    """List the policies of a region and above whose promises are words, not limits."""
    chain = rulebook.current().chain(code_of(region))
    policies = Policy.objects.current().valid_on(on).filter(region__in=chain)
    return list(policies.exclude(commitments="").order_by("pk"))


def table(book: rulebook.RuleBook, region: str, on: date) -> list[PolicyLimit]:
    """Arrange the limits in force by user type, level and stage."""
    return [
        limit
        for user_type in UserType.values
        for level in Level.values
        for stage in Stage.values
        for limit in book.limits_for(region, user_type, stage, on)
        if limit.policy.level == level
    ]


@transaction.atomic
def load(*, folder: Path = FOLDER, at: datetime) -> Loaded:
    """Load regions and policies from a folder of YAML files; all of them or nothing.

    Loading twice changes nothing. A changed file makes a new version beside the old
    one, which running clocks keep pinned; what an operator edited stays as it is until
    the file changes. Raises FileRefused with file, line and reason.
    """
    regions = policy_files.read_regions(folder)
    documents = policy_files.read_policies(folder, set(regions))
    new_regions = _load_regions(regions.values())
    current = {
        policy.key: policy for policy in Policy.objects.current().select_for_update()
    }
    _refuse_overlaps_with_others(documents)
    added = replaced = 0
    for document in documents:
        before = current.get(document.key)
        if before is not None and before.file_digest == document.digest:
            continue
        if before is not None:
            before.superseded_at = at
            before.save()
            replaced += 1
        else:
            added += 1
        _store(document)
    unchanged = len(documents) - added - replaced
    return Loaded(new_regions, added, replaced, unchanged)


def _load_regions(entries: Iterable[RegionEntry]) -> int:
    held = {region.code: region for region in Region.objects.all()}
    new, changed = [], 0
    for entry in entries:
        region = Region(code=entry.code, name=entry.name, parent_id=entry.parent)
        before = held.get(entry.code)
        if before is None:
            new.append(region)
        elif (before.name, before.parent_id) != (entry.name, entry.parent):
            region.save()
            changed += 1
    bulk_create_with_history(new, Region)
    return len(new) + changed


def _store(document: PolicyDocument) -> None:
    versions = Policy.objects.filter(key=document.key).values_list("version", flat=True)
    policy = Policy(**fields(document), version=max(versions, default=0) + 1)
    policy.save()
    bulk_create_with_history(limits(document, policy), PolicyLimit)


def fields(document: PolicyDocument) -> dict[str, object]:
    """Give the columns of a policy row as its document states them."""
    return {
        "key": document.key,
        "region_id": document.region,
        "level": document.level,
        "title": document.title,
        "source": document.source,
        "clause": document.clause,
        "valid_from": document.valid_from,
        "valid_to": document.valid_to,
        "commitments": "\n".join(document.commitments),
        "note": document.note,
        "file_digest": document.digest,
    }


def limits(document: PolicyDocument, policy: Policy) -> list[PolicyLimit]:
    """Give the limit rows of a document, not yet saved."""
    return [
        PolicyLimit(
            policy=policy,
            user_type=entry.user_type,
            stage=entry.stage,
            value=entry.value,
            unit=entry.unit,
            measure=entry.measure,
            note=entry.note,
            clause=entry.clause,
        )
        for entry in document.limits
    ]


def from_files(
    folder: Path = FOLDER,
) -> tuple[rulebook.RuleBook, dict[str, str], list[Policy]]:
    """Read rules, region names and policies from the files, for an empty database."""
    regions = policy_files.read_regions(folder)
    policies, rows = [], []
    for document in policy_files.read_policies(folder, set(regions)):
        policy = Policy(**fields(document))
        policies.append(policy)
        rows.extend(limits(document, policy))
    parents = {code: entry.parent for code, entry in regions.items()}
    names = {code: entry.name for code, entry in regions.items()}
    book = rulebook.RuleBook(parents=parents, limits=rows, notices={})
    return book, names, policies


def _refuse_overlaps_with_others(documents: Sequence[PolicyDocument]) -> None:
    """Refuse a file that sets what a policy entered by hand sets at the same time."""
    others = _limits_of_others([document.key for document in documents])
    for document in documents if others else ():
        for limit in document.limits:
            other = overlapping(
                others,
                region=document.region,
                level=document.level,
                user_type=limit.user_type,
                stage=limit.stage,
                valid_from=document.valid_from,
                valid_to=document.valid_to,
            )
            if other is not None:
                raise FileRefused(
                    f"{document.path.name} 第 {limit.line} 行："
                    f"{other} 与已载入的“{other.policy.title}”（{other.policy.key}）"
                    "有效期重叠。"
                )


def _limits_of_others(keys: Iterable[str]) -> list[PolicyLimit]:
    """Read the current limits of all policies but these."""
    rows = PolicyLimit.objects.filter(policy__superseded_at=None)
    return list(rows.exclude(policy__key__in=keys).select_related("policy"))


def overlapping(
    others: Iterable[PolicyLimit],
    *,
    region: str,
    level: str,
    user_type: str,
    stage: str,
    valid_from: date,
    valid_to: date | None,
) -> PolicyLimit | None:
    """Find among other policies' limits one for the same thing at the same time."""
    for other in others:
        policy = other.policy
        same = (policy.region_id, policy.level, other.user_type, other.stage)
        if (
            same == (region, level, user_type, stage)
            and (policy.valid_to is None or policy.valid_to >= valid_from)
            and (valid_to is None or policy.valid_from <= valid_to)
        ):
            return other
    return None


def check_limits(policy: Policy, rows: Sequence[PolicyLimit]) -> list[str]:
    """List what is wrong with a policy's limits as a whole, one sentence each."""
    if not rows and not policy.commitments:
        return [_("既没有时限，也没有承诺。")]
    return [*sum_faults(rows), *overlap_faults(policy, rows)]


def overlap_faults(policy: Policy, rows: Sequence[PolicyLimit]) -> Iterator[str]:
    """Name the limits that another policy sets for the same thing and time."""
    others = _limits_of_others([policy.key])
    for row in rows:
        other = overlapping(
            others,
            region=policy.region_id,
            level=policy.level,
            user_type=row.user_type,
            stage=row.stage,
            valid_from=policy.valid_from,
            valid_to=policy.valid_to,
        )
        if other is not None:
            yield _("%(limit)s：有效期与“%(other)s”重叠。") % {
                "limit": row,
                "other": other.policy.title,
            }


def sum_faults(limits: Sequence[PolicyLimit]) -> Iterator[str]:
    """Name the totals of a policy that differ from the sum of their steps."""
    for total in limits:
        if total.measure != Measure.UTILITY_STEPS:
            continue
        steps = [
            limit.value
            for limit in limits
            if limit.user_type == total.user_type and limit.stage != Stage.TOTAL
        ]
        if steps and sum(steps) != total.value:
            yield _("%(type)s：各环节之和 %(sum)s，与合计 %(total)s 不符。") % {
                "type": total.get_user_type_display(),
                "sum": sum(steps),
                "total": total.value,
            }


def revised(policy: Policy) -> None:
    """Count one more version of a policy that was edited in place."""
    versions = Policy.objects.filter(key=policy.key).aggregate(last=Max("version"))
    policy.version = versions["last"] + 1
    policy.save(update_fields=["version"])


def home_region() -> str:
    """Give the region this installation serves."""
    return str(settings.HOME_REGION)
