"""The past of an application, told to its applicant, to staff, and to the public."""

from dataclasses import replace

import pytest

from applications.lifecycle import Status
from applications.models import Application
from applications.selectors import progress
from applications.selectors.people import surname_and_number
from applications.selectors.story import Node
from applications.services import acceptance, casework, connecting, planning, works
from applications.services.acceptance import Survey
from applications.services.history import LateEntry
from portal.accounts.models import User
from tests import cast
from tests.cast import at

pytestmark = pytest.mark.django_db


def past(application: Application, viewer: User | None) -> list[Node]:
    """Return the nodes that lie behind, as this person sees them in November."""
    nodes = progress.read(application, at=at("2026-11-30"), viewer=viewer).timeline
    return [node for node in nodes if node.state == "done"]


def titles(application: Application, viewer: User | None) -> list[str]:
    return [node.title for node in past(application, viewer)]


@pytest.fixture
def reviewed() -> Application:
    """A data centre at 35 kV that went all the way, one act a day."""
    application = cast.submitted(cast.DATA_CENTRE, moment=at("2026-10-12"))
    for day in range(13, 32):
        if application.status == Status.ARCHIVED:
            break
        cast.step(application, at(f"2026-10-{day}"))
    return application


def test_every_act_of_the_longest_road_is_told_in_order(reviewed: Application) -> None:
    assert titles(reviewed, reviewed.filed_by) == [
        "提交申请",
        "受理",
        "答复供电方案",
        "确认供电方案",
        "登记设计单位",
        "提交设计图纸",
        "设计审查通过",
        "报中间检查",
        "中间检查合格",
        "竣工报验",
        "竣工检验合格",
        "签订供用电合同",
        "装表送电",
        "归档",
    ]


def test_each_phase_is_named_once(reviewed: Application) -> None:
    named = [n.phase for n in past(reviewed, reviewed.filed_by) if n.phase]
    assert named == ["受理", "方案答复", "验收", "装表接电"]


def test_a_node_that_ended_a_stage_says_how_long_it_took(reviewed: Application) -> None:
    told = {node.title: node for node in past(reviewed, reviewed.filed_by)}
    reply = told["答复供电方案"]
    assert (reply.used, reply.limit, reply.label) == (1, 10, "按时完成")
    assert told["确认供电方案"].limit is None


def test_the_applicant_meets_staff_by_surname_and_number(reviewed: Application) -> None:
    by = {node.title: node.by for node in past(reviewed, reviewed.filed_by)}
    assert by["受理"] == "王工（T0012）"
    assert by["提交申请"] == "您"


def test_staff_and_regulators_read_the_record_as_it_was_written(
    reviewed: Application,
) -> None:
    for viewer in (cast.wang(), cast.liu()):
        by = {node.title: node.by for node in past(reviewed, viewer)}
        assert by["受理"] == "T0012 王工"
        assert by["提交申请"] == "申请人 陈**"


def test_the_public_sees_stages_and_dates_and_nobody(reviewed: Application) -> None:
    nodes = past(reviewed, None)
    assert len(nodes) == 14
    assert {(node.by, node.note, node.lines) for node in nodes} == {("", "", ())}


def test_what_is_arranged_among_colleagues_stays_there() -> None:
    application = cast.submitted()
    casework.claim(application, by=cast.wang(), at=cast.NOW)
    casework.note(application, by=cast.wang(), at=cast.NOW, text="客户难缠")
    casework.assign(
        application, by=cast.zhao(), at=cast.NOW, manager=cast.zhao(), note="换人"
    )
    assert titles(application, application.filed_by) == ["提交申请"]
    assert titles(application, cast.liu()) == ["提交申请", "认领", "添加备注", "分派"]


def test_a_remark_that_is_not_meant_for_the_applicant_is_left_out() -> None:
    application = cast.submitted()
    acceptance.accept(application, by=cast.wang(), at=cast.NOW, note="材料勉强够")
    assert past(application, application.filed_by)[-1].note == ""
    assert past(application, cast.zhao())[-1].note == "材料勉强够"


def test_everything_missing_is_told_with_the_manager_s_words() -> None:
    application = cast.submitted()
    acceptance.return_for_supplement(
        application,
        by=cast.wang(),
        at=cast.NOW,
        missing=["identity", "property"],
        note="照片不清楚",
    )
    node = past(application, application.filed_by)[-1]
    assert node.lines == ("需要补正：用电人有效身份证件、用电地址权属证明",)
    assert node.note == "照片不清楚"


def test_a_refusal_gives_the_reason_and_the_next_step() -> None:
    application = cast.submitted()
    acceptance.refuse(
        application, by=cast.wang(), at=cast.NOW, reason="未移交", next_step="找物业"
    )
    node = past(application, application.filed_by)[-1]
    assert node.lines == ("原因：未移交", "您可以：找物业")
    assert progress.read(
        application, at=cast.NOW, viewer=application.filed_by
    ).headline.notes == ("原因：未移交", "下一步：找物业")
    public = progress.read(application, at=cast.NOW, viewer=None)
    assert public.headline.notes == ()


def test_findings_reach_the_applicant() -> None:
    application = cast.walk(Status.FINAL_INSPECTION, cast.FACTORY)
    works.fail_final_inspection(
        application, by=cast.wang(), at=cast.NOW, findings="接地不牢"
    )
    assert past(application, application.filed_by)[-1].note == "接地不牢"


def test_a_found_external_line_says_the_new_user_type() -> None:
    application = cast.submitted()
    acceptance.accept(
        application, by=cast.wang(), at=cast.NOW, survey=Survey(external_line=True)
    )
    assert past(application, application.filed_by)[-1].lines == (
        "用户类型：低压三零（有外线工程）",
    )


def test_a_permit_and_a_grid_upgrade_name_authority_project_and_date() -> None:
    application = cast.submitted()
    acceptance.accept(
        application, by=cast.wang(), at=cast.NOW, survey=Survey(external_line=True)
    )
    casework.wait_for_permit(
        application, by=cast.wang(), at=cast.NOW, authority="城市管理委"
    )
    casework.flag_grid_upgrade(
        application,
        by=cast.wang(),
        at=cast.NOW,
        upgrade=casework.Upgrade(
            project_name="友谊线改造",
            project_address="友谊路",
            reason="线路满载",
            responsible_unit="城南公司",
            approved_by_name="周主任",
            planned_on=at("2026-12-01").date(),
        ),
    )
    permit, upgrade = past(application, application.filed_by)[-2:]
    assert permit.lines == ("审批部门：城市管理委",)
    assert upgrade.lines == ("电网升级项目：友谊线改造", "计划完成：12月1日（周二）")
    assert upgrade.note == "线路满载"


def test_a_late_entry_shows_everybody_when_it_was_and_who_vouches() -> None:
    application = cast.submitted(moment=at("2026-09-01"))
    late = LateEntry(
        happened_at=at("2026-09-01", "17:30"), reason="系统停机", witness=cast.zhao()
    )
    acceptance.accept(application, by=cast.wang(), at=at("2026-09-02"), late=late)
    told = {
        viewer and viewer.username: past(application, viewer)[-1].late
        for viewer in (application.filed_by, cast.liu(), None)
    }
    assert told["zhang"] == (
        "补录：实际发生于9月1日（周二）17:30，由赵工（T0001）证明。原因：系统停机"
    )
    assert "T0001 赵班长" in told["liu"]
    assert told[None] == "补录：实际发生于9月1日（周二）17:30"


def test_a_withdrawal_ends_its_clocks_without_a_verdict() -> None:
    application = cast.submitted()
    connecting.withdraw(
        application, by=application.filed_by, at=cast.NOW, reason="不装了"
    )
    node = past(application, application.filed_by)[-1]
    assert (node.title, node.note, node.limit) == ("撤回申请", "不装了", None)


def test_a_plan_that_nobody_answered_ends_by_the_system_s_hand() -> None:
    application = cast.walk(Status.PLAN_REPLIED)
    planning.expire_plans(at=at("2027-06-01"))
    application.refresh_from_db()
    nodes = progress.read(
        application, at=at("2027-06-01"), viewer=application.filed_by
    ).timeline
    assert (nodes[-1].title, nodes[-1].by) == ("方案失效", "系统")


def test_colleagues_read_to_whom_a_case_was_given() -> None:
    application = cast.submitted()
    casework.assign(application, by=cast.zhao(), at=cast.NOW, manager=cast.wang())
    assert past(application, cast.wang())[-1].lines == ("分派给：T0012 王工",)
    assert "分派" not in titles(application, application.filed_by)


def test_given_names_never_leave_the_house() -> None:
    assert surname_and_number("T0012 王建国") == "王工（T0012）"
    assert surname_and_number("T0013 欧阳明") == "欧阳工（T0013）"
    assert surname_and_number("T0014 alice") == "客户经理（T0014）"
    assert surname_and_number("李") == "李工"


def test_a_second_round_is_counted_apart() -> None:
    application = cast.walk(Status.PLAN_REPLIED, cast.FACTORY)
    planning.object_plan(
        application, by=application.filed_by, at=at("2026-09-02"), reason="太远"
    )
    planning.take_objection(application, by=cast.wang(), at=at("2026-09-03"))
    offer = replace(cast.offer_for(application), supply_point="更近的线路")
    planning.reply_plan(application, by=cast.wang(), at=at("2026-09-07"), offer=offer)
    cards = progress.read(application, at=at("2026-09-08"), viewer=None).cards
    second = next(card for card in cards if card.round == 2)
    assert second.title == "供电方案答复（第 2 次） · 国家时限"
    assert past(application, application.filed_by)[-1].used == second.used == 3
