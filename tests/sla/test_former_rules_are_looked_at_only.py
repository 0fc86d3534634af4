"""The history of a rule is read: whoever wants it back edits the rule, as a version."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sla.models import Policy
from tests import cast
from tests.sla.test_operators_keep_the_rules import changed, policy_form, value_of

pytestmark = pytest.mark.usefixtures("laws")


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(cast.sun())
    return client


@pytest.fixture
def policy(operator: Client) -> Policy:
    """A policy whose title was changed once."""
    found = Policy.objects.get(key="tianjin-2025")
    changed(operator, found, title="改过的名称")
    found.refresh_from_db()
    return found


def former(policy: Policy) -> str:
    """Return the address of the state before the last one."""
    before: Any = policy.history.all()[1]
    return reverse("admin:sla_policy_simple_history", args=[policy.pk, before.pk])


def test_a_former_state_is_shown_without_a_way_to_save_it(
    operator: Client, policy: Policy
) -> None:
    history = operator.get(reverse("admin:sla_policy_history", args=[policy.pk]))
    assert history.status_code == 200

    page = operator.get(former(policy))

    assert page.status_code == 200
    assert 'type="submit"' not in page.content.decode().split("<main", 1)[-1]


def test_nothing_is_saved_past_versions_and_preview(
    operator: Client, policy: Policy
) -> None:
    form = policy_form(policy, title="绕过版本的名称")

    assert operator.post(former(policy), form).status_code == 403

    version = policy.version
    policy.refresh_from_db()
    assert (policy.title, policy.version) == ("改过的名称", version)


def test_a_replaced_version_stays_as_it_was(operator: Client, policy: Policy) -> None:
    address = former(policy)
    Policy.objects.filter(pk=policy.pk).update(superseded_at=cast.NOW)

    assert operator.post(address, policy_form(policy, title="改写")).status_code == 403

    policy.refresh_from_db()
    assert policy.title == "改过的名称"


@pytest.mark.parametrize("key", ["abc", "9" * 30, "_5F", "-1", "0"])
@pytest.mark.parametrize("model", ["policy", "calendarnotice", "region"])
def test_the_history_of_nothing_is_not_found(
    operator: Client, model: str, key: str
) -> None:
    assert operator.get(f"/admin/sla/{model}/{key}/history/").status_code == 404
    assert operator.get(f"/admin/sla/{model}/{key}/history/{key}/").status_code == 404


def test_the_history_is_nobody_elses(client: Client, policy: Policy) -> None:
    address = former(policy)
    for who in (cast.wang(), cast.liu()):
        client.force_login(who)
        assert client.get(address).status_code == 403
        assert client.get(f"/admin/sla/policy/{policy.pk}/history/").status_code == 403


def test_a_limit_edited_is_in_the_history(operator: Client, policy: Policy) -> None:
    field = value_of(policy, "three_zero", "total")
    changed(operator, policy, **{field: "4"})

    assert policy.history.count() >= 3
