"""The dispatcher's queue and order page: by urgency, within reach, acts with forms."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from outages.models import Crew, OutageEvent, RepairOrder
from outages.services import network, repairing, running
from portal.accounts.models import User
from tests import cast
from tests.grid import Grid
from tests.repairs.desk import crew, cut_for_arrears, fault, on_site, ordered, reported
from tests.repairs.pages import browser_of, on, text_of

QUEUE = "/admin/outages/repairorder/"
LATER = cast.NOW + timedelta(minutes=50)


def page_of(order: RepairOrder) -> str:
    return f"{QUEUE}{order.pk}/change/"


def press(client: Client, order: RepairOrder, action: str, **said: Any) -> Any:
    """Send the form of an act as the page showed it."""
    said.setdefault("seen", order.last_seq)
    answer = client.post(f"{QUEUE}{order.pk}/act/{action}/", said)
    order.refresh_from_db()
    return answer


def test_the_most_urgent_first_then_the_oldest(net: Grid) -> None:
    old = ordered(net, premises=None, place="甲地", at=cast.NOW)
    new = ordered(net, premises=None, place="乙地", at=LATER)
    urgent = ordered(net, premises=None, place="丙地", trouble="danger", at=LATER)
    with on(LATER):
        page = browser_of(cast.wang()).get(QUEUE)
    said = text_of(page)
    places = [said.index(order.number) for order in (urgent, old, new)]
    assert places == sorted(places)
    assert "超 5 分钟" in said
    assert "特急" in said


def test_nobody_sits_in_the_dark_for_a_lamp(net: Grid) -> None:
    lamp = ordered(net, trouble="street_light")
    home = ordered(net, at=LATER)
    said = text_of(browser_of(cast.wang()).get(QUEUE))
    assert said.index(home.number) < said.index(lamp.number)


def test_each_queue_holds_its_own(net: Grid) -> None:
    waiting = ordered(net, premises=net.market_hall)
    there = on_site(net)
    client = browser_of(cast.wang())
    for queue, found, missing in (
        ("received", waiting, there),
        ("on_site", there, waiting),
    ):
        said = text_of(client.get(f"{QUEUE}?queue={queue}"))
        assert found.number in said
        assert missing.number not in said
    assert there.number in text_of(client.get(f"{QUEUE}?queue=all"))
    assert "这里没有抢修单" in text_of(client.get(f"{QUEUE}?queue=restored"))
    assert waiting.number in text_of(client.get(f"{QUEUE}?queue=nonsense"))


@pytest.mark.parametrize(("who", "status"), [("li", 404), ("wang", 200), ("sun", 200)])
def test_another_district_does_not_exist(net: Grid, who: str, status: int) -> None:
    order = ordered(net)
    client = browser_of(getattr(cast, who)())
    assert client.get(page_of(order)).status_code == status
    assert (order.number in text_of(client.get(QUEUE))) == (status == 200)


def test_an_applicant_does_not_come_in(net: Grid) -> None:
    assert browser_of(cast.zhang()).get(QUEUE).status_code == 302


def test_a_regulator_looks_and_reads_no_house_number(net: Grid) -> None:
    order = ordered(net, phone="13800000001", description="闻到焦味")
    client = browser_of(cast.liu())
    for page in (QUEUE, page_of(order)):
        said = text_of(client.get(page))
        assert "友谊路****" in said
        assert "3门401" not in said
    assert "焦味" not in said
    assert "现在可以办" not in said
    assert press(client, order, "arrive").status_code == 403
    answer: Any = client.post(f"{QUEUE}{order.pk}/phone/")
    assert answer.status_code == 403


def test_from_dispatch_to_call_back_through_the_page(net: Grid) -> None:
    order, team = ordered(net), crew()
    client = browser_of(cast.wang())
    with on(cast.NOW + timedelta(minutes=5)):
        answers: list[tuple[str, dict[str, Any]]] = [
            ("dispatch", {"crew": team.pk, "estimated_at": "2026-09-01T11:00"}),
            ("arrive", {}),
            ("start_repair", {}),
            ("estimate", {"estimated_at": "2026-09-01T12:00", "reason": "要开挖"}),
            ("restore", {"outcome": "更换熔断器"}),
            ("close", {"outcome": "满意"}),
        ]
        for action, said in answers:
            form = client.get(f"{QUEUE}{order.pk}/act/{action}/")
            assert form.status_code == 200, action
            assert press(client, order, action, **said).status_code == 302, action
    assert (order.status, order.outcome) == ("closed", "满意")
    assert "已办理“回访办结”" in text_of(client.get(page_of(order)))


def test_only_crews_that_can_go_are_offered(net: Grid) -> None:
    order = ordered(net)
    for team in (crew(), crew("下班的班组", on_duty=False), crew("和平", cast.HEPING)):
        assert team.pk
    client = browser_of(cast.wang())
    form = text_of(client.get(f"{QUEUE}{order.pk}/act/dispatch/"))
    assert "河西抢修一班" in form
    assert "下班的班组" not in form
    assert "和平" not in form
    wrong = Crew.objects.get(name="下班的班组")
    answer = press(client, order, "dispatch", crew=wrong.pk)
    assert "不负责本区或不当值" in text_of(answer)
    assert order.status == "received"


def test_only_outages_that_cut_this_place_are_offered(net: Grid) -> None:
    order, here, there = ordered(net), fault(net), fault(net, "T-YY1-03")
    client = browser_of(cast.wang())
    form = text_of(client.get(f"{QUEUE}{order.pk}/act/link/"))
    assert here.number in form
    assert there.number not in form
    assert press(client, order, "link", outage=here.pk).status_code == 302
    assert order.outage == here
    later = cast.NOW + timedelta(minutes=9)
    running.restore(here, by=cast.sun(), at=later)
    assert "关联的停电已于" in text_of(client.get(page_of(order)))


@pytest.mark.parametrize("place", [{}, {"premises": None, "place": "海河边"}])
def test_a_wider_place_is_offered_wider_outages(
    net: Grid, place: dict[str, Any]
) -> None:
    order, outage = ordered(net, **place), fault(net, "T-YY1-03")
    if not place:
        repairing.widen(order, by=cast.wang(), at=cast.NOW)
    form = browser_of(cast.wang()).get(f"{QUEUE}{order.pk}/act/link/")
    assert outage.number in text_of(form)


def test_a_bad_answer_stays_on_the_page(net: Grid) -> None:
    order = ordered(net)
    client = browser_of(cast.wang())
    with on(LATER):
        answer = press(
            client, order, "estimate", estimated_at="2026-08-01T08:00", reason="错了"
        )
    assert answer.status_code == 200
    assert "须晚于现在" in text_of(answer)
    assert 'value="错了"' in answer.content.decode()


def test_a_page_that_was_overtaken_shows_the_latest(net: Grid) -> None:
    order = ordered(net)
    repairing.note(order, text="用户家有孕妇", by=cast.zhao(), at=cast.NOW)
    client = browser_of(cast.wang())
    with on(LATER):
        answer = press(client, order, "dispatch", crew=crew().pk, seen=1)
    assert answer.status_code == 409
    said = text_of(answer)
    assert "赵班长" in said
    assert "用户家有孕妇" in said
    assert order.status == "received"


def test_an_act_that_is_not_due_says_so(net: Grid) -> None:
    order = ordered(net, trouble="danger")
    client = browser_of(cast.wang())
    assert "须到现场" in text_of(client.get(page_of(order)))
    answer = client.get(f"{QUEUE}{order.pk}/act/dismiss/")
    assert answer.status_code == 403
    assert client.get(f"{QUEUE}{order.pk}/act/join/").status_code == 404


def test_telephones_are_shown_once_and_written_down(net: Grid) -> None:
    order = ordered(net, phone="13800000001", photo=None)
    client = browser_of(cast.wang())
    assert "138****0001" in text_of(client.get(page_of(order)))
    looked: Any = client.post(f"{QUEUE}{order.pk}/phone/")
    assert "13800000001" in text_of(looked)
    event = OutageEvent.objects.filter(reference=order.number).latest("seq")
    assert (event.note, event.by) == ("查看报修人电话", cast.wang())
    assert "13800000001" not in text_of(client.get(page_of(order)))
    back: Any = client.get(f"{QUEUE}{order.pk}/phone/")
    assert back.url == page_of(order)


def test_a_line_that_may_have_failed_is_one_press_away(net: Grid) -> None:
    school = network.add_premises(transformer=net.school, address="友谊路20号小学")
    for premises in (net.garden_gate, school, net.market_hall):
        order = ordered(net, premises=premises)
    href = reverse("admin:outages_outage_fault")
    client = browser_of(cast.zhao())
    for page in (QUEUE, page_of(order)):
        answer = client.get(page)
        assert "友谊一线有3个台区先后报修" in text_of(answer)
        assert f'href="{href}?scope=L-YY1&amp;reason=' in answer.content.decode()
    form = client.get(f"{href}?scope=L-YY1&reason=疑似线路故障").content.decode()
    assert "L-YY1</textarea>" in form
    assert 'value="疑似线路故障"' in form
    manager = browser_of(cast.wang()).get(QUEUE)
    assert "友谊一线有3个台区先后报修" in text_of(manager)
    assert href not in manager.content.decode()


def test_a_home_that_is_cut_for_arrears_is_known_to_the_dispatcher_alone(
    net: Grid,
) -> None:
    outage = cut_for_arrears(net.zhang_home)
    at = outage.began_at
    assert at is not None
    order = ordered(net, premises=None, account=net.zhang_home, at=at)
    words = f"户号 {net.zhang_home.number} 正在欠费停电"
    assert words in text_of(browser_of(cast.wang()).get(page_of(order)))
    assert words not in text_of(browser_of(cast.liu()).get(page_of(order)))
    other = ordered(net, premises=net.market_hall, at=at)
    assert "欠费停电" not in text_of(browser_of(cast.wang()).get(page_of(other)))


def test_a_lamp_has_no_clock_on_its_chip(net: Grid) -> None:
    ordered(net, trouble="street_light")
    assert "路灯不计时" in text_of(browser_of(cast.wang()).get(QUEUE))


def test_history_is_the_page_itself(net: Grid) -> None:
    order = ordered(net)
    reported(net, phone="13800000002")
    said = text_of(browser_of(cast.wang()).get(f"{QUEUE}{order.pk}/history/"))
    assert "又有人报修" in said


@pytest.mark.parametrize(
    ("who", "add"), [(cast.sun, 200), (cast.zhao, 200), (cast.wang, 403)]
)
def test_who_keeps_the_network_keeps_the_crews(net: Grid, who: Any, add: int) -> None:
    person: User = who()
    crew()
    client = browser_of(person)
    assert client.get("/admin/outages/crew/add/").status_code == add
    assert "河西区" in text_of(client.get("/admin/outages/crew/"))
    team = Crew.objects.get()
    gone = client.get(f"/admin/outages/crew/{team.pk}/delete/")
    assert gone.status_code == 403


def test_nothing_is_added_or_deleted_by_hand(net: Grid) -> None:
    order, client = ordered(net), browser_of(cast.sun())
    assert client.get(f"{QUEUE}add/").status_code == 403
    assert client.get(f"{QUEUE}{order.pk}/delete/").status_code == 403
    assert client.get(f"{QUEUE}nonsense/change/").status_code == 404
