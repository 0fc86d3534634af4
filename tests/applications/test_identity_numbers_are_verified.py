"""Numbers are checked by their own arithmetic, and forgiven how they were typed."""

import pytest
from django.core.exceptions import ValidationError

from applications.identity import IdType, clean_number

GOOD = [
    (IdType.ID_CARD, "11010519491231002X", "11010519491231002X"),
    (IdType.ID_CARD, "110105 19491231 002x", "11010519491231002X"),
    (IdType.ID_CARD, "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
    (IdType.ID_CARD, "440524188001010014", "440524188001010014"),
    (IdType.USCC, "91350100M000100Y43", "91350100M000100Y43"),
    (IdType.USCC, "91110000-600037341L", "91110000600037341L"),
    (IdType.PASSPORT, "E12345678", "E12345678"),
    (IdType.HONG_KONG_MACAO_PERMIT, "H0123456700", "H0123456700"),
    (IdType.ORGANISATION_OTHER, "军字第12345号", "军字第12345号"),
]
# Counties that no longer exist (塘沽, 宁河县) and that were founded later (滨海新区).
OLD_AND_NEW_COUNTIES = [
    "120107198001011235",
    "120221198001011236",
    "120116198001011239",
]
BAD = [
    (IdType.ID_CARD, "110105194912310021"),  # check digit
    (IdType.ID_CARD, "11010519491331002X"),  # thirteenth month
    (IdType.ID_CARD, "1101051949123100"),
    (IdType.ID_CARD, ""),
    (IdType.ID_CARD, "①①0105194912310021"),
    (IdType.USCC, "91350100M000100Y44"),
    (IdType.USCC, "91350100I000100Y43"),  # I is no character of the code
    (IdType.PASSPORT, "E1"),
    (IdType.PASSPORT, "E" * 31),
]


@pytest.mark.parametrize(("id_type", "typed", "kept"), GOOD)
def test_a_right_number_is_kept_in_its_normal_form(
    id_type: str, typed: str, kept: str
) -> None:
    assert clean_number(id_type, typed) == kept


def with_check_digit(body: str) -> str:
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(w * int(d) for w, d in zip(weights, body, strict=True))
    return body + "10X98765432"[total % 11]


@pytest.mark.parametrize("number", OLD_AND_NEW_COUNTIES)
def test_the_county_of_birth_is_nobodys_business(number: str) -> None:
    number = with_check_digit(number[:17])
    assert clean_number(IdType.ID_CARD, number) == number


@pytest.mark.parametrize(("id_type", "typed"), BAD)
def test_a_wrong_number_is_refused_with_what_to_do(id_type: str, typed: str) -> None:
    with pytest.raises(ValidationError, match="核对"):
        clean_number(id_type, typed)


def test_every_single_wrong_digit_of_an_id_card_is_caught() -> None:
    right = "11010519491231002X"
    for place in range(17):
        for digit in "0123456789":
            if digit != right[place]:
                wrong = right[:place] + digit + right[place + 1 :]
                with pytest.raises(ValidationError):
                    clean_number(IdType.ID_CARD, wrong)


@pytest.mark.parametrize(
    ("id_type", "typed", "sentence"),
    [
        (IdType.ID_CARD, "1101051949123100", "是18位，您填了16位"),
        (IdType.ID_CARD, "11010519490231002X", "没有19490231这一天"),
        (IdType.ID_CARD, "11010519491231O02X", "前17位都是数字"),
        (IdType.ID_CARD, "110105194912310021", "有的数字填错了"),
        (IdType.USCC, "91350100M000100Y4", "是18位，您填了17位"),
        (IdType.USCC, "11010519491231002X", "这是身份证号码"),
        (IdType.USCC, "91350100M000100Y44", "统一社会信用代码不正确"),
    ],
)
def test_the_sentence_names_the_mistake(
    id_type: str, typed: str, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        clean_number(id_type, typed)
