"""Who wants to be told of outages, about what, and how."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outages.models.event import OutageEvent
from outages.models.network import Account, Premises, Transformer
from outages.models.outage import Outage
from sla.ground.fields import EncryptedTextField


class Way(models.TextChoices):
    """How a subscriber is reached."""

    SMS = "sms", _("短信")
    IN_APP = "in_app", _("站内消息")
    WEB_PUSH = "web_push", _("浏览器通知")
    WEBHOOK = "webhook", _("接口推送")


class Subscription(models.Model):
    """One wish to be told about one transformer area, found by address or 户号."""

    transformer = models.ForeignKey(
        Transformer, on_delete=models.CASCADE, related_name="subscriptions"
    )
    premises = models.ForeignKey(
        Premises, on_delete=models.CASCADE, null=True, related_name="+"
    )
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="outage_subscriptions",
    )
    # What its subscriber calls the place, so that notices can say which is meant.
    label = models.CharField(
        _("称呼"), max_length=10, blank=True, default="", db_default=""
    )
    way = models.CharField(_("方式"), max_length=10, choices=Way)
    # A phone number, a push subscription as JSON, or an address of another system.
    address = EncryptedTextField(blank=True, default="")
    address_index = models.CharField(max_length=64, db_index=True)
    # Acts for those who live there: the property manager of a compound.
    for_residents = models.BooleanField(_("代为转告住户"), default=False)
    created_at = models.DateTimeField(_("订阅时间"))
    ended_at = models.DateTimeField(_("退订时间"), null=True, blank=True)
    # What an unsubscribe link names; no credential for anything else.
    token = models.CharField(max_length=32, unique=True)

    class Meta:
        verbose_name = _("停电订阅")
        verbose_name_plural = _("停电订阅")
        constraints = [
            models.UniqueConstraint(
                fields=["transformer", "way", "address_index"],
                condition=Q(ended_at=None),
                name="subscription_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.transformer_id}"


class Lane(models.IntegerChoices):
    """What is told first, where thousands are told at once."""

    URGENT = 1, _("正在停电")
    AHEAD = 2, _("停电预告")


class Broadcast(models.Model):
    """How far the telling of one piece of news came: it goes on where it broke off.

    ``about`` names the news: an event (``TD-…#3``), or a reminder of one start.
    """

    about = models.CharField(_("消息"), max_length=60, unique=True)
    outage = models.ForeignKey(
        Outage,
        verbose_name=_("停电"),
        on_delete=models.PROTECT,
        related_name="broadcasts",
    )
    event = models.OneToOneField(
        OutageEvent, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lane = models.PositiveSmallIntegerField(_("先后"), choices=Lane)
    # Up to which subscription; the rest has not been written to yet.
    last_id = models.BigIntegerField(default=0)
    told = models.PositiveIntegerField(_("已通知"), default=0)
    started_at = models.DateTimeField(_("开始"))
    finished_at = models.DateTimeField(_("完成"), null=True)

    class Meta:
        verbose_name = _("停电通知进度")
        verbose_name_plural = _("停电通知进度")
        indexes = [
            models.Index(
                fields=["lane", "id"],
                condition=Q(finished_at=None),
                name="broadcast_unfinished",
            )
        ]

    def __str__(self) -> str:
        return self.about
