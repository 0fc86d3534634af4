"""What is still to come, from the route of the application and nothing else."""

from dataclasses import replace

import pytest

from applications.lifecycle import Status
from applications.models import Application
from applications.selectors import progress
from applications.selectors.story import Node
from applications.services import works
from applications.services.acceptance import Survey
from applications.services.filing import Need
from portal.accounts.models import User
from tests import cast

pytestmark = pytest.mark.django_db


def nodes_of(application: Application, viewer: User | None) -> list[Node]:
    return progress.read(application, at=cast.NOW, viewer=viewer).timeline


def ahead(application: Application) -> list[str]:
    nodes = nodes_of(application, viewer=application.filed_by)
    return [node.title for node in nodes if node.state == "future"]


def now(application: Application) -> str:
    nodes = nodes_of(application, viewer=application.filed_by)
    return next((node.title for node in nodes if node.state == "current"), "")


@pytest.mark.parametrize(
    ("need", "survey", "road"),
    [
        (cast.HOME, Survey(), ["确认供电方案", "签订供用电合同", "装表接电"]),
        (
            cast.FACTORY,
            Survey(),
            ["确认供电方案", "受电工程施工", "竣工检验", "签订供用电合同", "装表接电"],
        ),
        (
            cast.FACTORY,
            Survey(concealed_works=True),
            [
                "确认供电方案",
                "受电工程施工",
                "中间检查",
                "竣工检验",
                "签订供用电合同",
                "装表接电",
            ],
        ),
        (
            cast.HOSPITAL,
            Survey(important=True),
            [
                "确认供电方案",
                "委托设计",
                "设计审查",
                "受电工程施工",
                "中间检查",
                "竣工检验",
                "签订供用电合同",
                "装表接电",
            ],
        ),
    ],
)
def test_the_road_depends_on_the_route(
    need: Need, survey: Survey, road: list[str]
) -> None:
    application = cast.walk(Status.ACCEPTED, need, survey=survey)
    assert ahead(application) == road
    assert now(application) == "供电方案答复"


def test_it_says_who_does_each_step() -> None:
    application = cast.walk(Status.ACCEPTED, cast.FACTORY)
    for viewer, words in (
        (application.filed_by, "由您办理"),
        (cast.liu(), "由申请人办理"),
    ):
        nodes = nodes_of(application, viewer=viewer)
        by = {node.title: node.by for node in nodes if node.state == "future"}
        assert by["受电工程施工"] == words
        assert by["竣工检验"] == "由供电企业办理"


def test_the_steps_under_way_follow_the_status() -> None:
    application = cast.submitted(cast.HOSPITAL)
    told = []
    while application.status != Status.ENERGISED:
        told.append(now(application))
        cast.step(application, cast.NOW, Survey(important=True))
    assert told == [
        "业务受理",
        "供电方案答复",
        "确认供电方案",
        "委托设计",
        "委托设计",
        "设计审查",
        "受电工程施工",
        "中间检查",
        "受电工程施工",
        "竣工检验",
        "签订供用电合同",
        "装表接电",
    ]
    assert (now(application), ahead(application)) == ("", [])


def test_a_passed_mid_inspection_does_not_lie_ahead_again() -> None:
    survey = Survey(concealed_works=True)
    application = cast.walk(Status.MID_INSPECTION, cast.FACTORY, survey=survey)
    works.fail_mid_inspection(
        application, by=cast.wang(), at=cast.NOW, findings="接地不牢"
    )
    assert ahead(application)[0] == "中间检查"
    works.report_mid_inspection(application, by=application.filed_by, at=cast.NOW)
    works.pass_mid_inspection(application, by=cast.wang(), at=cast.NOW)
    assert ahead(application) == ["竣工检验", "签订供用电合同", "装表接电"]


def test_low_voltage_has_no_phase_of_verification() -> None:
    for need, phases in (
        (cast.SCHOOL, ["受理", "方案答复", "装表接电"]),
        (cast.FACTORY, ["受理", "方案答复", "验收", "装表接电"]),
    ):
        application = cast.submitted(replace(need))
        read = progress.read(application, at=cast.NOW, viewer=application.filed_by)
        assert [mark.label for mark in read.headline.phases] == phases


def test_phases_carry_the_day_they_were_left() -> None:
    application = cast.walk(Status.CONSTRUCTING, cast.FACTORY)
    read = progress.read(application, at=cast.NOW, viewer=application.filed_by)
    marks = [(m.state, m.on) for m in read.headline.phases]
    today = cast.NOW.date()
    assert marks == [
        ("done", today),
        ("done", today),
        ("current", None),
        ("future", None),
    ]
