"""How personal data is shown to people who need not read all of it."""

import re

_NUMBER = re.compile(r"[0-9０-９一二三四五六七八九十]")


def mask_phone(phone: str) -> str:
    """Return 138****5678 for 13812345678 or +8613812345678; fewer digits show fewer."""
    digits = phone.removeprefix("+86") if phone.startswith("+86") else phone
    if len(digits) < 8:
        return "*" * len(digits)
    return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"


def mask_id(number: str) -> str:
    """Return 110***********1234 for an ID card, alike for any other document number."""
    if len(number) < 9:
        return f"{number[:1]}{'*' * (len(number) - 1)}"
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def mask_name(name: str) -> str:
    """Return the first character and stars: 张* for 张三, 张** for 张三丰."""
    return f"{name[:1]}{'*' * (len(name) - 1)}"


def mask_address(address: str) -> str:
    """Return the address up to its first number: 友谊路12号 → 友谊路****."""
    first = _NUMBER.search(address)
    keep = first.start() if first else len(address) // 2
    return f"{address[: min(keep, 12)]}****" if address else ""
