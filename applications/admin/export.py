"""The list as a file: masked as on the page, harmless to whoever opens it."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from import_export.formats import base_formats
from tablib import Dataset

from applications.admin import listing
from applications.admin.rows import Row, rows
from applications.selectors import deadlines
from sla.admin.lookers import actor
from sla.engine import SHANGHAI
from sla.ground.record import for_the_record

FORMATS = {"xlsx": base_formats.XLSX, "csv": base_formats.CSV}
# What a spreadsheet takes for the beginning of a formula, full width included.
_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠|%]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@for_the_record()
@require_GET
def download(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Hand out the list that the filters ask for, five thousand lines at most.

    Page and file name say where there is more.
    """
    by, at = actor(request), timezone.now()
    form = listing.FilterForm(request.GET, by=by)
    most = listing.MOST_EXPORTED
    found = list(listing.wanted(form, by=by, at=at)[: most + 1])
    kind = request.GET.get("file", "")
    name = kind if kind in FORMATS else "xlsx"
    data = table(rows(deadlines.tickets(found[:most], at=at), by=by))
    content = FORMATS[name]().export_data(data)
    # The mark tells a spreadsheet that the text is UTF-8.
    body = "\ufeff".encode() + content.encode() if name == "csv" else content
    response = HttpResponse(body, content_type=FORMATS[name].CONTENT_TYPE)
    stamp = at.astimezone(SHANGHAI).strftime("%Y%m%d-%H%M")
    stamp += f"-first-{most}" if len(found) > most else ""
    response["Content-Disposition"] = f'attachment; filename="bandian-{stamp}.{name}"'
    response["Cache-Control"] = "no-store, private"
    return response


def table(lines: Iterable[Row]) -> Dataset:
    """Return the lines as a table of safe texts and numbers."""
    data = Dataset(headers=[str(name) for name in _COLUMNS])
    for line in lines:
        data.append([safe(read(line)) for read in _COLUMNS.values()])
    return data


def safe(value: Any) -> Any:
    """Return a cell that no spreadsheet calculates, whatever a text says."""
    if not isinstance(value, str):
        return value
    plain = _CONTROL.sub(" ", value)
    return f"'{plain}" if _FORMULA.match(plain) else plain


def _moment(at: Any) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""


_COLUMNS: dict[Any, Any] = {
    _("申请编号"): lambda row: row.number,
    _("提交时间"): lambda row: _moment(row.application.submitted_at),
    _("申请人"): lambda row: row.applicant,
    _("地址"): lambda row: row.place,
    _("用户类型"): lambda row: row.user_type,
    _("申请容量（千瓦）"): lambda row: float(row.application.capacity_kw),
    _("状态"): lambda row: row.status,
    _("轮到谁"): lambda row: row.turn_label,
    _("时限"): lambda row: row.deadline.label,
    _("时限说明"): lambda row: row.deadline.sentence,
    _("截止时间"): lambda row: _moment(row.deadline.due_at),
    _("受限已报备"): lambda row: str(_("是")) if row.exempt else "",
    _("客户经理"): lambda row: row.manager,
}
