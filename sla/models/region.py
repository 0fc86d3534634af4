"""Where a limit, a promise or a local holiday holds."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Region(models.Model):
    """Name one administrative division by its GB/T 2260 code; 100000 is the country."""

    code = models.CharField(
        _("区划代码"),
        max_length=6,
        primary_key=True,
        validators=[RegexValidator(r"^[1-9]\d{5}$", _("区划代码是六位数字。"))],
    )
    name = models.CharField(_("名称"), max_length=40)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级"),
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("地区")
        verbose_name_plural = _("地区")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a region that would be its own superior, however far up."""
        above, seen = self.parent, {self.code}
        while above is not None:
            if above.code in seen:
                raise ValidationError({"parent": _("上级不能是自己或自己的下级。")})
            seen.add(above.code)
            above = above.parent
