"""The network in the admin: looked up by all staff, changed by files alone."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from outages.admin import network_import
from outages.models import (
    Account,
    AreaChange,
    Line,
    NetworkImport,
    Premises,
    Substation,
    Transformer,
)
from outages.permissions import network as rules
from outages.selectors.places import find_account, find_premises
from outages.services.network_files.columns import LABELS, Part
from sla.admin.lookers import LookedAtAdmin, actor
from sla.ground.masking import mask_phone
from sla.models import Region
from sla.words import clauses

FOUND = 100


class DistrictFilter(admin.SimpleListFilter):
    """Narrow a list to one district of those this person sees."""

    title = _("所在区")
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Region.objects.filter(parent=settings.HOME_REGION).order_by("code")
        seen = rules.districts_seen(actor(request))
        if seen is not None:
            rows = rows.filter(pk__in=seen)
        return list(rows.values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        return queryset.filter(**{_district_of(queryset.model): self.value()})


def _district_of(model: type[Model]) -> str:
    return "transformer__region" if model is Account else "region"


class LookedUpAdmin(LookedAtAdmin):
    """Show rows to those who read the network; nobody adds, edits or deletes here."""

    lookers = rules.READERS
    show_full_result_count = False
    list_per_page = 50
    change_list_template = "admin/outages/network/change_list.html"
    change_form_template = "admin/outages/network/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Keep to the districts that this person answers for."""
        rows = super().get_queryset(request)
        seen = rules.districts_seen(actor(request))
        if seen is None:
            return rows
        return rows.filter(**{f"{_district_of(self.model)}__in": seen})

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Offer the import to those who may."""
        told = {
            "title": self.model._meta.verbose_name_plural,
            "may_import": rules.may_import(actor(request)),
        }
        return super().changelist_view(request, {**(extra_context or {}), **told})


def _areas(field: str) -> QuerySet[Transformer]:
    return Transformer.objects.in_service().filter(**{field: OuterRef("pk")})


def _summed(rows: QuerySet[Any], what: Any, by: str) -> Any:
    """Count or sum rows of another table for each row shown, in the same query."""
    counted = rows.order_by().values(by).annotate(n=what).values("n")
    return Coalesce(Subquery(counted), 0)


@admin.register(Substation)
class SubstationAdmin(LookedUpAdmin):
    """Substations, with what hangs on them."""

    list_display = ("code", "name", "region", "voltage", "lines_shown", "homes")
    list_filter = (DistrictFilter, "voltage")
    list_select_related = ("region",)
    search_fields = ("code", "name")
    ordering = ("code",)
    fields = ("code", "name", "region", "voltage", "longitude", "latitude")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Bring the counts along."""
        lines = Line.objects.filter(substation=OuterRef("pk"))
        counted: QuerySet[Any] = (
            super()
            .get_queryset(request)
            .annotate(
                line_count=_summed(lines, Count("pk"), "substation"),
                home_count=_summed(
                    _areas("line__substation"), Sum("households"), "line__substation"
                ),
            )
        )
        return counted

    @admin.display(description=_("线路数"))
    def lines_shown(self, row: Any) -> int:
        return int(row.line_count)

    @admin.display(description=_("在运户数"))
    def homes(self, row: Any) -> int:
        return int(row.home_count)


@admin.register(Line)
class LineAdmin(LookedUpAdmin):
    """Lines, with the 台区 and households they feed."""

    list_display = (
        "code", "name", "substation", "region", "area_class", "areas", "homes",
    )  # fmt: skip
    list_filter = (DistrictFilter, "area_class", "voltage")
    list_select_related = ("region", "substation")
    search_fields = ("code", "name", "substation__name")
    ordering = ("code",)
    fields = ("code", "name", "substation", "region", "voltage", "area_class")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Bring the counts along."""
        counted: QuerySet[Any] = (
            super()
            .get_queryset(request)
            .annotate(
                area_count=_summed(_areas("line"), Count("pk"), "line"),
                home_count=_summed(_areas("line"), Sum("households"), "line"),
            )
        )
        return counted

    @admin.display(description=_("在运台区数"))
    def areas(self, row: Any) -> int:
        return int(row.area_count)

    @admin.display(description=_("在运户数"))
    def homes(self, row: Any) -> int:
        return int(row.home_count)


class AreaChangeInline(admin.TabularInline):  # type: ignore[type-arg]
    """What files changed about a 台区, the latest first."""

    model = AreaChange
    verbose_name_plural = _("变更记录")
    fields = ("at", "what", "before", "after", "source")
    readonly_fields = fields
    ordering = ("-at", "-pk")
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.may_read(actor(request))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AreaChange]:
        """Bring the file along."""
        return super().get_queryset(request).select_related("source")

    @admin.display(description=_("项目"))
    def what(self, row: AreaChange) -> str:
        return str(LABELS.get(row.field, row.field))


@admin.register(Transformer)
class TransformerAdmin(LookedUpAdmin):
    """台区, and the page where a file is brought in."""

    list_display = (
        "code", "name", "line", "region", "area_class", "households", "accounts_shown",
        "public", "direct_supplied", "retired_on",
    )  # fmt: skip
    list_filter = (
        DistrictFilter,
        "area_class",
        "public",
        "direct_supplied",
        ("retired_on", admin.EmptyFieldListFilter),
    )
    list_select_related = ("region", "line")
    search_fields = ("code", "name", "line__code", "line__name")
    search_help_text = _("台区或线路的编码、名称")
    ordering = ("code",)
    fields = (
        "code", "name", "line", "region", "area_class", "public", "direct_supplied",
        "owner", "households", "capacity_kva", "load_kw", "longitude", "latitude",
        "retired_on",
    )  # fmt: skip
    inlines = (AreaChangeInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Bring the number of accounts along."""
        accounts = Account.objects.filter(transformer=OuterRef("pk"))
        counted: QuerySet[Any] = (
            super()
            .get_queryset(request)
            .annotate(account_count=_summed(accounts, Count("pk"), "transformer"))
        )
        return counted

    @admin.display(description=_("户号数"))
    def accounts_shown(self, row: Any) -> int:
        return int(row.account_count)

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of the import."""
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.choose), name="outages_network_import"),
            path(
                "import/confirm/",
                view(require_POST(self.confirm)),
                name="outages_network_confirm",
            ),
            path(
                "import/headings.csv",
                view(network_import.headings),
                name="outages_network_headings",
            ),
            *super().get_urls(),
        ]

    def choose(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file."""
        return network_import.choose(request, self.admin_site)

    def confirm(self, request: HttpRequest) -> HttpResponse:
        """Apply a file that was previewed."""
        return network_import.confirm(request, self.admin_site)


@admin.register(Premises)
class PremisesAdmin(LookedUpAdmin):
    """Addresses, found as people write them."""

    list_display = ("address", "compound", "transformer", "region", "property_manager")
    list_filter = (DistrictFilter,)
    list_select_related = ("region", "transformer")
    search_fields = ("searched",)
    search_help_text = _("地址或小区，怎么写都可以，如“友谊路12号”“海河花园3栋”")
    ordering = ("region", "searched")
    fields = (
        "address", "compound", "transformer", "region", "property_manager",
        "masked_phone",
    )  # fmt: skip
    readonly_fields = ("masked_phone",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search as the public does."""
        if not search_term.strip():
            return queryset, False
        found = find_premises(search_term, most=FOUND)
        return queryset.filter(pk__in=[row.pk for row in found]), False

    @admin.display(description=_("物业联系电话"))
    def masked_phone(self, row: Premises) -> str:
        return mask_phone(row.property_phone) or "—"


@admin.register(Account)
class AccountAdmin(LookedUpAdmin):
    """Accounts, found by their number."""

    list_display = ("number", "transformer", "premises", "importance")
    list_filter = (DistrictFilter, "importance")
    list_select_related = ("transformer", "premises")
    search_fields = ("number",)
    search_help_text = _("完整的户号，10位或13位")
    ordering = ("number",)
    fields = ("number", "transformer", "premises", "importance")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find the one account that is meant."""
        if not search_term.strip():
            return queryset, False
        account = find_account(search_term)
        return queryset.filter(pk=account.pk if account else None), False


@admin.register(NetworkImport)
class NetworkImportAdmin(LookedUpAdmin):
    """What was brought in, when and by whom."""

    list_display = ("at", "name", "by_label", "told")
    ordering = ("-at",)
    fields = ("at", "name", "sha256", "by_label", "told")
    readonly_fields = ("told",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[NetworkImport]:
        """Show imports to those who see the whole city."""
        rows = NetworkImport.objects.all()
        whole = rules.districts_seen(actor(request)) is None
        return rows if whole else rows.none()

    @admin.display(description=_("新增 / 变更 / 不变"))
    def told(self, row: NetworkImport) -> str:
        return clauses(
            f"{Part(part).label} {new} / {changed} / {same}"
            for part, (new, changed, same) in row.counts.items()
        )
