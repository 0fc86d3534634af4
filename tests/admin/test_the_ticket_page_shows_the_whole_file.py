"""Timeline, clocks with their reasons, papers, plans, inspections, grid and history."""

from datetime import date

from django.db import connection

from applications.lifecycle import Status
from applications.models import Application, Event
from applications.services import acceptance, casework, works
from sla.models import Clock
from tests import cast
from tests.admin import desk


def page_of(application: Application, query: str = "") -> str:
    """Return the ticket as 王工 sees it."""
    client = desk.sign_in(cast.wang())
    return desk.text(client.get(desk.ticket_url(application) + query))


def test_a_due_date_is_explained_day_by_day() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    clock = Clock.objects.get(reference=application.number, stage="plan_reply")
    assert clock.due_on == date(2026, 9, 15)
    page = page_of(application)
    assert "供电方案答复 · 国家时限" in page
    assert "为什么是这一天" in page
    assert 'class="ledger"' not in page
    why = page_of(application, f"?why={clock.pk}")
    assert 'class="ledger"' in why
    assert "第10天" in why or "到期" in why


def test_the_reckoning_of_another_ticket_is_not_shown() -> None:
    application = cast.submitted(cast.FACTORY)
    other = cast.submitted(cast.FACTORY, region=cast.HEPING)
    foreign = Clock.objects.filter(reference=other.number).first()
    assert foreign is not None
    for wanted in (str(foreign.pk), "x", "-1"):
        assert 'class="ledger"' not in page_of(application, f"?why={wanted}")


def test_plans_and_inspections_are_there() -> None:
    application = cast.walk(Status.FINAL_INSPECTION, cast.FACTORY)
    works.fail_final_inspection(
        application, by=cast.wang(), at=cast.NOW, findings="接地电阻不合格"
    )
    page = page_of(application)
    assert "第 1 次答复" in page
    assert "10千伏友谊线 友谊路3号台区" in page
    assert "接地电阻不合格" in page
    assert "不合格" in page


def test_every_stated_date_of_a_grid_upgrade_stays_on_record() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    upgrade = casework.Upgrade(
        project_name="友谊路10千伏线路改造",
        project_address="河西区友谊路",
        reason="线路满载",
        responsible_unit="城南供电公司",
        approved_by_name="周主任",
        planned_on=date(2026, 10, 30),
    )
    casework.flag_grid_upgrade(
        application, by=cast.wang(), at=cast.NOW, upgrade=upgrade
    )
    casework.change_upgrade_date(
        application,
        by=cast.wang(),
        at=cast.NOW,
        planned_on=date(2026, 12, 15),
        reason="电缆到货推迟",
    )
    page = page_of(application)
    for words in ("受限已报备", "2026年10月30日", "2026年12月15日", "电缆到货推迟"):
        assert words in page, words


def test_papers_are_handed_out_as_files_to_those_who_work_on_it() -> None:
    application = cast.submitted()
    paper = application.documents.first()
    assert paper is not None
    url = f"/admin/applications/application/{application.pk}/papers/{paper.pk}/"
    response = desk.sign_in(cast.wang()).get(url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert desk.file_of(response)
    for person in (cast.liu(), cast.sun()):
        assert desk.sign_in(person).get(url).status_code == 403
    assert desk.sign_in(cast.li()).get(url).status_code == 404


def test_a_paper_of_another_ticket_is_not_handed_out() -> None:
    mine, other = cast.submitted(), cast.submitted(region=cast.HEPING)
    paper = other.documents.first()
    assert paper is not None
    url = f"/admin/applications/application/{mine.pk}/papers/{paper.pk}/"
    assert desk.sign_in(cast.wang()).get(url).status_code == 404


def test_what_people_type_is_never_read_as_html() -> None:
    application = cast.submitted()
    evil = "<script>alert(1)</script>"
    acceptance.refuse(
        application, by=cast.wang(), at=cast.NOW, reason=evil, next_step=evil
    )
    history = desk.ticket_url(application).replace("/change/", "/history/")
    client = desk.sign_in(cast.wang())
    for url in (desk.ticket_url(application), history):
        page = desk.text(client.get(url))
        assert evil not in page
        assert "&lt;script&gt;" in page


def test_the_history_says_that_the_chain_holds_and_when_it_does_not() -> None:
    application = cast.walk(Status.PLAN_REPLIED)
    url = desk.ticket_url(application).replace("/change/", "/history/")
    client = desk.sign_in(cast.wang())
    assert "记录链完整" in desk.text(client.get(url))
    event = Event.objects.get(action="accept")
    with connection.cursor() as cursor:
        tamper = "UPDATE applications_event SET note = 'x' WHERE id = %s"
        try:
            cursor.execute(tamper, [event.pk])
        except Exception:
            return  # the database itself refused
    assert "记录链有断裂" in desk.text(client.get(url))


def test_an_archived_ticket_offers_nothing_any_more() -> None:
    page = page_of(cast.walk(Status.ARCHIVED))
    assert "现在可以办" not in page
    assert "已归档" in page
