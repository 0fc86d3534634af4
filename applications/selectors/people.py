"""How people are named on a page: applicants meet staff by surname and number."""

from django.utils.translation import gettext as _

from applications.models import Event
from sla.ground.actors import Actor, Role
from sla.words import noted, recorded

# Two-character surnames, which must not be cut in half.
COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶"
    "太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐呼延百里东郭南门"
)
_COMPOUND = frozenset(COMPOUND[i : i + 2] for i in range(0, len(COMPOUND), 2))


def surname_and_number(label: str) -> str:
    """Return 王工（T0012） for an actor's label ``T0012 王建国``: no given name."""
    number, gap, name = label.partition(" ")
    if not gap:
        number, name = "", label
    surname = name[:2] if name[:2] in _COMPOUND else name[:1]
    chinese = bool(surname) and not surname.isascii()
    shown = _("%s工") % surname if chinese else _("客户经理")
    return noted(shown, number) if number else shown


def who_did(event: Event, viewer: Actor | None) -> str:
    """Return who did something, as far as this reader may know; the public, no one."""
    if viewer is None:
        return ""
    if viewer.role != Role.APPLICANT:
        return recorded(event.by_label)
    if event.by_role == Role.APPLICANT:
        return _("您")
    if event.by_role == Role.SYSTEM:
        return _("系统")
    return surname_and_number(event.by_label)
