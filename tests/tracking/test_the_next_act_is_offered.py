"""The page offers the act whose turn it is; what must wait says why."""

import pytest

from applications.lifecycle import ACTIONS, Status
from applications.models import Application
from applications.selectors.acts import WORDS, Acts, acts
from applications.services import acceptance, filing
from applications.services.acceptance import Survey
from applications.services.filing import Need
from sla.ground.actors import Role
from tests import cast
from tests.tracking.visits import browser_of, on, page_of, text_of

pytestmark = pytest.mark.django_db


def offered(application: Application) -> Acts:
    return acts(application, by=application.filed_by, at=cast.NOW)


@pytest.mark.parametrize(
    ("status", "need", "survey", "primary"),
    [
        (Status.SUBMITTED, cast.HOME, None, None),
        (Status.ACCEPTED, cast.HOME, None, None),
        (Status.PLAN_REPLIED, cast.HOME, None, "confirm_plan"),
        (Status.PLAN_CONFIRMED, cast.HOME, None, "sign_contract"),
        (Status.PLAN_CONFIRMED, cast.FACTORY, None, "start_construction"),
        (Status.PLAN_CONFIRMED, cast.DATA_CENTRE, None, "start_design"),
        (Status.DESIGNING, cast.DATA_CENTRE, None, "submit_design"),
        (Status.CONSTRUCTING, cast.FACTORY, None, "report_completion"),
        (Status.CONSTRUCTING, cast.DATA_CENTRE, None, "report_mid_inspection"),
        (Status.SIGNING, cast.FACTORY, None, "sign_contract"),
        (Status.CONNECTING, cast.FACTORY, None, None),
        (Status.ENERGISED, cast.HOME, None, None),
    ],
)
def test_one_act_comes_first(
    status: Status, need: Need, survey: Survey | None, primary: str | None
) -> None:
    found = offered(cast.walk(status, need, survey=survey)).primary
    assert (found and found.action) == primary


def test_every_act_of_an_applicant_has_its_words() -> None:
    theirs = {name for name, facts in ACTIONS.items() if Role.APPLICANT in facts.who}
    assert set(WORDS) == theirs - {"submit", "add_document"}


def test_acts_that_are_not_on_the_road_are_not_shown_at_all() -> None:
    found = offered(cast.walk(Status.PLAN_CONFIRMED, cast.HOME))
    assert [offer.action for offer in found.others] == ["withdraw"]


def test_an_act_that_must_wait_says_why_in_plain_sight() -> None:
    application = cast.walk(Status.CONSTRUCTING, cast.DATA_CENTRE)
    with on(cast.NOW):
        page = browser_of(application.filed_by).get(page_of(application))
    said = text_of(page)
    assert "隐蔽工程须先经中间检查合格，请先报中间检查。" in said
    assert "report_completion" not in page.content.decode()


def test_promised_papers_are_asked_for_before_the_contract() -> None:
    draft = filing.start(by=cast.zhang(), at=cast.NOW)
    filing.save_need(draft, cast.HOME, by=cast.zhang())
    filing.save_site(draft, filing.Site(cast.HEXI, "友谊路12号3门401"), by=cast.zhang())
    filing.save_person(draft, cast.PERSON, by=cast.zhang())
    cast.hand_in(draft, "identity", by=cast.zhang(), moment=cast.NOW)
    filing.promise_documents(draft, ["property"], by=cast.zhang())
    filing.submit(draft, by=cast.zhang(), at=cast.NOW)
    for _ in range(3):
        cast.step(draft, cast.NOW)
    found = offered(draft)
    assert found.primary is None
    with on(cast.NOW):
        said = text_of(browser_of(cast.zhang()).get(page_of(draft)))
    assert "现在请您补齐材料" in said
    assert "用电地址权属证明" in said
    assert "请先补齐当初承诺后补的材料" in said


def test_missing_papers_are_named_and_handed_in_at_one_place() -> None:
    application = cast.submitted(cast.SHOP)
    acceptance.return_for_supplement(
        application, by=cast.wang(), at=cast.NOW, missing=["business_licence"]
    )
    with on(cast.NOW):
        page = browser_of(application.filed_by).get(page_of(application))
    assert page.context["page"].asked == ["营业执照"]
    html = page.content.decode()
    assert "<li>营业执照</li>" in html
    assert "supplement/" in html
    assert f"{page_of(application)}papers/" not in html


def test_staff_and_regulators_are_offered_nothing_here() -> None:
    application = cast.walk(Status.PLAN_REPLIED)
    for person in (cast.wang(), cast.liu()):
        assert acts(application, by=person, at=cast.NOW) == Acts(None, (), papers=False)
        with on(cast.NOW):
            page = browser_of(person).get(page_of(application)).content.decode()
        assert "confirm_plan" not in page
        assert "现在请您办理" not in page


def test_withdrawing_is_offered_last_and_never_first() -> None:
    application = cast.submitted()
    with on(cast.NOW):
        page = browser_of(application.filed_by).get(page_of(application))
    html = page.content.decode()
    assert "现在不用您办理" in html
    assert html.index("papers/") < html.index("withdraw/")
