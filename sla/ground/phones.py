"""One normal form for telephone numbers, E.164, and which of them get a code."""

import unicodedata

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def clean_phone(text: str) -> str:
    """Return a Chinese phone number as E.164, such as ``+8613812345678``.

    Forgives spaces, dashes, +86 and full-width digits. Raises ValidationError.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        number = phonenumbers.parse(plain, "CN")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(_("手机号码不正确：请填写11位手机号码。"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def clean_mobile(text: str) -> str:
    """Return a mainland mobile number as E.164; what cannot receive a code is refused.

    Raises ValidationError.
    """
    phone = clean_phone(text)
    number = phonenumbers.parse(phone)
    kind = phonenumbers.number_type(number)
    if number.country_code != 86 or kind != phonenumbers.PhoneNumberType.MOBILE:
        raise ValidationError(
            _("请输入中国大陆手机号码（11 位），座机不能接收验证码。")
        )
    return phone
