"""What was brought into the network from files, and what that changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outages.models.network import Transformer


class NetworkImport(models.Model):
    """One file that was applied; the file itself is not kept, its digest is."""

    name = models.CharField(_("文件"), max_length=120)
    sha256 = models.CharField(_("文件摘要"), max_length=64)
    at = models.DateTimeField(_("导入时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("办理人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    by_label = models.CharField(_("办理人"), max_length=80)
    # New, changed and unchanged by part: {"transformer": [3, 1, 0], …}
    counts = models.JSONField(_("数量"), default=dict)

    class Meta:
        verbose_name = _("网络导入")
        verbose_name_plural = _("网络导入")
        indexes = [models.Index(fields=["-at"], name="network_import_latest")]

    def __str__(self) -> str:
        return self.name


class AreaChange(models.Model):
    """One fact of a 台区 that a file changed: figures before and after differ by it."""

    transformer = models.ForeignKey(
        Transformer,
        verbose_name=_("台区"),
        on_delete=models.PROTECT,
        related_name="changes",
    )
    source = models.ForeignKey(
        NetworkImport,
        verbose_name=_("来源"),
        on_delete=models.PROTECT,
        related_name="changes",
    )
    at = models.DateTimeField(_("变更时间"))
    field = models.CharField(_("项目"), max_length=20)
    before = models.CharField(_("原值"), max_length=120, blank=True)
    after = models.CharField(_("新值"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("台区变更")
        verbose_name_plural = _("台区变更")
        indexes = [models.Index(fields=["field", "at"], name="area_change_of_field")]

    def __str__(self) -> str:
        return f"{self.transformer_id} {self.field}"
