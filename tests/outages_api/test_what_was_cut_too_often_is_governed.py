"""频繁停电 over the API: the public list, one case, and the acts of the desk."""

import pytest
from django.test import Client

from outages.api.governance import CASE_ACTS
from outages.lifecycles.governance import ACTS
from outages.models import GovernanceCase
from sla.ground.actors import Role
from tests import cast
from tests.governance.world import case_of, cut_on
from tests.grid import Grid
from tests.outages_api.conftest import ROOT, as_, refused, send, told

DAYS = ("2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")
PLAN = {"measures": "更换电缆", "planned_on": "2026-09-30", "responsible": "sun"}


@pytest.fixture
def case(net: Grid) -> GovernanceCase:
    """Return the case of 海河花园, cut four times in August."""
    cast.sun()
    cut_on(net.garden, *DAYS)
    return case_of(net.garden)


def test_every_act_of_people_has_its_body() -> None:
    by_people = {name for name, facts in ACTS.items() if facts.who != {Role.SYSTEM}}
    assert set(CASE_ACTS) == by_people


def test_everybody_reads_who_is_governed_and_why(
    anybody: Client, case: GovernanceCase
) -> None:
    (line,) = told(anybody.get(f"{ROOT}frequent/", {"district": cast.HEXI}))
    assert line["number"] == case.number
    assert line["name"] == "海河花园台区"
    assert told(anybody.get(f"{ROOT}frequent/", {"district": cast.HEPING})) == []
    refused(anybody.get(f"{ROOT}frequent/", {"district": "999999"}), 400, "invalid")
    whole = told(anybody.get(f"{ROOT}frequent/{case.number}/"))
    counted = [each["began_at"][:10] for each in whole["findings"][0]["outages"]]
    assert sorted(counted) == sorted(DAYS)
    assert whole["actions"] == []


def test_a_case_is_planned_and_worked(case: GovernanceCase) -> None:
    sun = as_(cast.sun())
    path = f"frequent/{case.number}/actions"
    whole = told(sun.get(f"{ROOT}frequent/{case.number}/"))
    assert "plan" in whole["allowed_actions"]
    whole = told(send(sun, f"{path}/plan/", **PLAN, seen=whole["seen"]))
    assert whole["case"]["planned_on"] == "2026-09-30"
    for act in ("start_works", "finish_works"):
        whole = told(send(sun, f"{path}/{act}/"))
    assert whole["case"]["status"] == "observed"
    error = refused(send(sun, f"{path}/close/"), 403, "forbidden")
    assert error["message"]


def test_a_bad_plan_is_refused_by_field(case: GovernanceCase) -> None:
    path = f"frequent/{case.number}/actions/plan/"
    sun = as_(cast.sun())
    for wrong in ("planned_on", "responsible", "measures"):
        bad = {"planned_on": "2026-08-01", "responsible": "nobody", "measures": " "}
        body = PLAN | {wrong: bad[wrong]}
        error = refused(send(sun, path, **body), 400, "invalid")
        assert wrong in error["fields"]


def test_only_those_who_govern_act(anybody: Client, case: GovernanceCase) -> None:
    path = f"frequent/{case.number}/actions/plan/"
    refused(send(anybody, path, **PLAN), 401, "not_authenticated")
    refused(send(as_(cast.zhang()), path, **PLAN), 403, "forbidden")
    refused(send(as_(cast.liu()), path, **PLAN), 403, "forbidden")
    lift = f"frequent/{case.number}/actions/lift/"
    refused(send(as_(cast.sun()), lift), 404, "not_found")
