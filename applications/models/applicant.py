"""Who applies: a person or an organisation, with identity papers kept encrypted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.classification import ApplicantKind
from applications.identity import IdType
from sla.ground.fields import EncryptedTextField
from sla.ground.masking import mask_id, mask_name, mask_phone


class Applicant(models.Model):
    """An applicant as one user filed it; found again through ``id_index``."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="applicants",
        verbose_name=_("账号"),
    )
    kind = models.CharField(_("用电人类别"), max_length=20, choices=ApplicantKind)
    name = models.CharField(_("姓名或单位名称"), max_length=100)
    id_type = models.CharField(_("证件类型"), max_length=30, choices=IdType)
    id_number = EncryptedTextField(_("证件号码"))
    id_index = models.CharField(max_length=64, db_index=True, editable=False)
    contact_name = models.CharField(_("联系人"), max_length=50)
    phone = EncryptedTextField(_("联系电话"))
    phone_index = models.CharField(max_length=64, db_index=True, editable=False)
    is_agent = models.BooleanField(_("由他人代办"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("申请人")
        verbose_name_plural = _("申请人")

    def __str__(self) -> str:
        return self.name

    @property
    def masked_name(self) -> str:
        """Return 张* for a person; an organisation's name is public as it is."""
        return (
            mask_name(self.name) if self.kind == ApplicantKind.RESIDENT else self.name
        )

    @property
    def masked_contact(self) -> str:
        return mask_name(self.contact_name)

    @property
    def masked_id(self) -> str:
        return mask_id(self.id_number)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)
