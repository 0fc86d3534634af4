"""Who acts: what the rules need to know of a person, and the system itself."""

from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does here."""

    APPLICANT = "applicant", _("申请人")
    MANAGER = "manager", _("客户经理")
    SUPERVISOR = "supervisor", _("班组长")
    REGULATOR = "regulator", _("监管人员")
    OPERATOR = "operator", _("运维人员")
    SYSTEM = "system", _("系统")


STAFF_WHO_ACT = frozenset({Role.MANAGER, Role.SUPERVISOR})


class Actor(Protocol):
    """What the rules ask of whoever acts; ``portal.accounts.User`` answers."""

    @property
    def pk(self) -> Any: ...

    @property
    def role(self) -> str: ...

    @property
    def is_active(self) -> bool: ...

    def district_codes(self) -> frozenset[str]:
        """Return the GB/T 2260 codes of the districts this person answers for."""

    def label(self) -> str:
        """Return how records name this person, such as ``T0012 王工``."""


class _System:
    """Act for nobody: what happens because time passed."""

    pk = None
    role: str = Role.SYSTEM.value
    is_active = True

    def district_codes(self) -> frozenset[str]:
        return frozenset()

    def label(self) -> str:
        return "系统"


SYSTEM = _System()
