"""A day off and the day worked for it name the festival and each other."""

import pytest

from tests.sla_engine.cast import day, national


@pytest.mark.parametrize(
    ("date", "kind", "label", "name"),
    [
        ("2026-10-08", "workday", "工作日", ""),
        ("2026-10-04", "weekend", "周末", ""),
        ("2026-10-03", "holiday", "法定节假日", "国庆节"),
        ("2026-10-05", "holiday", "法定节假日", "国庆节（补假）"),
        ("2026-10-06", "holiday", "法定节假日", "国庆节（与2026-09-20调休）"),
        ("2026-09-20", "make_up", "调休上班", "国庆节（与2026-10-06调休）"),
        ("2026-02-23", "holiday", "法定节假日", "春节（与2026-02-28调休）"),
        ("2025-10-11", "make_up", "调休上班", "国庆节、中秋节（与2025-10-08调休）"),
        ("2020-10-01", "holiday", "法定节假日", "中秋节、国庆节"),
    ],
)
def test_each_kind_of_day(date, kind, label, name):
    verdict = national().verdict(day(date))
    assert (verdict.kind, verdict.label, verdict.name) == (kind, label, name)


def test_the_note_joins_festival_and_notice():
    assert national().verdict(day("2026-10-01")).note == (
        "国庆节 · 国务院办公厅关于2026年部分节假日安排的通知"
    )
    assert national().verdict(day("2026-10-08")).note == ""
