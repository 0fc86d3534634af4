"""People who need not read personal data see just enough to recognise it."""

import pytest

from sla.ground.masking import mask_address, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138****5678"),
        ("+8613812345678", "138****5678"),
        ("02223456789", "022****6789"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_a_phone_keeps_its_first_three_and_last_four_digits(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("110101199003071234", "110***********1234"),
        ("91120000MA05J3X21K", "911***********X21K"),
        ("E12345678", "E12**5678"),
        ("E1234567", "E*******"),
        ("", ""),
    ],
)
def test_a_document_number_keeps_its_first_three_and_last_four(number, shown):
    assert mask_id(number) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张*"), ("张三丰", "张**"), ("张", "张"), ("", "")]
)
def test_a_name_keeps_its_first_character(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("河西区友谊路12号3单元501", "河西区友谊路****"),
        ("和平区南京路八号", "和平区南京路****"),
        ("和平区南京路", "和平区****"),
        ("天津市滨海新区经济技术开发区第三大街", "天津市滨海新区经济技术开****"),
        ("", ""),
    ],
)
def test_an_address_stops_before_its_first_number(address, shown):
    assert mask_address(address) == shown
