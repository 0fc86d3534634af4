"""What people are told: one row for each thing, channel and recipient."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from sla.ground.fields import EncryptedTextField


class Channel(models.TextChoices):
    """How a message reaches its recipient."""

    IN_APP = "in_app", _("站内")
    SMS = "sms", _("短信")
    EMAIL = "email", _("邮件")
    WEBHOOK = "webhook", _("接口推送")
    WEB_PUSH = "web_push", _("浏览器通知")


class Lane(models.IntegerChoices):
    """Who is served first: one person's news never waits behind a hundred thousand."""

    PERSONAL = 0, _("个人")
    URGENT = 1, _("正在停电")
    AHEAD = 2, _("停电预告")
    # Other people's systems, as slow as they like.
    OUTSIDE = 3, _("外部系统")


class State(models.TextChoices):
    """What became of a message.

    Unknown: it was handed over and the answer never came, so that sending it again
    might tell somebody twice; a person decides.
    """

    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")
    UNKNOWN = "unknown", _("结果不明")


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about many messages."""

    def waiting(self) -> Self:
        """Keep what nobody has taken in hand yet."""
        return self.filter(state=State.QUEUED, claimed_at__isnull=True)

    def due(self, at: datetime) -> Self:
        """Keep what may be sent now: not before its time, nor before its elders.

        Messages about one application reach one recipient in the order they were
        written, so a message waits for the earlier ones of its own thread.
        """
        elder = Message.objects.filter(
            state=State.QUEUED,
            thread=OuterRef("thread"),
            recipient_key=OuterRef("recipient_key"),
            channel=OuterRef("channel"),
            pk__lt=OuterRef("pk"),
        )
        return self.waiting().filter(~Exists(elder) | Q(thread=""), next_try_at__lte=at)

    def stale(self, at: datetime) -> Self:
        """Keep what waited until nobody could use it any more."""
        return self.waiting().filter(expires_at__lte=at)

    def broken_off(self, before: datetime) -> Self:
        """Keep what was taken in hand before a moment, and never reported back."""
        return self.filter(state=State.QUEUED, claimed_at__lt=before)

    def inbox_of(self, user_id: int) -> Self:
        """Keep what one person finds under 我的消息, newest first."""
        mine = self.filter(recipient_id=user_id, channel=Channel.IN_APP)
        return mine.order_by("-created_at", "-pk")

    def unread(self) -> Self:
        """Keep what has not been opened."""
        return self.filter(channel=Channel.IN_APP, read_at__isnull=True)


class Message(models.Model):
    """One thing told to one recipient over one channel."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("收件人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="messages",
    )
    # Who is meant even without an account; part of what makes a message unique.
    recipient_key = models.CharField(max_length=80)
    channel = models.CharField(_("渠道"), max_length=8, choices=Channel)
    address = EncryptedTextField(blank=True)
    address_index = models.CharField(max_length=64, blank=True)
    address_shown = models.CharField(_("发往"), max_length=80, blank=True)
    about = models.CharField(_("事由"), max_length=80)
    # The public number of what it is about; empty where order does not matter.
    thread = models.CharField(_("编号"), max_length=32, blank=True)
    subject = models.CharField(_("标题"), max_length=100)
    text = EncryptedTextField(_("内容"))
    link = models.CharField(_("链接"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("生成时间"))
    state = models.CharField(
        _("状态"), max_length=8, choices=State, default=State.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("发送次数"), default=0)
    next_try_at = models.DateTimeField(_("下次发送"))
    lane = models.PositiveSmallIntegerField(
        choices=Lane, default=Lane.PERSONAL, db_default=Lane.PERSONAL
    )
    # Not worth sending later than this, as a sign-in code.
    expires_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    provider_ref = models.CharField(_("通道流水号"), max_length=80, blank=True)
    last_error = models.CharField(_("最近错误"), max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        constraints = (
            models.UniqueConstraint(
                fields=["about", "channel", "recipient_key"],
                name="notices_message_once",
            ),
            models.CheckConstraint(
                name="notices_message_sent_has_moment",
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
            ),
        )
        indexes = (
            # In the order of claiming: the first row costs the same at any length.
            models.Index(
                fields=["lane", "next_try_at", "id"],
                condition=Q(state=State.QUEUED, claimed_at__isnull=True),
                name="notices_message_in_lane",
            ),
            models.Index(
                fields=["thread", "recipient_key", "channel", "id"],
                condition=Q(state=State.QUEUED),
                name="notices_message_elders",
            ),
            models.Index(
                fields=["claimed_at"],
                condition=Q(state=State.QUEUED, claimed_at__isnull=False),
                name="notices_message_in_hand",
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(state=State.QUEUED, expires_at__isnull=False),
                name="notices_message_short_lived",
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(read_at__isnull=True, channel=Channel.IN_APP),
                name="notices_message_unread",
            ),
            models.Index(
                fields=["recipient", "-created_at"], name="notices_message_inbox"
            ),
            models.Index(fields=["address_index"], name="notices_message_address"),
            models.Index(fields=["-created_at"], name="notices_message_latest"),
        )

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.subject}"


class Bookmark(models.Model):
    """How far a reader came in rows that bear no mark of their own.

    Also the lock of that reader: who holds the row reads, others leave.
    """

    name = models.CharField(primary_key=True, max_length=30)
    last_id = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("读取位置")
        verbose_name_plural = _("读取位置")

    def __str__(self) -> str:
        return f"{self.name} {self.last_id}"
