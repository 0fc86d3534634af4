"""Figures as the boards write them."""

from datetime import datetime

from django import template
from django.template import Context
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.supervision import links
from portal.supervision.sheets import Value
from sla.engine import SHANGHAI

register = template.Library()


@register.filter
def per_cent(tenths: int | None) -> str:
    """Write tenths of a per cent: 96.3%; where nothing was judged, a dash."""
    if tenths is None:
        return "—"
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}%" if rest or whole < 100 else "100%"


@register.filter
def one_digit(value: float | None) -> str:
    """Write a mean or a median with at most one digit: 3, 3.5."""
    return "—" if value is None else f"{value:.1f}".removesuffix(".0")


@register.filter
def other_way(sort: str, column: str) -> str:
    """Return the order a column's link asks for: greatest first, then the other way."""
    return column if sort == f"-{column}" else f"-{column}"


@register.filter
def direction(sort: str, column: str) -> str:
    """Return what aria-sort says of a column."""
    known = {column: "ascending", f"-{column}": "descending"}
    return known.get(sort, "none")


@register.filter
def arrow(sort: str, column: str) -> str:
    """Return the icon that shows how a column is sorted."""
    known = {column: "arrow-up", f"-{column}": "arrow-down"}
    return known.get(sort, "arrow-down-up")


@register.simple_tag(takes_context=True)
def drill(
    context: Context, address: str, by: str = "", key: str = "", **changes: str | None
) -> str:
    """Return the link of a figure: the page's question, narrowed by one group."""
    if by:
        changes[links.NARROWS[by]] = key
    return links.drill(context["request"].GET, address, **changes)


@register.filter
def over_words(days: int) -> str:
    """Say how far over: 超期 3 个工作日; on the first rest day after, not even one."""
    if not days:
        return _("超期不足 1 个工作日")
    return ngettext("超期 %d 个工作日", "超期 %d 个工作日", days) % days


@register.filter
def cell(value: Value) -> str:
    """Write one cell of a list: moments in Beijing time, a dash for nothing."""
    if value is None or value == "":
        return "—"
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return str(value)
