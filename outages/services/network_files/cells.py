"""What the cells of each part mean, and the sentence for each that means nothing."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Choices
from django.utils.translation import gettext as _

from outages.models.network import ACCOUNT_NUMBER, CODE, Voltage
from outages.services.network_files.columns import Part
from outages.vocabulary import AreaClass, Importance
from sla.ground.phones import clean_phone
from sla.words import listed

# The mainland and its islands, in degrees.
EAST, NORTH = (73, 136), (3, 54)
_SIX_PLACES = Decimal("0.000001")
_FORMULA = ("=", "+", "-", "@")
_YES = frozenset({"是", "yes", "true", "y", "1"})
_NO = frozenset({"否", "no", "false", "n", "0"})
_CODE = re.compile(CODE.regex)
_ACCOUNT = re.compile(ACCOUNT_NUMBER.regex)


class Wrong(ValueError):
    """A cell that means nothing; the text says why and what to write."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How one column of one part is read; ``blank`` is what an empty cell means."""

    parse: Callable[[str], Any]
    required: bool = False
    blank: Any = None


class _Inherited:
    """Stands for what an empty cell takes from the part above."""


INHERITED = _Inherited()


def cells_of(regions: Mapping[str, str]) -> dict[Part, dict[str, Cell]]:
    """Return the columns of every part; ``regions`` are codes by code and by name."""

    def region(text: str) -> str:
        code = regions.get(text)
        if code is None:
            raise Wrong(_("没有区划“%s”：请填六位区划代码或区名。") % text[:20])
        return code

    code = Cell(_code, required=True)
    position = {"longitude": Cell(_longitude), "latitude": Cell(_latitude)}
    return {
        Part.SUBSTATION: {
            "code": code,
            "name": Cell(_text(60), required=True),
            "region": Cell(region, required=True),
            "voltage": Cell(_choice(Voltage), required=True),
            **position,
        },
        Part.LINE: {
            "code": code,
            "name": Cell(_text(60), required=True),
            "parent": Cell(_code, required=True),
            "region": Cell(region, blank=INHERITED),
            "voltage": Cell(_choice(Voltage), blank=Voltage.KV10),
            "area_class": Cell(_choice(AreaClass), required=True),
        },
        Part.TRANSFORMER: {
            "code": code,
            "name": Cell(_text(80), required=True),
            "parent": Cell(_code, required=True),
            "region": Cell(region, blank=INHERITED),
            "area_class": Cell(_choice(AreaClass), blank=INHERITED),
            "public": Cell(_yes_or_no, blank=True),
            "direct_supplied": Cell(_yes_or_no, blank=True),
            "owner": Cell(_text(80), blank=""),
            "households": Cell(_count(1_000_000), required=True),
            "capacity_kva": Cell(_count(1_000_000)),
            "load_kw": Cell(_load),
            **position,
            "retired_on": Cell(_day),
        },
        Part.PREMISES: {
            "parent": Cell(_code, required=True),
            "address": Cell(_text(120), required=True),
            "compound": Cell(_text(60), blank=""),
            "property_manager": Cell(_text(80), blank=""),
            "property_phone": Cell(_phone, blank=""),
        },
        Part.ACCOUNT: {
            "code": Cell(_account_number, required=True),
            "parent": Cell(_code, required=True),
            "address": Cell(_text(120), blank=""),
            "importance": Cell(_choice(Importance), blank=Importance.ORDINARY),
        },
    }


def _narrow(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _code(text: str) -> str:
    code = _narrow(text).upper()
    if not _CODE.fullmatch(code):
        raise Wrong(
            _("编码“%s”不对：只用大写字母、数字和短横线，2到32位。") % text[:40]
        )
    return code


def _account_number(text: str) -> str:
    number = _narrow(text)
    if not _ACCOUNT.fullmatch(number):
        raise Wrong(_("户号“%s”不对：户号是10位或13位数字。") % text[:20])
    return number


def _text(most: int) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.startswith(_FORMULA):
            raise Wrong(_("以“%s”开头，像是公式：请去掉这个符号。") % text[0])
        plain = " ".join(text.split())
        if not plain.isprintable():
            raise Wrong(_("含有看不见的字符：请重新输入这一格。"))
        if len(plain) > most:
            raise Wrong(_("太长：最多%d个字。") % most)
        return plain

    return parse


def _choice(choices: type[Choices]) -> Callable[[str], str]:
    known = {_folded(str(value)): value for value in choices.values}
    known |= {_folded(str(label)): value for value, label in choices.choices}

    def parse(text: str) -> str:
        value = known.get(_folded(text))
        if value is None:
            raise Wrong(
                _("不认识“%(text)s”：请填%(known)s。")
                % {
                    "text": text[:20],
                    "known": listed(choices.labels),
                }
            )
        return str(value)

    return parse


def _folded(text: str) -> str:
    return "".join(_narrow(text).casefold().split())


def _yes_or_no(text: str) -> bool:
    word = _folded(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Wrong(_("请填“是”或“否”，不是“%s”。") % text[:20])


def _number(text: str) -> Decimal:
    try:
        number = Decimal(_narrow(text))
    except InvalidOperation:
        raise Wrong(_("“%s”不是数。") % text[:20]) from None
    if not number.is_finite():
        raise Wrong(_("“%s”不是数。") % text[:20])
    return number


def _count(most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = _number(text)
        if number < 0:
            raise Wrong(_("不能是负数。"))
        if number > most:
            raise Wrong(
                _("%(text)s太大：最多%(most)d。") % {"text": text, "most": most}
            )
        if number != int(number):
            raise Wrong(_("须是整数，不是%s。") % text[:20])
        return int(number)

    return parse


def _load(text: str) -> Decimal:
    number = _number(text)
    if not 0 <= number <= 10_000_000:
        raise Wrong(_("负荷须在0到10000000千瓦之间。"))
    return number.quantize(Decimal("0.1"))


def _longitude(text: str) -> Decimal:
    return _degrees(text, EAST, other=NORTH, name=_("经度"))


def _latitude(text: str) -> Decimal:
    return _degrees(text, NORTH, other=EAST, name=_("纬度"))


def _degrees(
    text: str, span: tuple[int, int], *, other: tuple[int, int], name: str
) -> Decimal:
    number = _number(text)
    low, high = span
    if low <= number <= high:
        return number.quantize(_SIX_PLACES)
    if other[0] <= number <= other[1]:
        raise Wrong(_("%s不在中国境内：经度和纬度好像填反了。") % name)
    raise Wrong(
        _("%(name)s须在%(low)d到%(high)d度之间（中国境内）。")
        % {"name": name, "low": low, "high": high}
    )


def _phone(text: str) -> str:
    try:
        return clean_phone(text)
    except ValidationError as error:
        raise Wrong(_("电话“%s”不对：手机11位，座机加区号。") % text[:20]) from error


def _day(text: str) -> date:
    # Spreadsheets write 2026/9/1.
    parts = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", _narrow(text))
    try:
        year, month, day = parts.groups() if parts else ("0", "0", "0")
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Wrong(_("日期“%s”不对：请写成2026-09-01。") % text[:20]) from None
