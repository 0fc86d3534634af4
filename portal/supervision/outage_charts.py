"""The outage board's tables as data for charts; the tables say the same."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from outages.indices import Level
from portal.supervision import charts
from portal.supervision.links import drill
from portal.supervision.selectors.outages import OutageBoard


def of(page: OutageBoard, request: HttpRequest) -> dict[str, Any]:
    """Return hours per customer of each district, with the link of its line."""
    level = Level.MEDIUM
    title = _("各区户均停电时间（%s，小时/户）") % level.label
    lines = [line for line in page.lines if line.told[level.value].saidi != "—"]
    return {
        "saidi": {
            "title": title,
            "unit": _("小时/户"),
            "said": charts.said(
                title, (f"{line.name} {line.told[level.value].saidi}" for line in lines)
            ),
            "lines": [
                {
                    "label": line.name,
                    "value": float(line.told[level.value].saidi),
                    "href": drill(
                        request.GET,
                        "board-outages-list",
                        figure="hours",
                        district=line.code,
                    ),
                }
                for line in lines
            ],
        }
    }
