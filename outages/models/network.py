"""The network as it stands: 变电站 → 线路 → 台区 → 用电地址 and 户号."""

from typing import Any, Self

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outages.vocabulary import AreaClass, Importance
from sla.ground.fields import EncryptedTextField

CODE = RegexValidator(
    r"^[A-Z0-9][A-Z0-9-]{1,31}$", _("编码只用大写字母、数字和短横线，2到32位。")
)
ACCOUNT_NUMBER = RegexValidator(r"^\d{10}(\d{3})?$", _("户号是10位或13位数字。"))


class Voltage(models.TextChoices):
    """Nominal voltages of substations and lines."""

    KV220 = "220kV", _("220千伏")
    KV110 = "110kV", _("110千伏")
    KV35 = "35kV", _("35千伏")
    KV20 = "20kV", _("20千伏")
    KV10 = "10kV", _("10千伏")
    KV6 = "6kV", _("6千伏")


def _position(name: Any) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(
        name, max_digits=9, decimal_places=6, null=True, blank=True
    )


class Substation(models.Model):
    """A substation, where lines begin."""

    code = models.CharField(_("编码"), max_length=32, unique=True, validators=[CODE])
    name = models.CharField(_("名称"), max_length=60)
    region = models.ForeignKey(
        "sla.Region",
        verbose_name=_("所在区"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    voltage = models.CharField(_("电压等级"), max_length=8, choices=Voltage)
    longitude = _position(_("经度"))
    latitude = _position(_("纬度"))

    class Meta:
        verbose_name = _("变电站")
        verbose_name_plural = _("变电站")

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """A medium-voltage line and what feeds it; a line may cross districts."""

    code = models.CharField(_("编码"), max_length=32, unique=True, validators=[CODE])
    name = models.CharField(_("名称"), max_length=60)
    substation = models.ForeignKey(
        Substation,
        verbose_name=_("变电站"),
        on_delete=models.PROTECT,
        related_name="lines",
    )
    region = models.ForeignKey(
        "sla.Region",
        verbose_name=_("主要供电区"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    voltage = models.CharField(
        _("电压等级"), max_length=8, choices=Voltage, default=Voltage.KV10
    )
    area_class = models.CharField(_("地区类别"), max_length=8, choices=AreaClass)

    class Meta:
        verbose_name = _("线路")
        verbose_name_plural = _("线路")

    def __str__(self) -> str:
        return self.name


class TransformerQuerySet(models.QuerySet["Transformer"]):
    """Questions about many transformer areas."""

    def in_service(self) -> Self:
        """Keep what supplies somebody today."""
        return self.filter(retired_on=None)


class Transformer(models.Model):
    """A transformer and the area it supplies (台区): the unit of every outage count."""

    code = models.CharField(_("编码"), max_length=32, unique=True, validators=[CODE])
    name = models.CharField(_("名称"), max_length=80)
    line = models.ForeignKey(
        Line,
        verbose_name=_("线路"),
        on_delete=models.PROTECT,
        related_name="transformers",
    )
    region = models.ForeignKey(
        "sla.Region",
        verbose_name=_("所在区"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    area_class = models.CharField(_("地区类别"), max_length=8, choices=AreaClass)
    # Publicly owned: what DL/T 836 counts as one medium-voltage user.
    public = models.BooleanField(_("公用变压器"), default=True)
    # Not direct: a property manager stands between the grid and those who live there.
    direct_supplied = models.BooleanField(_("电网直供"), default=True)
    owner = models.CharField(_("产权单位"), max_length=80, blank=True)
    households = models.PositiveIntegerField(
        _("户数"), validators=[MinValueValidator(0)]
    )
    capacity_kva = models.PositiveIntegerField(_("容量（千伏安）"), null=True)
    load_kw = models.DecimalField(
        _("最大负荷（千瓦）"), max_digits=9, decimal_places=1, null=True, blank=True
    )
    longitude = _position(_("经度"))
    latitude = _position(_("纬度"))
    retired_on = models.DateField(_("退出运行日期"), null=True, blank=True)

    objects = TransformerQuerySet.as_manager()

    class Meta:
        verbose_name = _("台区")
        verbose_name_plural = _("台区")

    def __str__(self) -> str:
        return self.name


class Premises(models.Model):
    """An address that a transformer supplies; a compound may have several rows.

    ``address`` is the public name of a place (小区、楼栋、门牌), never of a household.
    """

    transformer = models.ForeignKey(
        Transformer,
        verbose_name=_("台区"),
        on_delete=models.PROTECT,
        related_name="premises",
    )
    region = models.ForeignKey(
        "sla.Region",
        verbose_name=_("所在区"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    address = models.CharField(_("地址"), max_length=120)
    # The address as people search it: without its district, half width, Arabic digits.
    searched = models.CharField(max_length=120, editable=False)
    compound = models.CharField(_("小区"), max_length=60, blank=True, db_index=True)
    property_manager = models.CharField(_("物业单位"), max_length=80, blank=True)
    property_phone = EncryptedTextField(_("物业联系电话"), blank=True, default="")

    class Meta:
        verbose_name = _("用电地址")
        verbose_name_plural = _("用电地址")
        constraints = [
            models.UniqueConstraint(
                fields=["transformer", "address"], name="premises_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["searched"],
                name="premises_searched",
                opclasses=["varchar_pattern_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.address


class AddressKey(models.Model):
    """One place in an address where people begin to type: its text from there on.

    No database finds the middle of a text quickly without an index made for it, and
    those that are made for it (trigrams) know no words of two characters.
    """

    premises = models.ForeignKey(
        Premises, on_delete=models.CASCADE, related_name="keys"
    )
    region = models.ForeignKey(
        "sla.Region", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    key = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("地址索引")
        verbose_name_plural = _("地址索引")
        indexes = [
            models.Index(
                fields=["key", "region"],
                name="address_key",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.key


class Account(models.Model):
    """A supply account (户号): which transformer feeds it, and how urgent it is."""

    number = models.CharField(
        _("户号"), max_length=13, unique=True, validators=[ACCOUNT_NUMBER]
    )
    transformer = models.ForeignKey(
        Transformer,
        verbose_name=_("台区"),
        on_delete=models.PROTECT,
        related_name="accounts",
    )
    premises = models.ForeignKey(
        Premises,
        verbose_name=_("用电地址"),
        on_delete=models.PROTECT,
        related_name="accounts",
        null=True,
        blank=True,
        db_index=False,
    )
    importance = models.CharField(
        _("民生等级"),
        max_length=10,
        choices=Importance,
        default=Importance.ORDINARY,
    )

    class Meta:
        verbose_name = _("户号")
        verbose_name_plural = _("户号")
        indexes = [
            # Few accounts need special care; an outage asks for those of its areas.
            models.Index(
                fields=["transformer"],
                condition=~Q(importance=Importance.ORDINARY),
                name="account_needs_care",
            )
        ]

    def __str__(self) -> str:
        return self.number
