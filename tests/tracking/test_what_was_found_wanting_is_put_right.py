"""What was sent back or failed: told at the top, quoted where it is put right."""

import pytest

from applications.lifecycle import Status
from applications.models import Application
from applications.selectors import progress
from applications.services import works
from tests import cast
from tests.cast import at
from tests.tracking.test_an_applicant_acts_page_by_page import photo
from tests.tracking.visits import browser_of, on, page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent_back() -> Application:
    """A data centre whose drawings came back on 2 September."""
    application = cast.walk(Status.DESIGN_REVIEW, cast.DATA_CENTRE)
    works.reject_design(
        application, by=cast.wang(), at=at("2026-09-02"), findings="接地不符合要求"
    )
    return application


def test_the_top_says_that_the_drawings_came_back(sent_back: Application) -> None:
    read = progress.read(sent_back, at=at("2026-09-03"), viewer=sent_back.filed_by)
    assert read.headline.says == "设计审查没有通过，请按审查意见修改图纸后重新提交。"


def test_the_findings_stand_where_new_drawings_are_handed_in(
    sent_back: Application,
) -> None:
    client = browser_of(sent_back.filed_by)
    with on(at("2026-09-03")):
        page = client.get(f"{page_of(sent_back)}submit_design/")
        withdrawing = client.get(f"{page_of(sent_back)}withdraw/")
    assert "接地不符合要求" in text_of(page)
    assert [line.missing for line in page.context["papers"]] == [True]
    assert withdrawing.context["asked"] == ""


def test_the_same_drawings_are_not_reviewed_again(sent_back: Application) -> None:
    client = browser_of(sent_back.filed_by)
    address = f"{page_of(sent_back)}submit_design/"
    with on(at("2026-09-03")):
        same = client.post(address, {"note": "请再看看", "seen": ""})
        changed = {"paper-drawings": photo("图纸改.jpg"), "seen": ""}
        assert "请先上传按审查意见修改后的设计图纸。" in text_of(same)
        assert "请再看看" in same.content.decode()
        assert client.post(address, changed).status_code == 302
    sent_back.refresh_from_db()
    assert sent_back.status == Status.DESIGN_REVIEW


def test_the_defects_stand_where_the_works_are_reported_again() -> None:
    application = cast.walk(Status.FINAL_INSPECTION, cast.FACTORY)
    works.fail_final_inspection(
        application, by=cast.wang(), at=cast.NOW, findings="标识缺失"
    )
    with on(cast.NOW):
        page = browser_of(application.filed_by).get(
            f"{page_of(application)}report_completion/"
        )
    assert page.context["asked"] == "标识缺失"


@pytest.mark.parametrize(
    ("status", "action", "kind", "sentence"),
    [
        (Status.DESIGNING, "submit_design", "drawings", "请先上传设计图纸。"),
        (
            Status.CONSTRUCTING,
            "report_completion",
            "completion",
            "请先上传竣工报验资料。",
        ),
    ],
)
def test_the_summary_leads_to_the_paper_that_is_missing(
    status: Status, action: str, kind: str, sentence: str
) -> None:
    need = cast.DATA_CENTRE if status == Status.DESIGNING else cast.FACTORY
    application = cast.walk(status, need)
    with on(cast.NOW):
        answer = browser_of(application.filed_by).post(
            f"{page_of(application)}{action}/", {"seen": ""}
        )
    page = answer.content.decode()
    assert f'<a href="#id_paper-{kind}">{sentence}</a>' in page
    assert page.count(sentence) == 2, "above and at the paper"
