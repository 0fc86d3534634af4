"""Every answer of a draft as its last page shows it: in words, numbers masked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.classification import ApplicantKind
from applications.models import Application
from applications.services import documents


@dataclass(frozen=True, slots=True)
class Row:
    """One answer; ``lines`` where there are several."""

    label: str
    value: str = ""
    lines: tuple[str, ...] = ()


def answers(draft: Application) -> dict[str, list[Row]]:
    """Return the answers by step, in the order they were asked."""
    return {
        "need": [
            Row(_("谁用电"), _kind(draft)),
            Row(_("用来做什么"), draft.purpose or _missing()),
        ],
        "capacity": list(_demand(draft)),
        "site": [Row(_("用电地址"), _site(draft))],
        "person": list(_person(draft)),
        "documents": list(_papers(draft)),
    }


def _missing() -> str:
    return _("还没有填写")


def _kind(draft: Application) -> str:
    if not draft.applicant_kind:
        return _missing()
    return str(ApplicantKind(draft.applicant_kind).label)


def _demand(draft: Application) -> list[Row]:
    asked = draft.capacity_kw
    capacity = _missing() if asked is None else _("%s 千瓦") % f"{asked.normalize():f}"
    rows = [Row(_("申请容量"), capacity)]
    if draft.applicant_kind != ApplicantKind.RESIDENT:
        rows.append(Row(_("电源"), _("两路") if draft.sources == 2 else _("一路")))
    if draft.voltage:
        rows.append(Row(_("供电电压"), str(draft.get_voltage_display())))
    return rows


def _site(draft: Application) -> str:
    if draft.region is None or not draft.address:
        return _missing()
    return f"{draft.region.name}{draft.address}"


def _person(draft: Application) -> list[Row]:
    who = draft.applicant
    if who is None:
        return [Row(_("申请人"), _missing())]
    is_person = draft.applicant_kind == ApplicantKind.RESIDENT
    rows = [
        Row(_("姓名") if is_person else _("单位名称"), who.name),
        Row(str(who.get_id_type_display()), who.masked_id),
        Row(_("联系人"), who.contact_name),
        Row(_("联系电话"), who.masked_phone),
    ]
    if who.is_agent:
        rows.append(Row(_("办理方式"), _("由他人代办")))
    return rows


def _papers(draft: Application) -> list[Row]:
    rows = []
    for item in documents.checklist(draft):
        names = tuple(paper.original_name for paper in item.documents)
        if names:
            rows.append(Row(item.label, lines=names))
        elif item.promised:
            rows.append(Row(item.label, _("承诺以后补交")))
        elif item.required:
            rows.append(Row(item.label, _("还没有上传")))
    return rows
