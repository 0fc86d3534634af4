"""Draft, approve, announce, begin, restore: the services and rules of the desk."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from outages.api.bodies import OUTAGE_ACTS
from outages.lifecycles.outage import ACTS
from outages.models import Outage
from sla.models import Region
from tests import cast
from tests.cast import NOW
from tests.grid import Grid, zhou
from tests.outages import lives
from tests.outages_api.conftest import as_, refused, send, told

START, END = "2026-09-09T09:00:00+08:00", "2026-09-09T17:00:00+08:00"
LINE = [{"level": "line", "code": "L-YY1"}]
HOUR = timedelta(hours=1)


@pytest.fixture
def operator(net: Grid) -> Client:
    """Return 孙运维's client."""
    return as_(cast.sun())


def draft(client: Client, **facts: Any) -> Any:
    """Draft works on 友谊一线 unless told otherwise."""
    given = {
        "kind": "planned",
        "reason": "更换开关",
        "scope": LINE,
        "starts_at": START,
        "ends_at": END,
        "works": [{"content": "更换柱上开关", "unit": "配电一班"}],
    }
    return send(client, "", **given | facts)


def test_every_act_of_the_lifecycle_has_its_body() -> None:
    assert set(OUTAGE_ACTS) == set(ACTS) - {"break_out"}


def test_from_draft_to_restoration(net: Grid, operator: Client) -> None:
    whole = told(draft(as_(zhou())), 201)
    number = whole["number"]
    assert whole["households"] == 600
    assert whole["works"] == [{"content": "更换柱上开关", "unit": "配电一班"}]
    assert "approve" not in whole["allowed_actions"]  # not by who drafted
    for act in ("approve", "announce"):
        whole = told(send(operator, f"{number}/actions/{act}/", seen=whole["seen"]))
    assert whole["status"] == "announced"
    assert whole["late_notice"] is False
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        operator = as_(cast.sun())
        told(send(operator, f"{number}/actions/begin/"))
    with time_machine.travel(NOW + timedelta(days=8, hours=2), tick=False):
        operator = as_(cast.sun())
        body = {"restored_at": "2026-09-09T10:30:00+08:00"}
        whole = told(send(operator, f"{number}/actions/restore/", **body))
    assert whole["status"] == "restored"
    assert whole["restored_at"] == "2026-09-09T10:30:00+08:00"


def test_a_fault_is_recorded_at_once(operator: Client) -> None:
    body = {"kind": "fault", "reason": "电缆故障", "scope": LINE}
    moment = {"began_at": "2026-09-01T08:30:00+08:00"}
    whole = told(send(operator, "", **body, **moment), 201)
    assert whole["status"] == "under_way"
    error = refused(send(operator, "", **body), 400, "invalid")
    assert error["fields"]["began_at"] == ["请填写故障停电的开始时间。"]
    error = refused(
        send(operator, "", **body, **moment, starts_at=START), 400, "invalid"
    )
    assert error["fields"]["starts_at"] == ["故障停电不填写这一项。"]


def test_planned_works_have_no_beginning_yet(operator: Client) -> None:
    error = refused(draft(operator, began_at=START), 400, "invalid")
    assert error["fields"]["began_at"] == ["只有故障停电填写这一项。"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"starts_at": "2026-09-09T09:00:00"}, "starts_at"),
        ({"ends_at": 5}, "ends_at"),
        ({"ends_at": "2026-09-09T08:00:00+08:00"}, "ends_at"),
        ({"scope": []}, "scope"),
        ({"scope": [{"level": "line", "code": "L-NO"}]}, "scope"),
        ({"scope": [{"level": "街道", "code": "X"}]}, "scope.0.level"),
        ({"scope": "L-YY1"}, "scope"),
        ({"reason": " "}, "reason"),
        ({"kind": "whatever"}, "kind"),
        ({"starts": START}, "starts"),
        ({"works": [{"content": "x", "who": "y"}]}, "works.0.who"),
    ],
)
def test_a_bad_draft_is_refused_by_field(
    operator: Client, facts: dict[str, Any], field: str
) -> None:
    error = refused(draft(operator, **facts), 400, "invalid")
    assert field in error["fields"], error
    assert not Outage.objects.exists()


def test_a_late_announcement_needs_its_reason(operator: Client) -> None:
    outage = lives.approved(starts_at=NOW + timedelta(days=1), ends_at=lives.END)
    path = f"{outage.number}/actions/announce/"
    error = refused(send(operator, path), 400, "invalid")
    assert "late_reason" in error["fields"]
    assert told(send(operator, path, late_reason="紧急缺陷"))["late_notice"] is True


def test_the_rules_are_asked_first(net: Grid, anybody: Client) -> None:
    outage = lives.announced()
    path = f"{outage.number}/actions/cancel/"
    refused(send(anybody, path, reason="天气"), 401, "not_authenticated")
    refused(send(as_(cast.zhang()), path, nonsense=1), 403, "forbidden")
    error = refused(send(as_(cast.liu()), path, reason="天气"), 403, "forbidden")
    assert "只能由" in error["message"]
    error = refused(
        send(as_(cast.sun()), f"{outage.number}/actions/restore/"), 409, "conflict"
    )
    assert "不能办理" in error["message"]


def test_a_supervisor_acts_in_his_own_districts(net: Grid) -> None:
    zhao = as_(cast.zhao())
    cast.zhao().districts.set(Region.objects.filter(pk=cast.HEPING))
    body = {"kind": "fault", "reason": "故障", "began_at": "2026-09-01T08:30:00+08:00"}
    error = refused(send(zhao, "", **body, scope=LINE), 403, "forbidden")
    assert "超出您负责的区域" in error["message"]
    square = [{"level": "transformer", "code": "T-HP1-01"}]
    told(send(zhao, "", **body, scope=square), 201)


def test_an_old_page_is_overtaken(operator: Client) -> None:
    outage = lives.fault(moment=NOW - HOUR)
    path = f"{outage.number}/actions/restore/"
    error = refused(send(operator, path, seen=1), 409, "conflict")
    assert "刚刚" in error["message"]


def test_a_part_comes_back_by_its_codes(operator: Client) -> None:
    outage = lives.fault(lives.LINE_ONE, moment=NOW - HOUR)
    path = f"{outage.number}/actions/restore_part/"
    error = refused(send(operator, path, transformers=["T-XX"]), 400, "invalid")
    assert "T-XX" in error["fields"]["transformers"][0]
    told(send(operator, path, transformers=["T-YY1-01"]))


def test_a_draft_goes_into_another(operator: Client) -> None:
    one, other = lives.drafted(), lives.drafted(lives.SCHOOL)
    path = f"{one.number}/actions/merge/"
    error = refused(send(operator, path, into="TD-1"), 400, "invalid")
    assert "没有这个停电编号" in error["fields"]["into"][0]
    assert told(send(operator, path, into=other.number))["status"] == "cancelled"


def test_an_unknown_act_is_not_found(operator: Client) -> None:
    outage = lives.fault()
    refused(send(operator, f"{outage.number}/actions/explode/"), 404, "not_found")
    refused(send(operator, f"{outage.number}/actions/break_out/"), 404, "not_found")


def test_works_are_moved_with_both_their_times(operator: Client) -> None:
    outage = lives.announced()
    later = {"starts_at": "2026-09-20T09:00:00+08:00", "reason": "改期"}
    answer = send(operator, f"{outage.number}/actions/reschedule/", **later)
    fields = refused(answer, 400, "invalid")["fields"]
    assert fields == {"ends_at": ["请填写计划复电时间。"]}


def test_arrears_are_drafted_moved_called_off_and_read_by_keepers(
    operator: Client,
) -> None:
    body = {
        "kind": "arrears",
        "scope": [{"level": "account", "code": "1200000001"}],
        "works": [],
        "arrears": {"due_on": "2026-07-01", "reminded_on": ["2026-07-20"]},
    }
    facts = {"reason": "逾期未交电费", "starts_at": START}
    whole = told(send(operator, "", **facts, **body), 201)
    path = f"{whole['number']}/actions"
    for act in ("approve", "announce"):
        person = as_(zhou()) if act == "approve" else operator
        whole = told(send(person, f"{path}/{act}/"))
    assert whole["sentence"] == "9月9日（周三） 09:00 开始停电，恢复时间待定。"
    later = {"starts_at": "2026-09-10T09:00:00+08:00", "reason": "改期"}
    whole = told(send(operator, f"{path}/reschedule/", **later))
    assert whole["sentence"] == "9月10日（周四） 09:00 开始停电，恢复时间待定。"
    whole = told(send(operator, f"{path}/cancel/", reason="已交清"))
    assert whole["sentence"] == "停电已取消，照常供电。"


def test_a_draft_is_changed_where_it_says_so(operator: Client) -> None:
    outage = lives.drafted()
    path = f"{outage.number}/actions/change/"
    whole = told(send(operator, path, scope=LINE, reason="更换电缆"))
    assert whole["households"] == 600
    assert whole["reason"] == "更换电缆"
    assert whole["starts_at"] == START
