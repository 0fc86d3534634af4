"""The application itself: what is asked for, where it stands, and its only ways on."""

import uuid
from copy import copy
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from applications import classification
from applications.classification import ApplicantKind, Voltage
from applications.lifecycle import (
    OPEN_STATUSES,
    STATUSES,
    Phase,
    Status,
    StatusFacts,
    Turn,
    edge,
)
from sla.ground.actors import STAFF_WHO_ACT, Actor, Role
from sla.vocabulary import Stage, UserType


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Questions about many applications."""

    def filed(self) -> Self:
        """Keep what has been submitted; drafts are their owner's alone."""
        return self.exclude(status=Status.DRAFT)

    def open(self) -> Self:
        """Keep what is still under way."""
        return self.filter(status__in=OPEN_STATUSES)

    def visible_to(self, actor: Actor) -> Self:
        """Keep what this person may see: their own, their territory, or all of it."""
        if actor.role == Role.APPLICANT:
            return self.filter(filed_by_id=actor.pk)
        if actor.role in STAFF_WHO_ACT:
            return self.filed().filter(region_id__in=actor.district_codes())
        if actor.role in {Role.REGULATOR, Role.OPERATOR, Role.SYSTEM}:
            return self.filed()
        return self.none()

    def unclaimed(self) -> Self:
        """Keep what is under way and nobody handles yet."""
        return self.open().filter(manager__isnull=True)


class Application(models.Model):
    """One 用电报装 application; ``status`` is written by its transitions only."""

    # Null until submission: a draft has no number, and unique must allow many drafts.
    number = models.CharField(_("申请编号"), max_length=24, null=True)  # noqa: DJ001
    status = FSMField(
        _("状态"),
        default=Status.DRAFT,
        choices=Status.choices,
        protected=False,
        editable=False,
    )
    # The key is issued with the draft; the fingerprint tells a repeat from a reuse.
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="filed_applications",
        verbose_name=_("提交账号"),
    )
    applicant = models.ForeignKey(
        "applications.Applicant",
        on_delete=models.PROTECT,
        null=True,
        related_name="applications",
        verbose_name=_("申请人"),
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="managed_applications",
        verbose_name=_("客户经理"),
        db_index=False,
    )

    # What is asked for
    applicant_kind = models.CharField(
        _("用电人类别"), max_length=20, choices=ApplicantKind, blank=True
    )
    region = models.ForeignKey(
        "sla.Region",
        on_delete=models.PROTECT,
        null=True,
        verbose_name=_("所在区"),
        db_index=False,
    )
    address = models.CharField(_("用电地址"), max_length=200, blank=True)
    purpose = models.CharField(_("用电用途"), max_length=100, blank=True)
    capacity_kw = models.DecimalField(
        _("申请容量（千瓦）"), max_digits=10, decimal_places=1, null=True
    )
    voltage = models.CharField(
        _("供电电压"), max_length=10, choices=Voltage, blank=True
    )
    sources = models.PositiveSmallIntegerField(_("电源路数"), default=1)
    wanted_on = models.DateField(_("希望用电日期"), null=True, blank=True)
    user_type = models.CharField(
        _("用户类型"), max_length=30, choices=UserType, blank=True
    )
    promised_documents = models.JSONField(_("承诺后补的材料"), default=list, blank=True)

    # What the utility found on site; they decide the route and the limits
    important = models.BooleanField(_("重要电力用户"), default=False)
    concealed_works = models.BooleanField(_("有隐蔽工程"), default=False)
    external_line = models.BooleanField(_("有电力外线工程"), default=False)
    overhead_transformer = models.BooleanField(_("架空变台"), default=False)
    key_project = models.BooleanField(_("国家或市级重大项目"), default=False)
    permit_since = models.DateTimeField(_("转行政审批时间"), null=True, editable=False)
    mid_inspection_passed = models.BooleanField(default=False, editable=False)
    supplement_asked = models.JSONField(default=list, editable=False)

    # Moments, stamped by the services and the transitions
    created_at = models.DateTimeField(editable=False)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("受理时间"), null=True, editable=False)
    energised_at = models.DateTimeField(_("送电时间"), null=True, editable=False)
    closed_at = models.DateTimeField(_("办结时间"), null=True, editable=False)
    # The number of events so far: forms carry it, so that a decision made on an
    # outdated page is refused.
    last_seq = models.PositiveIntegerField(default=0, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("用电报装申请")
        verbose_name_plural = _("用电报装申请")
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="application_number_given_once"
            ),
            models.CheckConstraint(
                name="application_filed_is_complete",
                condition=Q(status=Status.DRAFT)
                | Q(
                    number__isnull=False,
                    applicant__isnull=False,
                    region__isnull=False,
                    capacity_kw__gt=0,
                    submitted_at__isnull=False,
                )
                & ~Q(user_type="")
                & ~Q(address=""),
            ),
            models.CheckConstraint(
                name="application_closed_iff_final",
                condition=Q(
                    status__in=[s for s, f in STATUSES.items() if f.closed],
                    closed_at__isnull=False,
                )
                | Q(
                    status__in=[s for s, f in STATUSES.items() if not f.closed],
                    closed_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="application_status_known",
                condition=Q(status__in=list(Status.values)),
            ),
            models.CheckConstraint(
                name="application_sources_one_or_two",
                condition=Q(sources__in=[1, 2]),
            ),
        ]
        indexes = [
            models.Index(fields=["status"]),
            models.Index(fields=["region", "status"]),
            models.Index(fields=["manager", "status"]),
        ]

    def __str__(self) -> str:
        return self.number or str(_("草稿"))

    # -- What an act changes -----------------------------------------------------------
    def columns(self) -> dict[str, Any]:
        """Return the value of every column, apart from what may change later."""
        names = [column.attname for column in self._meta.concrete_fields]
        return {name: copy(getattr(self, name)) for name in names}

    def changed_since(self, before: dict[str, Any]) -> list[str]:
        """Name the columns whose value is another than ``before``."""
        return [name for name in before if getattr(self, name) != before[name]]

    # -- What follows from the row itself ---------------------------------------------
    @property
    def facts(self) -> StatusFacts:
        return STATUSES[Status(self.status)]

    @property
    def phase(self) -> Phase:
        return self.facts.phase

    @property
    def turn(self) -> Turn:
        """Return whose turn it is; a pending permit makes it the government's."""
        if self.permit_since is not None and self.is_open:
            return Turn.GOVERNMENT
        return self.facts.turn

    @property
    def stage(self) -> Stage | None:
        return self.facts.stage

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def is_low_voltage(self) -> bool:
        return self.user_type in classification.LOW_TYPES

    @property
    def is_three_zero(self) -> bool:
        return self.user_type in classification.THREE_ZERO_TYPES

    @property
    def route(self) -> tuple[Stage, ...]:
        """Return the stages of 附件2 that this application goes through."""
        return classification.route(
            self.user_type,
            important=self.important,
            concealed_works=self.concealed_works,
        )

    # -- The transitions: each stamps its own row and nothing else ---------------------
    @transition(field=status, **edge("submit"))
    def submit(self, at: datetime) -> None:
        self.submitted_at = at

    @transition(field=status, **edge("supplement"))
    def supplement(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("accept"))
    def accept(self, at: datetime) -> None:
        self.accepted_at = at

    @transition(field=status, **edge("return_for_supplement"))
    def return_for_supplement(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("refuse"))
    def refuse(self, at: datetime) -> None:
        self.closed_at = at

    @transition(field=status, **edge("reply_plan"))
    def reply_plan(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("confirm_plan"))
    def confirm_plan(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("object_plan"))
    def object_plan(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("take_objection"))
    def take_objection(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("expire_plan"))
    def expire_plan(self, at: datetime) -> None:
        self.closed_at = at

    @transition(field=status, **edge("start_design"))
    def start_design(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("submit_design"))
    def submit_design(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("approve_design"))
    def approve_design(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("reject_design"))
    def reject_design(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("start_construction"))
    def start_construction(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("report_mid_inspection"))
    def report_mid_inspection(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("pass_mid_inspection"))
    def pass_mid_inspection(self, at: datetime) -> None:
        self.mid_inspection_passed = True

    @transition(field=status, **edge("fail_mid_inspection"))
    def fail_mid_inspection(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("report_completion"))
    def report_completion(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("pass_final_inspection"))
    def pass_final_inspection(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("fail_final_inspection"))
    def fail_final_inspection(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("sign_contract"))
    def sign_contract(self, at: datetime) -> None:
        pass

    @transition(field=status, **edge("energise"))
    def energise(self, at: datetime) -> None:
        self.energised_at = at

    @transition(field=status, **edge("archive"))
    def archive(self, at: datetime) -> None:
        self.closed_at = at

    @transition(field=status, **edge("withdraw"))
    def withdraw(self, at: datetime) -> None:
        self.closed_at = at
