"""Identity papers that are accepted, and how each number is verified."""

import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as NumberError


class IdType(TextChoices):
    """What proves who somebody is; not everybody carries an 18-digit card."""

    ID_CARD = "id_card", _("居民身份证")
    TEMPORARY_ID_CARD = "temporary_id_card", _("临时居民身份证")
    HOUSEHOLD_REGISTER = "household_register", _("户口簿")
    MILITARY = "military", _("军官证或士兵证")
    TAIWAN_PERMIT = "taiwan_permit", _("台湾居民来往大陆通行证")
    HONG_KONG_MACAO_PERMIT = "hk_macao_permit", _("港澳居民来往内地通行证")
    PASSPORT = "passport", _("护照")
    PERMANENT_RESIDENCE = "permanent_residence", _("外国人永久居留身份证")
    USCC = "uscc", _("统一社会信用代码")
    ORGANISATION_OTHER = "organisation_other", _("其他主体资格证明（军队、宗教场所等）")


PERSON_TYPES = (
    IdType.ID_CARD,
    IdType.TEMPORARY_ID_CARD,
    IdType.HOUSEHOLD_REGISTER,
    IdType.MILITARY,
    IdType.TAIWAN_PERMIT,
    IdType.HONG_KONG_MACAO_PERMIT,
    IdType.PASSPORT,
    IdType.PERMANENT_RESIDENCE,
)
ORGANISATION_TYPES = (IdType.USCC, IdType.ORGANISATION_OTHER)
_CHINESE_ID = frozenset(
    {IdType.ID_CARD, IdType.TEMPORARY_ID_CARD, IdType.HOUSEHOLD_REGISTER}
)


def clean_number(id_type: str, number: str) -> str:
    """Return the number in its normal form.

    Forgives spaces, dashes and full-width characters. Raises ValidationError with a
    sentence that says what to do (GB 11643, GB 32100 check digits by python-stdnum).
    """
    compact = "".join(
        c for c in unicodedata.normalize("NFKC", number).upper() if c.isalnum()
    )
    if id_type in _CHINESE_ID:
        return _id_card(compact)
    if id_type == IdType.USCC:
        return _credit_code(compact)
    if not 5 <= len(compact) <= 30:
        raise ValidationError(_("证件号码应为5至30位字母或数字，请核对证件原件。"))
    return compact


def _id_card(compact: str) -> str:
    # Not ric.validate: it wants the county to have existed in the year of birth, but
    # codes of abolished counties live on, and people are registered late.
    if len(compact) != 18:
        raise ValidationError(
            _("身份证号码是18位，您填了%d位：请对照证件核对。") % len(compact)
        )
    if not (compact[:-1].isascii() and compact[:-1].isdigit()):
        raise ValidationError(_("身份证号码前17位都是数字，最后一位可以是X：请核对。"))
    try:
        ric.get_birth_date(compact)
    except NumberError as error:
        raise ValidationError(
            _("身份证号码第7至14位是出生日期，没有%s这一天：请对照证件核对。")
            % compact[6:14]
        ) from error
    if compact[-1] != ric.calc_check_digit(compact):
        raise ValidationError(
            _("身份证号码不正确，有的数字填错了：请对照证件逐位核对。")
        )
    return compact


def _credit_code(compact: str) -> str:
    try:
        return str(uscc.validate(compact))
    except NumberError as error:
        raise ValidationError(_what_is_wrong_with(compact)) from error


def _what_is_wrong_with(code: str) -> str:
    if _is_id_card(code):
        return gettext("这是身份证号码；这里请填营业执照上18位的统一社会信用代码。")
    if len(code) != 18:
        return gettext("统一社会信用代码是18位，您填了%d位：请对照营业执照核对。") % (
            len(code)
        )
    return gettext("统一社会信用代码不正确：请对照营业执照核对18位代码。")


def _is_id_card(compact: str) -> bool:
    try:
        _id_card(compact)
    except ValidationError:
        return False
    return True
