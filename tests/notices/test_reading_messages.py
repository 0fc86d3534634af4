"""People read their own messages; the demo shows what would have left the house."""

import pytest
from django.template import Context, Template

from portal.accounts.services import people
from portal.notices.models import Message
from portal.notices.services import writing
from portal.notices.services.writing import Letter, Recipient
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return people.applicant_with(phone="+8613800000001")


def tell(user, about="TJ1#1", link="/applications/TJ1/"):
    letter = Letter(about, "申请已受理", "申请 TJ1 已受理。", link=link)
    to = Recipient(key=f"user:{user.pk}", user_id=user.pk)
    writing.keep([writing.in_app(letter, to, at=cast.NOW)])
    return Message.objects.get(about=about, recipient=user)


def unread(user) -> str:
    tag = "{% load notices %}{% unread_messages user %}"
    return Template(tag).render(Context({"user": user}))


def test_a_person_sees_their_own_messages_only(client, owner):
    other = people.applicant_with(phone="+8613800000002")
    tell(owner)
    tell(other, about="TJ2#1")
    client.force_login(owner)
    page = client.get("/messages/")
    assert [message.about for message in page.context["page"]] == ["TJ1#1"]
    assert "申请已受理" in page.content.decode()


def test_opening_one_marks_it_read_and_leads_to_the_case(client, owner):
    message = tell(owner)
    client.force_login(owner)
    assert unread(owner) == "1"
    answer = client.post(f"/messages/{message.pk}/")
    assert answer["Location"] == "/applications/TJ1/"
    assert unread(owner) == "0"


def test_a_message_without_a_link_leads_back_to_the_list(client, owner):
    message = tell(owner, link="")
    client.force_login(owner)
    assert client.post(f"/messages/{message.pk}/")["Location"] == "/messages/"


def test_the_message_of_another_does_not_exist(client, owner):
    message = tell(owner)
    client.force_login(people.applicant_with(phone="+8613800000002"))
    assert client.post(f"/messages/{message.pk}/").status_code == 404
    assert unread(owner) == "1"


def test_all_can_be_marked_as_read(client, owner):
    tell(owner)
    tell(owner, about="TJ1#2")
    client.force_login(owner)
    assert client.post("/messages/read/")["Location"] == "/messages/"
    assert unread(owner) == "0"


def test_strangers_are_asked_to_sign_in(client):
    answer = client.get("/messages/")
    assert answer["Location"] == "/sign-in/?next=/messages/"


def test_the_count_costs_one_query_and_visitors_none(owner, django_assert_num_queries):
    tell(owner)
    with django_assert_num_queries(1):
        unread(owner)
    with django_assert_num_queries(0):
        assert unread(None) == "0"


def test_the_demos_inbox_shows_the_latest_code_large(client, settings):
    settings.DEMO = True
    client.post("/sign-in/", {"phone": "13812345678"})
    page = client.get("/inbox/").content.decode()
    code = page.split("data-code>")[1][:6]
    assert code.isdigit()
    assert "138****5678" in page
    assert client.post("/sign-in/", {"code": code}).status_code == 302


def test_the_inbox_can_be_narrowed_to_one_phone(client, settings):
    settings.DEMO = True
    client.post("/sign-in/", {"phone": "13812345678"})
    assert len(client.get("/inbox/?phone=138 1234 5678").context["lines"]) == 1
    assert not client.get("/inbox/?phone=13912345678").context["lines"]
    assert not client.get("/inbox/?phone=abc").context["lines"]


def test_the_inbox_shows_other_texts_without_a_code(client, settings):
    settings.DEMO = True
    letter = Letter("TJ1#1", "标题", "申请 120103 已受理。")
    to = Recipient(key="sms:1", phone="+8613812345678")
    writing.keep([writing.sms(letter, to, at=cast.NOW)])
    assert "data-code" not in client.get("/inbox/").content.decode()


def test_there_is_no_inbox_outside_the_demo(client, settings):
    settings.DEMO = False
    assert client.get("/inbox/").status_code == 404
