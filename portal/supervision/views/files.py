"""Answers that are files."""

from datetime import datetime

from django.http import HttpResponse, HttpResponseBadRequest
from django.utils.http import content_disposition_header

from portal.supervision.forms import FilterForm
from portal.supervision.sheets import Sheet, as_csv, as_xlsx
from sla.engine import SHANGHAI

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_file(sheet: Sheet, kind: str, at: datetime) -> HttpResponse:
    """Return a table as a download, named after what it holds and when it was so."""
    body = as_csv(sheet) if kind == "csv" else as_xlsx(sheet)
    response = HttpResponse(body, content_type=CSV if kind == "csv" else XLSX)
    stamp = f"{at.astimezone(SHANGHAI):%Y%m%d-%H%M}"
    name = content_disposition_header(True, f"{sheet.name}-{stamp}.{kind}")
    response["Content-Disposition"] = name or "attachment"
    return response


def refused(form: FilterForm) -> HttpResponse:
    """Say in plain words which filter cannot be meant."""
    said = [str(error) for errors in form.errors.values() for error in errors]
    return HttpResponseBadRequest("\n".join(said), content_type="text/plain")
