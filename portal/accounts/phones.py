"""Mobile numbers: the one place that knows how people write them."""

import unicodedata

import phonenumbers
from django.utils.translation import gettext as _

PURPOSE = "user phone"


class NotAPhone(ValueError):
    """Say, in a sentence for the person who typed it, why this is not a number."""


def normalise(written: str) -> str:
    """Return a mainland mobile number as E.164: +8613812345678.

    Forgives spaces, dashes, dots, brackets, full-width digits, and +86, 86 or 0086 in
    front. Raises NotAPhone for anything that cannot receive a code.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException as error:
        raise NotAPhone(_("请输入 11 位手机号码。")) from error
    if number.country_code != 86:
        raise NotAPhone(_("暂只支持中国大陆手机号码。"))
    mobile = phonenumbers.PhoneNumberType.MOBILE
    if phonenumbers.number_type(number) != mobile:
        raise NotAPhone(_("这不是有效的手机号码，请核对 11 位数字。"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
