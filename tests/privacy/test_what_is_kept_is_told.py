"""我的信息 says what is kept, what for and how long; the jobs keep to it."""

from datetime import timedelta

import pytest

from applications.services.filing import drafts
from outages import rules
from portal.notices.services import forgetting
from portal.privacy import kept
from tests import cast
from tests.filing.walking import text_of
from tests.privacy import lives

DAY = timedelta(days=1)


def test_every_group_is_told_with_purpose_time_and_source(net):
    lives.whole(net)
    said = text_of(lives.browser(cast.zhang()).get("/me/"))
    assert "138****0001" in said
    assert "本站自定" in said
    for group in kept.groups():
        words = (group.title, group.text, group.summary, group.promise, group.source)
        assert all(word in said for word in words), group.key


def test_what_can_be_counted_is_counted(net):
    lives.whole(net)
    groups = lives.browser(cast.zhang()).get("/me/").context["groups"]
    counted = {group.key: count for group, count in groups if count is not None}
    messages = counted.pop("messages")
    assert counted == {"drafts": 1, "filed": 1, "subscriptions": 2, "reports": 1}
    assert messages > 5


def test_the_time_told_is_the_time_kept():
    told = {group.key: group.days for group in kept.groups() if group.days}
    assert told == {
        "drafts": drafts.DRAFTS_LIVE / DAY,
        "messages": forgetting.MESSAGES_KEPT / DAY,
        "subscriptions": forgetting.KEPT / DAY,
        "reports": rules.read("retention")["report_days"],
        "codes": forgetting.CODES_KEPT / DAY,
    }
    for group in kept.groups():
        words = {365: "一年"}.get(group.days or 0, f"{group.days}天")
        assert group.days is None or words in group.promise


@pytest.mark.parametrize("page", ["", "code/", "copy/", "phone/", "close/"])
def test_accounts_of_staff_are_not_kept_here(db, page):
    answer = lives.browser(cast.wang()).get(f"/me/{page}")
    assert answer.status_code == 403
    assert "运维人员" in text_of(answer)


def test_ones_own_applications_lead_there(net):
    said = lives.browser(cast.zhang()).get("/applications/").content.decode()
    assert said.count('href="/me/"') == 2
