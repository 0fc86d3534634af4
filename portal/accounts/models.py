"""Who uses the portal: applicants by phone, staff by user name."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from sla.ground.actors import Role
from sla.ground.fields import EncryptedTextField, blind_index
from sla.ground.masking import mask_name, mask_phone

STAFF_ROLES = frozenset({Role.MANAGER, Role.SUPERVISOR, Role.REGULATOR, Role.OPERATOR})
# Whose work lies in the admin; regulators have boards of their own.
ADMIN_ROLES = STAFF_ROLES - {Role.REGULATOR}
_HUMAN_ROLES = [choice for choice in Role.choices if choice[0] != Role.SYSTEM]


def phone_index(phone: str) -> str:
    """Return what a user is found by, for a number as ``clean_mobile`` gives it."""
    return blind_index(phone, "user phone")


class PeopleManager(UserManager["User"]):
    """Find people, and create the first operator."""

    def by_phone(self, phone: str) -> "User | None":
        """Return who has this normalised number, or None."""
        return self.filter(phone_index=phone_index(phone)).first()

    def create_superuser(
        self,
        username: str,
        email: str | None = None,
        password: str | None = None,
        **extra: Any,
    ) -> "User":
        """Create an operator: nobody runs the portal in another role."""
        extra.setdefault("role", Role.OPERATOR)
        return super().create_superuser(username, email, password, **extra)


class User(AbstractUser):
    """Be an actor in the sense of ``sla.ground.actors``."""

    display_name = models.CharField(_("姓名"), max_length=50, blank=True)
    role = models.CharField(
        _("角色"), max_length=12, choices=_HUMAN_ROLES, default=Role.APPLICANT
    )
    staff_no = models.CharField(_("工号"), max_length=20, blank=True)
    phone = EncryptedTextField(_("手机号码"), null=True, blank=True)
    phone_index = models.CharField(  # noqa: DJ001 unique, so absence is NULL
        max_length=64, null=True, unique=True, editable=False
    )
    phone_verified = models.BooleanField(_("手机已验证"), default=False)
    districts = models.ManyToManyField(
        "sla.Region", verbose_name=_("责任区域"), blank=True, related_name="staff"
    )

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        constraints = (
            models.CheckConstraint(
                name="accounts_user_phone_with_index",
                condition=models.Q(phone__isnull=True, phone_index__isnull=True)
                | models.Q(phone__isnull=False, phone_index__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_user_admin_by_role",
                condition=models.Q(is_staff=False)
                | models.Q(role__in=sorted(ADMIN_ROLES)),
            ),
        )

    def __str__(self) -> str:
        return self.label()

    @property
    def is_person_of_staff(self) -> bool:
        """Tell whether this person signs in by user name and password."""
        return self.role in STAFF_ROLES

    @property
    def phone_masked(self) -> str:
        """Return 138****5678, or nothing."""
        return mask_phone(self.phone) if self.phone else ""

    @property
    def shown_name(self) -> str:
        """Return what the page header calls this person."""
        return self.display_name or self.phone_masked or self.username

    def label(self) -> str:
        """Return how records name this person: ``T0012 王工``, ``申请人 张*``."""
        if self.role == Role.APPLICANT:
            shown = mask_name(self.display_name) or self.phone_masked
            return f"申请人 {shown}".strip()
        shown = self.display_name or self.username
        return f"{self.staff_no} {shown}".strip()

    def district_codes(self) -> frozenset[str]:
        """Return the districts this person answers for, asked of the database once."""
        known: frozenset[str] | None = self.__dict__.get("_district_codes")
        if known is None:
            known = frozenset(self.districts.values_list("pk", flat=True))
            self.__dict__["_district_codes"] = known
        return known

    def get_full_name(self) -> str:
        """Return the name the admin greets with."""
        return self.display_name

    def get_short_name(self) -> str:
        """Return the name the admin greets with."""
        return self.display_name


class SignInCodeQuerySet(models.QuerySet["SignInCode"]):
    """Questions about many codes."""

    def since(self, at: datetime) -> Self:
        """Keep the codes asked for after a moment."""
        return self.filter(requested_at__gt=at)

    def live(self) -> Self:
        """Keep the codes that still hold their phone: at most one for each."""
        return self.filter(closed_at__isnull=True)


class SignInCode(models.Model):
    """One code sent to one phone: tried a few times, used once.

    ``closed_at`` is set when the code was used or replaced; the database allows one
    open code for each phone, so a thousand requests at once still send one message.
    """

    phone = EncryptedTextField()
    phone_index = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    ip = models.GenericIPAddressField(null=True)
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = SignInCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("登录验证码")
        verbose_name_plural = _("登录验证码")
        constraints = (
            models.UniqueConstraint(
                fields=["phone_index"],
                condition=models.Q(closed_at__isnull=True),
                name="accounts_signincode_one_open",
            ),
            models.CheckConstraint(
                name="accounts_signincode_used_is_closed",
                condition=models.Q(used_at__isnull=True)
                | models.Q(closed_at__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=["phone_index", "requested_at"]),
            models.Index(fields=["ip", "requested_at"]),
        )

    def __str__(self) -> str:
        return f"{mask_phone(self.phone)} {self.requested_at:%Y-%m-%d %H:%M}"


class ProgramToken(models.Model):
    """What a program signs in with for a person: only its digest is kept.

    ``proof`` is of the password that sessions hang on, so that both end with it.
    """

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="program_token"
    )
    digest = models.CharField(max_length=64, unique=True)
    proof = models.CharField(max_length=128)
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} {self.issued_at:%Y-%m-%d %H:%M}"


class Remembered(models.Model):
    """What Django's cache keeps for minutes: the columns are Django's own.

    Tries at the second factor, and its codes that were used (allauth).
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_remembered"

    def __str__(self) -> str:
        return self.cache_key
