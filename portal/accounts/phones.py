"""Numbers one can sign in with: mobile ones, in the portal's one normal form."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications.phones import clean_phone


def clean_mobile(written: str) -> str:
    """Return a mainland mobile number as E.164, such as ``+8613812345678``.

    Raises ValidationError for anything that cannot receive a code.
    """
    phone = clean_phone(written)
    number = phonenumbers.parse(phone)
    kind = phonenumbers.number_type(number)
    if number.country_code != 86 or kind != phonenumbers.PhoneNumberType.MOBILE:
        raise ValidationError(
            _("请输入中国大陆手机号码（11 位），座机不能接收验证码。")
        )
    return phone
