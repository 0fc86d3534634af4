"""Operators enter notices and edit policies in the admin, and see what moves first."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from sla.admin import operators
from sla.models import CalendarNotice, Clock, Policy, PolicyLimit
from tests import cast
from tests.sla.world import act, at, kinds, notice, started

pytestmark = pytest.mark.usefixtures("laws")
PAGES = [
    "sla_region_changelist",
    "sla_calendarnotice_changelist",
    "sla_calendarnotice_add",
    "sla_policy_changelist",
    "sla_policy_add",
    "sla_clock_changelist",
    "sla_clock_recompute",
]


@pytest.fixture
def operator(client: Client) -> Client:
    """孙运维 at the admin, past the second factor."""
    client.force_login(cast.sun())
    return client


def page(client: Client, name: str, *args: object) -> Any:
    """Read a page of the admin."""
    return client.get(reverse(f"admin:{name}", args=args))


def notice_form(*days: tuple[str, bool], **more: str) -> dict[str, str]:
    """Fill in a notice as the browser would send it."""
    form = {
        "region": "100000",
        "title": "2027年放假安排",
        "source": "国办发明电〔2026〕9号",
        "published_on": "2026-11-04",
        "covered_until": "2027-12-31",
        "days-TOTAL_FORMS": str(len(days)),
        "days-INITIAL_FORMS": "0",
    } | more
    for index, (day, works) in enumerate(days):
        form[f"days-{index}-date"] = day
        form[f"days-{index}-name"] = "元旦"
        if works:
            form[f"days-{index}-workday"] = "on"
    return form


@pytest.mark.parametrize("name", ["sla_calendarnotice_add", "sla_policy_change"])
def test_every_input_says_what_it_is(operator: Client, name: str) -> None:
    known = [] if name.endswith("add") else [PolicyLimit.objects.first().policy_id]
    content = page(operator, name, *known).content.decode()
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', content))
    inputs = [
        found[0]
        for found in re.finditer(r"<(input|select|textarea)\b[^>]*>", content)
        if not re.search(r'type="(hidden|submit)"', found[0])
    ]
    nameless = [
        tag
        for tag in inputs
        if "aria-label=" not in tag
        and re.search(r'id="([^"]+)"', tag)[1] not in labelled
    ]
    assert len(inputs) > 20
    assert nameless == []


def test_operators_find_the_pages_on_the_list_of_apps(operator: Client) -> None:
    told = operator.get("/admin/sla/").content.decode()
    for model in ("region", "calendarnotice", "policy", "clock"):
        assert reverse(f"admin:sla_{model}_changelist") in told


@pytest.mark.parametrize("name", PAGES)
def test_operators_see_every_page(operator: Client, name: str) -> None:
    assert page(operator, name).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", [cast.wang, cast.zhao, cast.liu])
def test_nobody_else_sees_any(client: Client, name: str, who: Any) -> None:
    client.force_login(who())
    assert page(client, name).status_code == 403


def test_a_notice_is_entered_and_the_preview_shown(operator: Client) -> None:
    clock = started("2026-12-28")
    with time_machine.travel(at("2026-12-29"), tick=False):
        operator.force_login(cast.sun())  # a session does not last that long
        response = operator.post(
            reverse("admin:sla_calendarnotice_add"),
            notice_form(("2027-01-04", False), ("2027-01-02", False)),
            follow=True,
        )
    assert response.redirect_chain[-1][0] == reverse("admin:sla_clock_recompute")
    told = response.content.decode()
    assert "1 条期限移动" in told
    assert "2027-01-13" in told
    assert "与原有安排相同：2027-01-02（周六）休息。" in told
    assert kinds(clock) == ["start"]
    made = CalendarNotice.objects.get()
    assert (made.entered_by, made.version) == (cast.sun().label(), 1)


def test_confirming_moves_the_clocks(operator: Client) -> None:
    clock = started("2026-12-28")
    notice({"2027-01-04": False}, until="2027-12-31")
    with time_machine.travel(at("2026-12-29"), tick=False):
        operator.force_login(cast.sun())  # a session does not last that long
        response = operator.post(reverse("admin:sla_clock_recompute"), follow=True)
    assert "已重算：1 条期限移动" in response.content.decode()
    assert clock.events.get(kind="recompute").by == cast.sun().label()


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([], "通知里没有任何日期"),
        ([("2027-03-03", True)], "本来就上班"),
        ([("2028-01-03", False)], "晚于本通知安排的最后一天"),
        ([("2222-01-03", False)], "2000 年至 2100 年"),
    ],
)
def test_a_notice_that_cannot_be_meant_is_refused(
    operator: Client, days: list[tuple[str, bool]], sentence: str
) -> None:
    response = operator.post(
        reverse("admin:sla_calendarnotice_add"), notice_form(*days)
    )
    assert sentence in response.content.decode()
    assert not CalendarNotice.objects.exists()


def test_a_notice_without_a_date_of_its_own_is_refused_once(operator: Client) -> None:
    response = operator.post(
        reverse("admin:sla_calendarnotice_add"),
        notice_form(("2027-01-04", False), published_on=""),
    )
    assert response.status_code == 200
    assert not CalendarNotice.objects.exists()


def test_an_edited_notice_counts_a_version(operator: Client) -> None:
    made = notice({"2027-01-04": False}, until="2027-12-31")
    row = made.days.get()
    form = notice_form(("2027-01-05", False)) | {
        "days-INITIAL_FORMS": "1",
        "days-0-id": str(row.pk),
        "days-0-notice": str(made.pk),
    }
    url = reverse("admin:sla_calendarnotice_change", args=[made.pk])
    assert operator.post(url, form).status_code == 302
    made.refresh_from_db()
    assert (made.version, str(made.days.get().date)) == (2, "2027-01-05")
    deleted = form | {"days-0-DELETE": "on"}
    assert "通知里没有任何日期" in operator.post(url, deleted).content.decode()


def policy_form(policy: Policy, **more: str) -> dict[str, str]:
    """Send a policy back as it is, but for some fields."""
    form = {
        name: str(getattr(policy, name) or "")
        for name in ("level", "title", "source", "clause", "valid_from", "valid_to")
    }
    limits = list(policy.limits.order_by("pk"))
    form |= {
        "region": policy.region_id,
        "note": policy.note,
        "commitments": policy.commitments,
        "limits-TOTAL_FORMS": str(len(limits)),
        "limits-INITIAL_FORMS": str(len(limits)),
    }
    for index, limit in enumerate(limits):
        form |= {
            f"limits-{index}-{name}": str(getattr(limit, name))
            for name in ("id", "user_type", "stage", "value", "unit", "measure")
        }
        form[f"limits-{index}-policy"] = str(policy.pk)
        form[f"limits-{index}-note"] = limit.note
    return form | more


def changed(client: Client, policy: Policy, **more: str) -> Any:
    """Save a policy in the admin."""
    url = reverse("admin:sla_policy_change", args=[policy.pk])
    return client.post(url, policy_form(policy, **more))


def value_of(policy: Policy, user_type: str, stage: str) -> str:
    """Return the name of the field that holds a limit."""
    keys = list(policy.limits.order_by("pk").values_list("user_type", "stage"))
    return f"limits-{keys.index((user_type, stage))}-value"


def test_a_limit_is_edited_in_place_and_counts_a_version(operator: Client) -> None:
    policy = Policy.objects.get(key="tianjin-2025")
    field = value_of(policy, "three_zero", "total")
    assert changed(operator, policy, **{field: "4"}).status_code == 302
    policy.refresh_from_db()
    limit = PolicyLimit.objects.get(policy=policy, user_type="three_zero")
    assert (policy.version, limit.value) == (2, 4)
    assert limit.history.count() == 2


def test_an_edit_of_an_earlier_version_overwrites_nothing(operator: Client) -> None:
    policy = Policy.objects.get(key="tianjin-2025")
    opened = page(operator, "sla_policy_change", policy.pk).content.decode()
    assert '<input type="hidden" name="seen" value="1"' in opened
    assert changed(operator, policy, seen="1", title="甲改").status_code == 302
    stale = changed(operator, policy, seen="1", title="乙改").content.decode()
    assert "刚刚由他人修改，请重新打开" in stale
    assert 'value="乙改"' in stale
    policy.refresh_from_db()
    assert (policy.title, policy.version) == ("甲改", 2)
    assert changed(operator, policy, seen="2", title="乙改").status_code == 302


def test_a_sum_that_does_not_add_up_is_refused(operator: Client) -> None:
    policy = Policy.objects.get(key="tianjin-2025")
    field = value_of(policy, "low_voltage", "plan_reply")
    response = changed(operator, policy, **{field: "2"})
    assert "各环节之和 5，与合计 6 不符" in response.content.decode()
    assert policy.limits.get(user_type="low_voltage", stage="plan_reply").value == 3


def test_a_second_policy_for_the_same_time_is_refused(operator: Client) -> None:
    policy = Policy.objects.get(key="national-2023")
    response = changed(operator, policy, valid_to="2025-07-01")
    assert "有效期与“供电企业办理用电报装业务时限要求”重叠" in response.content.decode()


def test_a_policy_without_anything_or_a_period_is_refused(operator: Client) -> None:
    policy = Policy.objects.get(key="linyi-2022")
    response = changed(operator, policy, commitments="")
    assert "既没有时限，也没有承诺" in response.content.decode()
    assert changed(operator, policy, valid_from="").status_code == 200


def test_a_limit_that_is_none_is_refused_before_sums_are_looked_at(
    operator: Client,
) -> None:
    policy = Policy.objects.get(key="tianjin-2025")
    field = value_of(policy, "low_voltage", "plan_reply")
    for value, sentence in (("0", "大于或等于"), ("300", "超过一年")):
        told = changed(operator, policy, **{field: value}).content.decode()
        assert sentence in told
        assert "各环节之和" not in told


def test_a_replaced_version_is_read_only(operator: Client) -> None:
    policy = Policy.objects.get(key="linyi-2022")
    Policy.objects.filter(pk=policy.pk).update(superseded_at=at("2026-01-01"))
    assert page(operator, "sla_policy_change", policy.pk).status_code == 200
    assert changed(operator, policy, title="改写").status_code == 403


def test_a_new_policy_leads_to_the_preview(operator: Client) -> None:
    policy = Policy.objects.get(key="linyi-2022")
    form = policy_form(policy, key="linyi-2026", valid_from="2026-01-01")
    response = operator.post(reverse("admin:sla_policy_add"), form)
    assert response.headers["Location"] == reverse("admin:sla_clock_recompute")


def test_nothing_is_deleted(operator: Client) -> None:
    policy = Policy.objects.get(key="linyi-2022")
    assert page(operator, "sla_policy_delete", policy.pk).status_code == 403


def test_a_clock_is_looked_at_with_its_days(operator: Client) -> None:
    clock = act("pause", started("2026-09-01"), "2026-09-03")
    told = page(operator, "sla_clock_change", clock.pk).content.decode()
    assert "为什么是这一天" in told
    assert "等待客户" in told
    assert page(operator, "sla_clock_delete", clock.pk).status_code == 403
    assert page(operator, "sla_clock_add").status_code == 403


def test_the_list_of_clocks_costs_the_same_however_long(
    operator: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        started("2026-09-01")
    with django_assert_max_num_queries(10):
        told = page(operator, "sla_clock_changelist").content.decode()
    assert reverse("admin:sla_clock_recompute") in told
    assert Clock.objects.count() == 8


def test_somebody_without_a_label_is_named_all_the_same(rf: Any) -> None:
    request = rf.get("/")
    request.user = User(username="sun", role="operator")
    assert operators.by(request) == "sun"
    request.user = "系统"
    assert operators.by(request) == "系统"
