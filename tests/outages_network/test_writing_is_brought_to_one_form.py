"""An address is searched in one form, however it was written."""

import pytest

from outages.selectors.places import keys_of, searchable


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("友谊路 十二号", "友谊路12号"),
        ("二十一经路", "21经路"),
        ("３－２－４０１", "3-2-401"),
        ("Ａ座 5幢", "A座5号"),
        ("3号楼2单元", "3号2门"),
        ("友谊路（南段）", "友谊路南段"),
    ],
)
def test_writing_is_brought_to_one_form(written, searched):
    assert searchable(written) == searched


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("天津市河西区友谊路1号", "友谊路1号"),
        ("天津河西区友谊路1号", "友谊路1号"),
        ("河西区友谊路1号", "友谊路1号"),
        ("天津友谊宾馆", "天津友谊宾馆"),
        ("河西大厦", "河西大厦"),
        ("河西区", "河西区"),
    ],
)
def test_names_of_regions_in_front_are_left_out(written, searched):
    assert searchable(written, ["河西区", "天津市"]) == searched


def test_keys_begin_where_people_begin_to_type():
    assert keys_of("友谊路12号海河花园3号") == [
        "谊路12号海河花园3号",
        "路12号海河花园3号",
        "12号海河花园3号",
        "海河花园3号",
        "河花园3号",
        "花园3号",
        "园3号",
        "3号",
    ]


def test_a_compound_beside_its_address_has_keys_of_its_own():
    assert keys_of("南路8号", "新华名邸")[-3:] == ["新华名邸", "华名邸", "名邸"]
    assert "新华名邸" not in keys_of("新华名邸8号", "新华名邸")
