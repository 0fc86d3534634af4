"""The admin of governance: queues, the page of a case, acts with their refusals."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from outages.models import GovernanceCase
from outages.services import governance
from sla.models import Region
from tests.cast import HEPING, at, li, liu, sun, wang, zhang, zhao
from tests.governance.pages import desk_of, signed_in, text
from tests.governance.world import case_of, cut_on, finish, observe, plan
from tests.grid import Grid, zhou

pytestmark = pytest.mark.django_db
NOW = at("2026-09-01")
LIST = "/admin/outages/governancecase/"
FOUR = ("2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(network: Grid) -> GovernanceCase:
    cut_on(network.garden, *FOUR)
    return case_of(network.garden)


def press(client: Client, case: GovernanceCase, action: str, **answers: object):
    answers.setdefault("seen", case.last_seq)
    response = client.post(desk_of(case, action), answers)
    case.refresh_from_db()
    return response


def shown(client: Client, queue: str) -> bool:
    return "海河花园台区" in text(client.get(LIST, {"queue": queue}))


def test_a_case_wanders_through_the_queues(case: GovernanceCase) -> None:
    def where() -> set[str]:
        client = signed_in(sun())
        names = ("to_plan", "late", "works", "ending", "observed", "all")
        return {name for name in names if shown(client, name)}

    assert where() == {"to_plan", "all"}
    plan(case, NOW, "2026-09-10")
    assert where() == {"works", "all"}
    with time_machine.travel(at("2026-09-11"), tick=False):
        assert where() == {"late", "works", "all"}
        assert "已超期" in text(signed_in(sun()).get(LIST))
    governance.start_works(case, by=sun(), at=NOW)
    governance.finish_works(case, by=sun(), at=NOW)
    assert where() == {"observed", "all"}
    for day, ending in [("2026-10-23", False), ("2026-10-24", True)]:
        with time_machine.travel(at(day), tick=False):
            assert ("ending" in where()) == ending


def test_an_outage_after_the_works_leaves_the_queue_of_the_ending(
    network: Grid, case: GovernanceCase
) -> None:
    observe(case, NOW)
    cut_on(network.garden, "2026-10-15")
    with time_machine.travel(at("2026-10-30"), tick=False):
        assert not shown(signed_in(sun()), "ending")


def test_near_misses_are_shown_to_staff_of_the_district(network: Grid) -> None:
    cut_on(network.garden, *FOUR[:3])
    cut_on(network.youyi_two, "2026-01-01", "2026-03-02", "2026-05-02", "2026-07-02")
    cut_on(network.youyi_two, "2026-08-31")
    page = text(signed_in(sun()).get(f"{LIST}near/"))
    assert "海河花园台区" in page
    assert "连续60天已3次，上限3次" in page
    assert "友谊二线" in page
    assert "连续365天已5次，上限5次" in page
    assert "海河花园台区" in text(signed_in(wang()).get(f"{LIST}near/"))
    other = text(signed_in(li()).get(f"{LIST}near/"))
    assert "没有再停一次即超标的线路、台区" in other


def test_a_page_shows_evidence_and_only_what_can_be_done(case: GovernanceCase) -> None:
    client = signed_in(sun())
    page = text(client.get(desk_of(case)))
    assert case.findings["rules"][0]["outages"][0] in page
    assert desk_of(case, "plan") in page
    assert desk_of(case, "start_works") not in page
    observe(case, NOW)
    page = text(client.get(desk_of(case)))
    assert "现在不能销号：施工完成后须连续60天没有计入的停电" in page
    assert "Y0002 周运维" in page
    assert "Y0002 周运维" in text(client.get(f"{LIST}{case.pk}/history/"))


def test_regulators_look_and_inspect_managers_look(case: GovernanceCase) -> None:
    finish(case, NOW)
    regulator = signed_in(liu())
    assert desk_of(case, "inspect") in text(regulator.get(desk_of(case)))
    done = press(regulator, case, "inspect", passed="no", inspection="接头发热")
    assert done.status_code == 302
    assert case.inspection_passed is False
    page = text(signed_in(wang()).get(desk_of(case)))
    assert "接头发热" in page
    assert "现在可以办" not in page


def test_other_districts_and_applicants_see_nothing(case: GovernanceCase) -> None:
    assert signed_in(li()).get(desk_of(case)).status_code == 404
    assert signed_in(li()).get(f"{LIST}{case.pk}/history/").status_code == 404
    assert not shown(signed_in(li()), "all")
    assert signed_in(zhang()).get(LIST).status_code == 302
    assert signed_in(sun()).get(f"{LIST}x/change/").status_code == 404
    assert signed_in(sun()).get(f"{LIST}{case.pk}/act/lift/").status_code == 404


def test_nothing_is_added_changed_or_deleted_field_by_field(
    case: GovernanceCase,
) -> None:
    client = signed_in(sun())
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{LIST}{case.pk}/delete/").status_code == 403
    assert "频繁停电治理" in text(client.get("/admin/"))


def test_a_plan_is_made_at_the_desk(case: GovernanceCase) -> None:
    client = signed_in(sun())
    assert "治理措施" in text(client.get(desk_of(case, "plan")))
    done = press(
        client, case, "plan", measures="换线", planned_on="2026-10-01",
        responsible=zhao().pk,
    )  # fmt: skip
    assert done.status_code == 302
    assert case.responsible_id == zhao().pk
    page = text(client.get(done["Location"]))
    assert "已办理“制定治理方案”，治理现为“方案已定，待施工”。" in page
    for action in ("start_works", "finish_works"):
        assert press(client, case, action).status_code == 302
    assert press(client, case, "note", text="已告知物业").status_code == 302
    inspector = signed_in(zhou())
    press(inspector, case, "inspect", passed="yes", inspection="合格")
    with time_machine.travel(at("2026-10-31"), tick=False):
        assert press(signed_in(sun()), case, "close").status_code == 302
    assert case.status == "closed"


def test_wrong_answers_are_kept_and_explained(case: GovernanceCase) -> None:
    client = signed_in(sun())
    refused = press(
        client, case, "plan", measures="换线", planned_on="2026-08-01",
        responsible=sun().pk,
    )  # fmt: skip
    assert refused.status_code == 200
    page = text(refused)
    assert "计划完成日期不能早于今天。" in page
    assert "换线" in page
    refused = press(client, case, "plan", measures="", planned_on="明天")
    assert case.status == "opened"
    assert text(refused).count("field-error") >= 3


def test_somebody_of_another_district_cannot_be_made_responsible(
    case: GovernanceCase,
) -> None:
    supervisor = zhao()
    supervisor.districts.set(Region.objects.filter(pk=HEPING))
    page = text(signed_in(sun()).get(desk_of(case, "plan")))
    assert "孙运维" in page
    assert "赵班长" not in page


def test_a_refusal_says_why_and_keeps_what_was_typed(case: GovernanceCase) -> None:
    client = signed_in(sun())
    finish(case, NOW)
    assert client.get(desk_of(case, "inspect")).status_code == 403
    refused = press(client, case, "inspect", passed="yes", inspection="我自己看过")
    assert refused.status_code == 403
    assert "现场检查须由另一人办理" in text(refused)
    assert "我自己看过" in text(refused)


def test_a_page_that_was_overtaken_shows_what_happened(case: GovernanceCase) -> None:
    client = signed_in(sun())
    seen = case.last_seq
    governance.note(case, text="先到一步", by=zhou(), at=NOW)
    refused = press(
        client, case, "plan", measures="换线", planned_on="2026-10-01",
        responsible=sun().pk, seen=seen,
    )  # fmt: skip
    assert refused.status_code == 409
    assert "Y0002 周运维办理了“添加备注”" in text(refused)
    assert "换线" in text(refused)
