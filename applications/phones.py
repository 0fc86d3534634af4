"""One normal form for telephone numbers: E.164."""

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
