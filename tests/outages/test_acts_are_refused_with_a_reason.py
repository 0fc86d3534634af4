"""Drafting, approving, cancelling, restoring: each refusal is a sentence."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from outages import permissions
from outages.lifecycles.outage import ACTS, Status
from outages.models import Outage
from outages.services import acting, announcing, drafting, running
from outages.services.drafting import Job
from outages.vocabulary import OutageKind
from sla.ground.errors import OutOfOrder, Refused, Stale
from tests.cast import NOW, li, liu, sun, wang, zhang
from tests.grid import grid, zhou
from tests.outages.lives import (
    END,
    GARDEN,
    MARKET,
    SCHOOL,
    START,
    announced,
    approved,
    begun,
    drafted,
    fault,
    restored,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"kind": OutageKind.FAULT}, "kind", "故障停电请直接登记"),
        ({"kind": "flood"}, "kind", "请选择停电类型"),
        ({"reason": "  "}, "reason", "请填写停电原因"),
        ({"reason": "长" * 201}, "reason", "最多200个字"),
        ({"works": ["工" * 201]}, "works", "200"),
        ({"works": [Job("换表", "队" * 81)]}, "works", "80"),
    ],
)
def test_a_draft_that_says_nothing_sensible(facts, field, sentence):
    grid()

    with pytest.raises(ValidationError, match=sentence) as refused:
        drafted(**facts)

    assert list(refused.value.error_dict) == [field]
    assert not Outage.objects.exists()


def test_only_those_who_keep_the_network_draft():
    grid()
    gone = zhou()
    gone.is_active = False

    for person in (wang(), li(), liu(), zhang()):
        with pytest.raises(Refused, match="停电只能由运维人员、班组长拟定"):
            drafted(by=person)
    with pytest.raises(Refused, match="已停用"):
        drafted(by=gone)


def test_a_draft_is_changed_piece_by_piece():
    net = grid()
    outage = drafted(works=["换表"])

    drafting.change(outage, scope=[SCHOOL], by=zhou(), at=NOW)
    drafting.change(outage, ends_at=END + HOUR, works=["换杆"], by=zhou(), at=NOW)
    drafting.change(outage, kind=OutageKind.TEMPORARY, reason="换杆", by=sun(), at=NOW)

    assert (outage.kind, outage.reason) == (OutageKind.TEMPORARY, "换杆")
    assert (outage.starts_at, outage.ends_at) == (START, END + HOUR)
    assert [work.content for work in outage.works.all()] == ["换杆"]
    assert outage.interruptions.get().transformer == net.school
    assert outage.drafted_by == zhou()


def test_a_draft_does_not_become_a_fault():
    grid()

    with pytest.raises(ValidationError, match="请直接登记"):
        drafting.change(drafted(), kind=OutageKind.FAULT, by=zhou(), at=NOW)


def test_neither_drafter_nor_last_writer_approves():
    grid()
    outage = drafted()
    drafting.change(outage, reason="换杆", by=sun(), at=NOW)

    for person in (zhou(), sun()):
        with pytest.raises(Refused, match="另一人批准"):
            announcing.approve(outage, by=person, at=NOW)


def test_what_has_no_times_or_only_past_ones_is_not_approved():
    grid()
    undated = drafted(starts_at=None, ends_at=None)

    with pytest.raises(Refused, match="还没有填写计划停电时间"):
        announcing.approve(undated, by=sun(), at=NOW)
    with pytest.raises(Refused, match="（2026年9月9日09:00）已过"):
        announcing.approve(drafted(), by=sun(), at=END)
    with pytest.raises(Refused, match="已过，请先修改时间"):
        announcing.announce(approved(SCHOOL), by=sun(), at=END, late_reason="急")


def test_what_is_sent_back_says_why_and_may_be_approved_again():
    grid()
    outage = approved()
    with pytest.raises(ValidationError, match="退回的原因"):
        announcing.send_back(outage, reason="", by=sun(), at=NOW)

    announcing.send_back(outage, reason="范围不对", by=sun(), at=NOW)
    announcing.approve(outage, by=sun(), at=NOW)

    assert outage.status == Status.APPROVED


def test_a_fault_is_approved_by_nobody_and_nothing_else_breaks_out():
    grid()
    outage = drafted()

    allowed, why = permissions.can("break_out", outage, by=zhou(), at=NOW)
    assert (allowed, why) == (
        False,
        "只有故障停电可以直接登记，其他停电须先批准、公告。",
    )
    outage.kind = OutageKind.FAULT
    _allowed, why = permissions.can("approve", outage, by=sun(), at=NOW)
    assert why == "故障停电不经批准，请直接登记故障停电。"


def test_a_fault_without_announced_end_is_not_extended():
    grid()

    with pytest.raises(Refused, match="请更新预计复电时间"):
        running.extend(fault(), ends_at=NOW + HOUR, reason="难修", by=zhou(), at=NOW)


def test_what_began_is_not_called_off():
    grid()

    with pytest.raises(OutOfOrder, match="停电当前为“停电中”，不能办理“取消停电”"):
        announcing.cancel(begun(), reason="不停了", by=sun(), at=START)


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        ([], "请选择已经复电的台区"),
        (["T-YY2-01"], "“T-YY2-01”不在这次停电中"),
        (["T-YY1-01", "T-YY1-02", "T-YY1-03"], "请办理全部复电"),
    ],
)
def test_a_part_is_some_of_what_is_out(codes, sentence):
    grid()
    outage = fault(GARDEN, SCHOOL, MARKET)

    with pytest.raises(ValidationError, match=sentence):
        running.restore_part(outage, transformers=codes, by=zhou(), at=NOW)


def test_the_last_area_comes_back_with_the_outage():
    grid()
    outage = fault(GARDEN, SCHOOL)
    running.restore_part(outage, transformers=["t-yy1-01"], by=zhou(), at=NOW + HOUR)

    with pytest.raises(OutOfOrder, match="只剩一个台区"):
        running.restore_part(outage, transformers=["T-YY1-02"], by=zhou(), at=NOW)
    running.restore(outage, by=zhou(), at=NOW + 2 * HOUR)

    rows = outage.interruptions.order_by("transformer__code")
    assert [row.seconds for row in rows] == [3600, 7200]


def test_a_page_that_somebody_overtook_is_stale():
    grid()
    outage = announced()

    with pytest.raises(Stale, match="刚刚由Y0001 孙运维办理了“发布公告”"):
        announcing.cancel(outage, reason="不停了", by=zhou(), at=NOW, seen=2)


def test_a_remark_says_something_at_any_time():
    grid()
    outage = restored()
    with pytest.raises(ValidationError, match="备注内容"):
        drafting.note(outage, text=" ", by=zhou(), at=END)

    drafting.note(outage, text="已电话回访", by=zhou(), at=END)

    assert outage.status == Status.RESTORED


def test_every_act_of_the_table_has_its_door_or_its_transition():
    for action, facts in ACTS.items():
        if facts.target is not None:
            assert callable(getattr(Outage, action))
    assert callable(acting.act)
