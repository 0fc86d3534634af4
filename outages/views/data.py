"""开放数据: outages and network as files, with what every field means."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from outages.forms.data import DataForm
from outages.selectors import open_data
from outages.selectors.open_data import FIELDS
from sla.ground.cells import harmless
from sla.ground.record import for_the_record

NETWORK_HEADINGS = (
    "区划代码", "区", "变电站", "线路", "台区", "户数", "非直供台区",
)  # fmt: skip


class _Echo:
    """A file that hands back what is written, so that rows leave as they are made."""

    def write(self, text: str) -> str:
        return text


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say what there is, what it means, and under which licence."""
    years = open_data.years(timezone.now())
    return _page(request, DataForm(initial={"year": years[0]}, years=years))


def _page(request: HttpRequest, form: DataForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "fields": FIELDS,
        "network": open_data.network(),
        "licence": open_data.LICENCE,
    }
    return render(request, "outages/data.html", context, status=status)


def _asked(request: HttpRequest) -> DataForm:
    return DataForm(request.GET, years=open_data.years(timezone.now()))


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """Send outages as CSV, row by row."""
    form = _asked(request)
    if not form.is_valid():
        return _page(request, form, status=400)
    response = StreamingHttpResponse(
        _lines(**form.cleaned_data), content_type="text/csv; charset=utf-8"
    )
    return _named(response, form, "csv")


def _lines(**asked: Any) -> Iterator[str]:
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield "\ufeff"
    yield writer.writerow([name for name, _heading, _meaning in FIELDS])
    for row in open_data.rows(open_data.wanted(**asked)):
        yield writer.writerow([harmless(str(row[name])) for name, *_rest in FIELDS])


@require_safe
def as_json(request: HttpRequest) -> HttpResponseBase:
    """Send outages as JSON, row by row."""
    form = _asked(request)
    if not form.is_valid():
        return _page(request, form, status=400)
    response = StreamingHttpResponse(
        _pieces(**form.cleaned_data), content_type="application/json; charset=utf-8"
    )
    return _named(response, form, "json")


def _pieces(**asked: Any) -> Iterator[str]:
    about = {
        "title": _("公开的停电记录"),
        "licence": open_data.LICENCE,
        "asked": asked,
        "fields": {name: str(meaning) for name, _heading, meaning in FIELDS},
    }
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "outages": ['
    between = ""
    for row in open_data.rows(open_data.wanted(**asked)):
        yield between + json.dumps(row, ensure_ascii=False)
        between = ",\n"
    yield "]}"


def _named(
    response: StreamingHttpResponse, form: DataForm, ending: str
) -> StreamingHttpResponse:
    asked = form.cleaned_data
    parts = ["outages", str(asked["year"])]
    parts += [f"{asked['month']:02d}"] if asked["month"] else []
    parts += [asked["district"]] if asked["district"] else []
    name = f"{'-'.join(parts)}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_the_record()
@require_safe
def network_csv(request: HttpRequest) -> HttpResponse:
    """Send the network's figures by district as CSV."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="network.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, quoting=csv.QUOTE_ALL)
    writer.writerow(NETWORK_HEADINGS)
    writer.writerows(
        [
            line.code, harmless(line.name), line.substations, line.lines,
            line.transformers, line.households, line.not_direct,
        ]
        for line in open_data.network()
    )  # fmt: skip
    return response
