"""受理: look at what was filed, and answer it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications import catalogue
from applications.models import Application
from applications.services import filing, timing
from applications.services.acting import act
from applications.services.history import LateEntry
from sla.ground.actors import Actor
from sla.ground.texts import stated


@dataclass(frozen=True, slots=True)
class Survey:
    """What the utility found out on site; it decides route and limits."""

    important: bool = False
    concealed_works: bool = False
    external_line: bool = False
    key_project: bool = False


def accept(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    survey: Survey | None = None,
    note: str = "",
    seen: int | None = None,
    late: LateEntry | None = None,
) -> Application:
    """Accept an application; the clock of 业务受理 stops, that of 供电方案答复 starts.

    An external line found now makes a 三零 case one of 15 working days (附件2, note 2).
    """
    survey = survey or Survey()
    with act(
        application, "accept", by=by, at=at, note=note, seen=seen, late=late
    ) as running:
        row = running.application
        row.important = survey.important
        row.concealed_works = survey.concealed_works
        row.key_project = survey.key_project
        row.external_line = row.external_line or survey.external_line
        row.user_type = filing.user_type_of(row)
        reason = "受理时核定用户类型和办理环节"
        timing.refit_total(row, by=by, at=at, reason=reason)
        running.remember(
            user_type=row.user_type,
            route=[stage.value for stage in row.route],
            external_line=row.external_line,
            important=row.important,
            concealed_works=row.concealed_works,
        )
    return application


def return_for_supplement(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    missing: list[str],
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Tell everything that is missing at one time; the clock pauses.

    ``missing`` names kinds of the catalogue; nothing outside it may be demanded
    (优化营商环境条例 第36、44条).
    """
    kinds = catalogue.read("documents")["kinds"]
    if not missing:
        raise ValidationError({"missing": _("请勾选需要补正的材料。")})
    if not set(missing) <= set(kinds):
        raise ValidationError({"missing": _("只能要求补正清单内的材料。")})
    with act(
        application, "return_for_supplement", by=by, at=at, note=note, seen=seen
    ) as running:
        running.application.supplement_asked = missing
        running.remember(missing=[kinds[kind]["label"] for kind in missing])
    return application


def supplement(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Hand in what was missing; the utility's clock runs again from this day.

    Raises ValidationError naming what was asked for and has not been uploaded since.
    """
    with act(application, "supplement", by=by, at=at, note=note, seen=seen) as running:
        absent = still_missing(running.application)
        if absent:
            sentence = _("还缺少：%s。请上传后再提交。")
            raise ValidationError({k: sentence % label for k, label in absent.items()})
    return application


def still_missing(application: Application) -> dict[str, str]:
    """Return the papers asked for that were not uploaded since, label by kind."""
    asked_at = (
        application.events.filter(action="return_for_supplement").latest("seq").at
    )
    there = set(
        application.documents.filter(
            removed_at__isnull=True, uploaded_at__gte=asked_at
        ).values_list("kind", flat=True)
    )
    kinds = catalogue.read("documents")["kinds"]
    return {
        kind: _(kinds[kind]["label"])
        for kind in application.supplement_asked
        if kind not in there
    }


def refuse(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    next_step: str,
    seen: int | None = None,
) -> Application:
    """Decline an application with the reason, and say where the applicant can turn.

    A house off the grid's own network or an unwilling property manager is not a bare
    no: ``next_step`` names what to do and the authority responsible.
    """
    reason = stated(reason, _("请写明不予受理的原因。"))
    next_step = stated(
        next_step, _("请写明申请人下一步可以找谁、怎么办。"), field="next_step"
    )
    with act(application, "refuse", by=by, at=at, note=reason, seen=seen) as running:
        running.remember(next_step=next_step)
    return application


def set_external_line(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    seen: int | None = None,
) -> Application:
    """Record that an external line must be built; 三零 then takes 15 days."""
    reason = stated(reason, _("请写明认定有电力外线工程的依据。"))
    with act(
        application, "set_external_line", by=by, at=at, note=reason, seen=seen
    ) as running:
        row = running.application
        row.external_line = True
        decided = row.plans.values_list("voltage", flat=True).last()
        row.user_type = filing.user_type_of(row, voltage=decided or "")
        timing.refit_total(row, by=by, at=at, reason=reason)
        running.remember(user_type=row.user_type)
    return application
