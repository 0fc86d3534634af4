"""What happened to an application is told once to those it concerns."""

import pytest

from applications.lifecycle import Status
from applications.models import Event
from applications.services import acceptance, casework, planning
from portal.notices.models import Channel, Message, State
from portal.notices.services import telling, writing
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("laws")]


def told(channel=Channel.IN_APP, **which):
    return list(Message.objects.filter(channel=channel, **which).order_by("pk"))


def test_the_applicant_hears_what_happened_whose_turn_and_by_when():
    case = cast.submitted(cast.SCHOOL)
    telling.run(at=cast.at("2026-09-01", "09:05"))
    [message] = told()
    assert message.recipient == case.filed_by
    assert message.subject == "申请已提交"
    assert case.number in message.text
    assert "9月2日（周三）前完成" in message.text
    assert message.link == f"/applications/{case.number}/"
    assert message.created_at == cast.NOW


def test_the_text_message_goes_to_the_phone_the_application_names():
    cast.submitted(cast.SCHOOL)
    telling.run(at=cast.NOW)
    [message] = told(Channel.SMS)
    assert message.address == "+8613800000002"
    assert message.address_shown == "138****0002"
    assert message.state == State.QUEUED
    assert message.text.startswith("【办电】")


def test_a_text_message_links_to_the_portal_where_its_address_is_known(settings):
    settings.PUBLIC_URL = "https://bandian.example"
    case = cast.submitted(cast.SCHOOL)
    telling.run(at=cast.NOW)
    [message] = told(Channel.SMS)
    assert message.text.endswith(f"https://bandian.example/applications/{case.number}/")


def test_everything_is_told_once():
    cast.walk(Status.PLAN_REPLIED)
    assert telling.run(at=cast.NOW) == Event.objects.count()
    before = Message.objects.count()
    assert telling.run(at=cast.NOW) == 0
    assert Message.objects.count() == before
    assert not Event.objects.filter(told_at__isnull=True).exists()


def test_a_message_that_exists_is_not_written_again():
    cast.submitted()
    telling.run(at=cast.NOW)
    before = Message.objects.count()
    Event.objects.update(told_at=None)
    telling.run(at=cast.NOW)
    assert Message.objects.count() == before


def test_the_mark_and_the_messages_are_one_transaction(monkeypatch):
    cast.submitted()

    def fail(messages):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(writing, "keep", fail)
    with pytest.raises(RuntimeError):
        telling.run(at=cast.NOW)
    assert Event.objects.filter(told_at__isnull=True).count() == 1


def test_a_case_that_moved_on_is_told_without_a_date_that_no_longer_holds():
    cast.walk(Status.ACCEPTED, cast.SCHOOL)
    telling.run(at=cast.NOW)
    [submitted, accepted] = told()
    assert "前完成" not in submitted.text
    assert "前完成" in accepted.text


def test_what_is_missing_is_counted_and_not_named():
    case = cast.submitted()
    missing = ["identity", "property"]
    acceptance.return_for_supplement(case, by=cast.wang(), at=cast.NOW, missing=missing)
    telling.run(at=cast.NOW)
    assert "还缺 2 项材料" in told(Channel.SMS)[-1].text


def test_the_manager_hears_of_what_the_applicant_did():
    case = cast.walk(Status.PLAN_REPLIED)
    planning.object_plan(case, by=case.filed_by, at=cast.NOW, reason="容量偏小")
    telling.run(at=cast.NOW)
    [message] = told(recipient=cast.wang())
    assert message.subject == "申请人对方案有异议"
    assert message.link == f"/admin/applications/application/{case.pk}/change/"


def test_nobody_is_told_of_their_own_acts_at_work():
    case = cast.submitted()
    casework.claim(case, by=cast.wang(), at=cast.NOW)
    telling.run(at=cast.NOW)
    assert not told(recipient=cast.wang())
    assert "T0012 王工" in told(recipient=case.filed_by)[-1].text


def test_whoever_is_given_a_case_hears_of_it():
    case = cast.submitted()
    casework.assign(case, by=cast.zhao(), at=cast.NOW, manager=cast.wang())
    telling.run(at=cast.NOW)
    assert told(recipient=cast.wang())[0].subject == "新分派的申请"
    assert "T0012 王工" in told(recipient=case.filed_by)[-1].text


def test_staff_get_e_mail_where_a_mail_server_is_configured(settings):
    settings.EMAIL_URL = "smtp://mail.example"
    wang = cast.wang()
    wang.email = "wang@example.com"
    wang.save()
    case = cast.submitted()
    casework.assign(case, by=cast.zhao(), at=cast.NOW, manager=wang)
    telling.run(at=cast.NOW)
    [message] = told(Channel.EMAIL)
    assert (message.address, message.address_shown) == (
        "wang@example.com",
        "w***@example.com",
    )


def test_other_systems_are_told_what_moved_and_nothing_about_anybody(settings):
    settings.WEBHOOK_URL = "https://city.example/hook"
    case = cast.submitted()
    telling.run(at=cast.NOW)
    [message] = told(Channel.WEBHOOK)
    assert case.number in message.text
    for secret in ("张", "13800000001", "138****", "友谊路"):
        assert secret not in message.text


@pytest.mark.parametrize(
    "secret", ["张", "建国", "13800000001", "友谊路", "1101051949"]
)
def test_no_text_message_holds_personal_data(secret):
    case = cast.walk(Status.ARCHIVED)
    acceptance_texts = [case.number]
    telling.run(at=cast.NOW)
    texts = "".join(message.text for message in told(Channel.SMS))
    assert acceptance_texts[0] in texts
    assert secret not in texts


def test_old_news_is_kept_for_reading_and_wakes_nobody():
    cast.submitted()
    telling.run(at=cast.at("2026-09-20"))
    assert not told(Channel.SMS)
    [message] = told()
    assert message.read_at is not None
    assert message.created_at == cast.NOW


def test_after_a_restore_nothing_is_told_twice():
    cast.walk(Status.ACCEPTED)
    assert telling.hush(at=cast.NOW) == Event.objects.count()
    telling.run(at=cast.NOW)
    assert not Message.objects.exists()


def test_an_invented_history_is_told_for_its_last_week_only():
    case = cast.submitted(moment=cast.at("2026-08-20"))
    acceptance.accept(case, by=cast.wang(), at=cast.NOW)
    assert telling.hush_the_past(at=cast.NOW) == 1
    telling.run(at=cast.NOW)
    assert [m.subject for m in told(recipient=case.filed_by)] == ["申请已受理"]


def test_one_run_reads_so_much_and_the_next_goes_on(monkeypatch):
    monkeypatch.setattr(telling, "ROUNDS", 1)
    cast.walk(Status.ACCEPTED)
    assert telling.run(at=cast.NOW, batch=1) == 1
    assert telling.run(at=cast.NOW, batch=1) == 1
    assert telling.run(at=cast.NOW, batch=1) == 0


def test_a_large_backlog_is_told_batch_by_batch():
    cast.walk(Status.ARCHIVED)
    assert telling.run(at=cast.NOW, batch=2) == Event.objects.count()
