"""Accounts in the admin: operators add staff, move them, and let them in again."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import ADMIN_ROLES, STAFF_ROLES, User, phone_index
from sla.ground.actors import Role
from sla.ground.phones import clean_mobile
from sla.models import Region

STAFF_CHOICES = [choice for choice in Role.choices if choice[0] in STAFF_ROLES]


class StaffCreationForm(UserCreationForm):  # type: ignore[type-arg]
    """Ask what an account of staff needs; applicants make their own."""

    class Meta:
        model = User
        fields = ("username", "role", "display_name", "staff_no", "districts")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = STAFF_CHOICES  # type: ignore[attr-defined]
        self.fields["display_name"].required = True


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    """List people; everything but an applicant's on/off switch is about staff."""

    add_form = StaffCreationForm
    list_display = (
        "username",
        "display_name",
        "staff_no",
        "role",
        "masked",
        "is_active",
        "last_login",
    )
    list_filter = (
        "role",
        "is_active",
        ("districts", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("username", "display_name", "staff_no")
    search_help_text = _("用户名、姓名、工号，或完整的手机号码")
    ordering = ("-is_active", "role", "username")
    filter_horizontal = ()
    # Django's own page explains itself in English.
    add_form_template = None
    actions = ("drop_second_factor",)
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "role",
                    "display_name",
                    "staff_no",
                    "districts",
                    "password1",
                    "password2",
                )
            },
        ),
    )

    @admin.display(description=_("手机号码"))
    def masked(self, user: User) -> str:
        """Show 138****5678; the full number is nobody's business here."""
        return user.phone_masked

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Show of an applicant who it is, since when, and whether switched on."""
        if obj is None:
            return self.add_fieldsets
        about = ["username", "display_name", "role", "masked", "is_active"]
        seen = (_("登录"), {"fields": ("date_joined", "last_login")})
        if obj.role not in STAFF_ROLES:
            return ((None, {"fields": about}), seen)
        about[2:2] = ["staff_no", "email"]
        return ((None, {"fields": [*about, "districts", "password"]}), seen)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Keep what the person or the portal wrote; applicants stay applicants."""
        if obj is None:
            return ()
        fixed = ("username", "masked", "date_joined", "last_login")
        if obj.role not in STAFF_ROLES:
            return (*fixed, "display_name", "role")
        return fixed

    def formfield_for_choice_field(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Offer the roles of staff only: the role is the one choice here."""
        kwargs["choices"] = STAFF_CHOICES
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Offer the districts of this city, to be ticked."""
        kwargs["queryset"] = Region.objects.filter(parent_id=settings.HOME_REGION)
        kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: User, form: Any, change: bool
    ) -> None:
        """Save; who comes into the admin follows from the role alone."""
        obj.is_staff = obj.role in ADMIN_ROLES
        super().save_model(request, obj, form, change)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """Find a person by a full phone number too, through its blind index."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        try:
            phone = clean_mobile(search_term)
        except ValidationError:
            return found, duplicates
        return queryset.filter(phone_index=phone_index(phone)), False

    @admin.action(description=_("清除动态码（手机遗失时）"))
    def drop_second_factor(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Let people set up a new authenticator app at their next sign-in."""
        Authenticator.objects.filter(user__in=people).delete()
        self.message_user(request, _("已清除所选账号的动态码。"), messages.SUCCESS)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """Let operators in alone."""
        return request.user.is_active and _role(request) == Role.OPERATOR

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        return self.has_view_permission(request)

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """Refuse: whoever acted stays on record; accounts are switched off."""
        return False


def _role(request: HttpRequest) -> str:
    return str(getattr(request.user, "role", ""))
