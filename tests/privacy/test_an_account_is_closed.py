"""注销账号: who it was is erased, what was filed stays, the phone may begin anew."""

import json

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction

from applications.lifecycle import Status
from applications.models import Application, Document
from applications.services import connecting
from outages.models import FaultReport, Subscription
from outages.services import subscribing
from outages.services.subscribing import Place
from portal.accounts.models import ProgramToken, User
from portal.accounts.services import tokens
from portal.management.commands.check_invariants import Command
from portal.notices import tasks
from portal.notices.models import Message
from portal.privacy.services import leaving, record
from sla.ground.errors import Refused
from tests import cast
from tests.cast import NOW
from tests.filing.walking import text_of
from tests.outage_news.readers import tell
from tests.outages.lives import MARKET, announced
from tests.privacy import lives


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    # This test's transaction never ends: what waits for that happens at once.
    monkeypatch.setattr(transaction, "on_commit", lambda act: act())


def close(client):
    return client.post("/me/close/", {"sure": "on"})


def rows_of(*labels):
    rows = [row for label in labels for row in apps.get_model(label).objects.values()]
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_the_page_says_what_ends_and_what_stays(net):
    lives.whole(net)
    said = text_of(lives.signed_in().get("/me/close/"))
    for words in ("手机号码", "草稿", "停电订阅", "消息", "提交过 1 份申请", "档案"):
        assert words in said


def test_without_the_tick_nothing_happens(net):
    user = cast.zhang()
    answer = lives.signed_in().post("/me/close/")
    assert "请先勾选" in text_of(answer)
    user.refresh_from_db()
    assert user.is_active


def test_what_names_the_person_is_gone_from_every_table(net):
    lives.whole(net)
    draft = Application.objects.get(status=Status.DRAFT)
    drafted = [paper.file.name for paper in draft.documents.all()]
    tokens.issue(cast.zhang(), at=cast.NOW)

    answer = close(lives.signed_in())

    assert "账号已注销" in text_of(answer)
    user = User.objects.get(username="zhang")
    assert (user.phone, user.phone_index, user.display_name) == (None, None, "")
    assert not user.is_active
    assert not Application.objects.filter(status=Status.DRAFT).exists()
    assert not any(default_storage.exists(name) for name in drafted)
    assert not Subscription.objects.exists()
    assert not ProgramToken.objects.exists()
    assert not Message.objects.filter(recipient=user).exists()
    report = FaultReport.objects.get()
    assert (report.phone, report.photo, report.reporter) == ("", "", None)
    left = rows_of(
        "accounts.User", "notices.Message", "outages.FaultReport",
        "outages.Subscription", "outages.RepairOrder", "admin.LogEntry",
    )  # fmt: skip
    for secret in (lives.PHONE, "张大爷", "老李", "3门401"):
        assert secret not in left


def test_what_was_filed_stays_whole_with_its_papers(net):
    done = lives.whole(net)
    close(lives.signed_in())
    case = Application.objects.get(pk=done.pk)
    assert case.applicant.id_number == "11010519491231002X"
    assert all(default_storage.exists(p.file.name) for p in Document.objects.all())
    assert lives.browser(cast.wang()).get(
        f"/admin/applications/application/{done.pk}/change/"
    )
    Command().handle()


def test_every_session_ends_at_once(net):
    user = cast.zhang()
    elsewhere = lives.browser(user)
    here = lives.signed_in()
    close(here)
    for client in (here, elsewhere):
        assert client.get("/applications/")["Location"].startswith("/sign-in/")


def test_the_same_phone_begins_anew_and_sees_nothing_old(net):
    done = lives.whole(net)
    close(lives.signed_in())
    client = lives.signed_in()
    fresh = User.objects.by_phone(f"+86{lives.PHONE}")
    assert fresh.username != "zhang"
    assert "您还没有申请" in text_of(client.get("/applications/"))
    assert client.get(f"/applications/{done.number}/").status_code == 404
    groups = client.get("/me/").context["groups"]
    assert {count for _group, count in groups if count is not None} == {0}


@pytest.mark.parametrize(
    "status", [Status.SUBMITTED, Status.ACCEPTED, Status.PLAN_REPLIED]
)
def test_while_an_application_is_under_way_it_is_refused(net, status):
    case = cast.walk(status, cast.HOME)
    client = lives.signed_in()
    page = client.get("/me/close/")
    assert f"还有申请正在办理（{case.number}）" in text_of(page)
    assert '<button class="btn btn-danger"' not in page.content.decode()
    assert close(client).status_code == 409
    assert cast.zhang().is_active


def test_once_withdrawn_it_is_possible(net):
    case = cast.submitted(cast.HOME)
    with pytest.raises(Refused):
        leaving.close(cast.zhang(), at=NOW)
    connecting.withdraw(case, by=cast.zhang(), at=NOW, reason="不装了")
    leaving.close(cast.zhang(), at=NOW)
    assert not User.objects.get(username="zhang").is_active


def test_while_a_fault_is_being_mended_it_is_refused(net):
    report = lives.fault(net)
    answer = close(lives.signed_in())
    assert f"您的报修（{report.number}）还没有修好" in text_of(answer)
    lives.mended(report)
    assert "账号已注销" in text_of(close(lives.signed_in()))


def test_a_neighbours_report_with_my_number_does_not_hold_me(net):
    theirs = lives.fault(net, reporter=None)
    cast.zhang()
    assert "账号已注销" in text_of(close(lives.signed_in()))
    theirs.refresh_from_db()
    assert theirs.phone == f"+86{lives.PHONE}"  # the crew is on its way


def test_what_belongs_to_others_is_untouched(net):
    lives.whole(net)
    cast.walk(Status.ACCEPTED, cast.SHOP)
    lives.fault(net, phone="13800000002", reporter=cast.chen(), place="集贸市场")
    subscribing.in_app(Place(net.market), user=cast.chen(), at=NOW)
    tasks.deliver()

    def of_chen():
        theirs = (
            Message.objects.filter(recipient=cast.chen()),
            Subscription.objects.filter(user=cast.chen()),
            FaultReport.objects.filter(reporter=cast.chen()),
        )
        return [list(rows.order_by("pk").values()) for rows in theirs]

    before = of_chen()
    leaving.close(cast.zhang(), at=NOW)
    assert of_chen() == before
    assert all(before)


def test_it_stands_in_the_log_of_the_account(net):
    user = cast.zhang()
    leaving.close(user, at=NOW)
    (entry,) = record.since(user, record.CLOSED, cast.at("2026-08-31"))
    assert (entry.action_time, entry.object_repr) == (NOW, "zhang")


def test_a_property_manager_goes_on_being_told(net):
    announced(MARKET)
    tell()
    manager = Subscription.objects.get(for_residents=True)
    lives.signed_in("13900000030")
    owner = User.objects.by_phone("+8613900000030")
    assert owner is not None
    leaving.close(owner, at=NOW)
    assert Subscription.objects.get() == manager
