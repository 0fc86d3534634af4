"""The services judge every answer themselves, whichever way it comes in."""

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from applications.models import Application, Document
from applications.services import acceptance, documents, filing
from sla.ground.errors import Refused
from sla.models import Region
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _laws(db):
    cast.laws()


@pytest.fixture
def draft():
    return filing.start(by=cast.zhang(), at=cast.NOW)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "ghost"}, "kind"),
        ({"purpose": " "}, "purpose"),
        ({"purpose": "长" * 101}, "purpose"),
        ({"capacity_kw": Decimal(0)}, "capacity_kw"),
        ({"capacity_kw": Decimal("NaN")}, "capacity_kw"),
        ({"capacity_kw": Decimal("Infinity")}, "capacity_kw"),
        ({"capacity_kw": Decimal(500_001)}, "capacity_kw"),
        ({"sources": 3}, "sources"),
        ({"voltage": "12V"}, "voltage"),
        ({"sources": 2, "voltage": "220V"}, "voltage"),
    ],
    ids=str,
)
def test_a_need_that_cannot_be(draft, change, field):
    with pytest.raises(ValidationError) as caught:
        filing.save_need(draft, replace(cast.HOME, **change), by=cast.zhang())

    assert list(caught.value.message_dict) == [field]
    draft.refresh_from_db()
    assert draft.capacity_kw is None


@pytest.mark.parametrize(
    "typed",
    [
        "友谊路12号3门401",
        "友谊路 １２ 号 3门401",
        "河西区友谊路12号3门401",
        "天津市河西区 友谊路12号3门401",
        "天津河西区友谊路12号3门401",
    ],
)
def test_an_address_is_kept_without_blanks_and_without_its_district(draft, typed):
    filing.save_site(draft, filing.Site(cast.HEXI, typed), by=cast.zhang())

    draft.refresh_from_db()
    assert draft.address == "友谊路12号3门401"


def test_words_of_other_letters_keep_their_blanks(draft):
    site = filing.Site(cast.HEXI, "友谊路12号 Tower B ３Ｆ")
    filing.save_site(draft, site, by=cast.zhang())

    draft.refresh_from_db()
    assert draft.address == "友谊路12号Tower B 3F"


def test_an_address_in_another_district_than_the_one_chosen_is_asked_about(draft):
    other = Region.objects.get(pk="120101").name
    with pytest.raises(ValidationError, match=f"写的是{other}，上面选的是河西区"):
        filing.save_site(
            draft, filing.Site(cast.HEXI, f"天津市{other}南京路9号"), by=cast.zhang()
        )


def test_a_district_alone_is_no_address(draft):
    with pytest.raises(ValidationError, match="详细地址"):
        filing.save_site(draft, filing.Site(cast.HEXI, "天津市河西区"), by=cast.zhang())


@pytest.mark.parametrize(
    ("region", "address", "field"),
    [
        ("999999", "友谊路12号", "region"),
        ("100000", "友谊路12号", "region"),
        ("120000", "友谊路12号", "region"),
        ("", "友谊路12号", "region"),
        (cast.HEXI, "路", "address"),
        (cast.HEXI, "路" * 201, "address"),
    ],
)
def test_a_place_that_cannot_be(draft, region, address, field):
    with pytest.raises(ValidationError) as caught:
        filing.save_site(draft, filing.Site(region, address), by=cast.zhang())

    assert list(caught.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "长" * 101}, "name"),
        ({"contact_name": " "}, "contact_name"),
        ({"contact_name": "长" * 51}, "contact_name"),
        ({"id_type": "uscc"}, "id_type"),
        ({"id_number": "110105194912310021"}, "id_number"),
        ({"phone": "12345"}, "phone"),
    ],
    ids=str,
)
def test_a_person_who_cannot_be(draft, change, field):
    filing.save_need(draft, cast.HOME, by=cast.zhang())

    with pytest.raises(ValidationError) as caught:
        filing.save_person(draft, replace(cast.PERSON, **change), by=cast.zhang())

    assert list(caught.value.message_dict) == [field]


def test_staff_do_not_apply():
    with pytest.raises(Refused, match="申请人账号"):
        filing.start(by=cast.wang(), at=cast.NOW)


def test_two_devices_with_one_key_share_one_draft(monkeypatch):
    """Both looked before either wrote; the database lets one of them write."""
    key = uuid.uuid4()
    first = filing.start(by=cast.zhang(), at=cast.NOW, key=key)
    looked = Application.objects.none()
    monkeypatch.setattr(Application.objects, "filter", lambda **_asked: looked)

    assert filing.start(by=cast.zhang(), at=cast.NOW, key=key) == first


@pytest.mark.parametrize(
    "change",
    [
        lambda a, by: filing.save_need(a, cast.SHOP, by=by),
        lambda a, by: filing.save_site(a, filing.Site(cast.HEPING, "别处1号"), by=by),
        lambda a, by: filing.save_person(a, cast.PERSON, by=by),
        lambda a, by: filing.promise_documents(a, [], by=by),
        lambda a, by: filing.discard(a, by=by),
    ],
)
def test_only_one_s_own_draft_can_be_changed(change):
    draft = cast.drafted()
    with pytest.raises(Refused, match="本人"):
        change(draft, cast.chen())

    filed = cast.submitted()
    with pytest.raises(Refused, match="已经提交"):
        change(filed, cast.zhang())


def test_a_paper_of_no_kind_is_refused(draft):
    with pytest.raises(ValidationError, match="种类"):
        cast.hand_in(draft, "love-letter", by=cast.zhang(), moment=cast.NOW)


def test_of_supplements_only_what_came_since_can_be_taken_back():
    filed = cast.submitted()
    acceptance.return_for_supplement(
        filed, by=cast.wang(), at=cast.at("2026-09-01", "10:00"), missing=["property"]
    )
    early = Document.objects.earliest("pk")
    by, now = cast.zhang(), cast.at("2026-09-01", "11:00")
    cast.hand_in(filed, "property", by=by, moment=now)
    late = Document.objects.latest("pk")

    documents.remove(late, by=by, at=now)
    with pytest.raises(ValidationError, match="不能删除"):
        documents.remove(early, by=by, at=now)

    late.refresh_from_db()
    assert late.removed_at == now
    shown = [d for item in documents.checklist(filed) for d in item.documents]
    assert early in shown
    assert late not in shown
