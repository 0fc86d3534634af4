"""What single acts on governance ask beyond role, reach and status."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils.translation import gettext as _

from outages import counting
from outages.models import GovernanceCase, OutageEvent
from outages.rules import frequent
from sla.engine import day_of
from sla.ground.actors import Actor
from sla.ground.errors import Refused
from sla.words import clauses, plain_day

Rule = Callable[[GovernanceCase, Actor, datetime], None]


def _inspect(case: GovernanceCase, by: Actor, at: datetime) -> None:
    """Refuse whoever finished the works: another pair of eyes looks at them."""
    finished = OutageEvent.objects.filter(
        reference=case.number, action="finish_works"
    ).order_by("-seq")
    if finished.values_list("by_id", flat=True).first() == by.pk:
        raise Refused(_("治理施工是您登记完成的，现场检查须由另一人办理。"))


def _close(case: GovernanceCase, by: Actor, at: datetime) -> None:
    """Refuse 销号 until inspected, clean and within every limit; say what is missing.

    Source: rules/frequent.yaml, clean_days.
    """
    quiet = counting.quiet(case)
    today = day_of(at)
    missing = [
        *_inspection_missing(case),
        *_calm_missing(quiet, today),
    ]
    if not missing:
        return
    first = max(quiet.first_day, today)
    raise Refused(
        _("现在不能销号：%(missing)s。此后不再停电的话，最早%(first)s可以销号。")
        % {"missing": clauses(missing), "first": plain_day(first)}
    )


def _inspection_missing(case: GovernanceCase) -> list[str]:
    if case.inspection_passed is None:
        return [_("还没有现场检查")]
    return [] if case.inspection_passed else [_("现场检查不合格，须整改后再次检查")]


def _calm_missing(quiet: counting.Quiet, today: date) -> list[str]:
    missing = []
    if quiet.clean_on > today:
        missing.append(
            _("施工完成后须连续%(days)s天没有计入的停电，到%(day)s才满")
            % {"days": frequent.clean_days(), "day": plain_day(quiet.clean_on)}
        )
    if quiet.within_on is not None and quiet.within_on > today:
        missing.append(
            _("停电次数仍然超标，到%(day)s才降到上限以内")
            % {"day": plain_day(quiet.within_on)}
        )
    return missing


RULES: dict[str, Rule] = {"inspect": _inspect, "close": _close}
