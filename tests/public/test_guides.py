"""办事指南: seven headings for every kind of user, papers from the checklist alone."""

import pytest
from django.test import Client

from applications import catalogue
from portal.public import guide
from sla.vocabulary import UserType

SLUGS = [each.slug for each in guide.all_guides()]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_guide_has_its_seven_headings(visitor: Client, slug: str) -> None:
    page = visitor.get(f"/guide/{slug}/").content.decode()
    for name in ("条件", "材料", "流程", "时限", "收费", "依据", "咨询"):
        assert f">{name}</h2>" in page
    for number in ("95598", "12398", "12345"):
        assert number in page


def test_every_user_type_has_a_guide() -> None:
    told = {user_type for each in guide.all_guides() for user_type in each.user_types}
    assert told == set(UserType.values)


def test_papers_are_those_of_the_checklist() -> None:
    kinds = catalogue.read("documents")["kinds"]
    labels = {kind["label"] for kind in kinds.values()}
    for each in guide.all_guides():
        assert each.papers
        assert {paper.label for paper in each.papers} <= labels


def test_the_limits_are_those_in_force(visitor: Client) -> None:
    page = visitor.get("/guide/high-voltage/").content.decode()
    assert "高压单电源 17 个工作日" in page
    tables = visitor.get("/guide/home/").context["tables"]
    assert [limit.value for limit in tables[0].whole] == [5, 15]


def test_the_index_leads_to_each(visitor: Client) -> None:
    page = visitor.get("/guide/").content.decode()
    for slug in SLUGS:
        assert f'href="/guide/{slug}/"' in page


def test_an_unknown_guide_is_not_found(visitor: Client) -> None:
    assert visitor.get("/guide/nowhere/").status_code == 404
