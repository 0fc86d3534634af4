"""供电方案答复单, findings, meter and 户号: readable, and no more than may be read."""

from dataclasses import replace

import pytest

from applications.lifecycle import Status
from applications.services import casework, planning
from tests import cast
from tests.tracking.visits import browser_of, on, page_of, text_of

pytestmark = pytest.mark.django_db


def test_the_plan_can_be_read_and_printed() -> None:
    application = cast.walk(Status.PLAN_REPLIED, cast.FACTORY)
    with on(cast.NOW):
        page = browser_of(application.filed_by).get(f"{page_of(application)}plan/")
    said = text_of(page)
    for words in ("10千伏友谊线 友谊路3号台区", "高供高计", "2027年9月1日（周三）"):
        assert words in said
    assert "data-print" in page.content.decode()
    assert "尚未答复" in said


def test_there_is_no_plan_before_it_was_replied() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    with on(cast.NOW):
        client = browser_of(application.filed_by)
        assert client.get(f"{page_of(application)}plan/").status_code == 404


def test_earlier_rounds_stay_readable_with_the_objection() -> None:
    application = cast.walk(Status.PLAN_REPLIED, cast.FACTORY)
    owner = application.filed_by
    planning.object_plan(application, by=owner, at=cast.NOW, reason="离得太远")
    planning.take_objection(application, by=cast.wang(), at=cast.NOW)
    offer = replace(
        cast.offer_for(application), supply_point="更近的线路", works="自建0.4千米"
    )
    planning.reply_plan(application, by=cast.wang(), at=cast.NOW, offer=offer)
    planning.confirm_plan(application, by=owner, at=cast.NOW)
    with on(cast.NOW):
        said = text_of(browser_of(owner).get(f"{page_of(application)}plan/"))
    assert said.index("更近的线路") < said.index("离得太远")
    assert "第 2 次答复" in said
    assert "自建0.4千米" in said
    assert "确认" in said


def test_an_owner_reads_their_own_address_and_others_the_street() -> None:
    application = cast.walk(Status.ENERGISED)
    with on(cast.NOW):
        own = browser_of(application.filed_by).get(page_of(application))
        looked_on = browser_of(cast.liu()).get(page_of(application))
    assert "3门401" in own.content.decode()
    assert "3门401" not in looked_on.content.decode()


def test_a_person_s_name_and_numbers_are_masked_everywhere() -> None:
    application = cast.walk(Status.ENERGISED)
    for person in (application.filed_by, cast.liu()):
        client = browser_of(person)
        for page in ("", "plan/", "papers/"):
            with on(cast.NOW):
                html = client.get(f"{page_of(application)}{page}").content.decode()
            for personal in ("张建国", "11010519491231002X", "13800000001"):
                assert personal not in html


def test_the_account_number_is_whole_for_its_owner_and_masked_for_others() -> None:
    application = cast.walk(Status.ENERGISED)
    number = application.connection.account_number
    for person, whole in (
        (application.filed_by, True),
        (cast.wang(), True),
        (cast.liu(), False),
    ):
        with on(cast.NOW):
            said = text_of(browser_of(person).get(page_of(application)))
        assert (number in said) is whole
        assert application.connection.meter_number in said


def test_the_contact_is_a_surname_and_a_number() -> None:
    waiting, taken = cast.submitted(), cast.walk(Status.ACCEPTED)
    client = browser_of(cast.zhang())
    with on(cast.NOW):
        assert "受理后会为您安排客户经理。" in text_of(client.get(page_of(waiting)))
        assert "王工（T0012）" in text_of(client.get(page_of(taken)))


def test_a_late_entry_and_an_exempt_clock_are_marked_in_words() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    upgrade = casework.Upgrade(
        "友谊线改造",
        "友谊路",
        "满载",
        "城南公司",
        "周主任",
        cast.at("2026-12-31").date(),
    )
    casework.flag_grid_upgrade(
        application, by=cast.wang(), at=cast.NOW, upgrade=upgrade
    )
    with on(cast.NOW):
        said = text_of(browser_of(application.filed_by).get(page_of(application)))
    assert "受限已报备" in said
    assert "因公共电网升级改造，已向监管部门报备。" in said


def test_three_zero_shows_both_counts_on_the_page() -> None:
    application = cast.walk(Status.PLAN_REPLIED, moment=cast.at("2026-11-02"))
    with on(cast.at("2026-11-04")):
        said = text_of(browser_of(application.filed_by).get(page_of(application)))
    assert "全过程已用 2 个工作日（按此考核）" in said
    assert "供电企业用了 0 个工作日" in said
