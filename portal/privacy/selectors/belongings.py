"""Everything of one person, as rows in plain words: nobody else's, nothing masked."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from axes.models import AccessLog
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile

from applications.lifecycle import Status
from applications.models import Application, Document, Inspection, Plan
from applications.selectors import story
from outages.models import FaultReport, Subscription
from outages.selectors import subscribers
from portal.accounts.models import ProgramToken, SignInCode, User
from portal.notices.models import Message
from sla.engine import SHANGHAI
from sla.ground.record import for_the_record

Row = dict[str, str]


def counts(user: User) -> dict[str, int]:
    """Return how much there is of what can be counted, by the group of kept.yaml."""
    return {
        "drafts": _applications(user).filter(status=Status.DRAFT).count(),
        "filed": _applications(user).filed().count(),
        "messages": Message.objects.filter(recipient=user).count(),
        "subscriptions": Subscription.objects.filter(user=user).count(),
        "reports": FaultReport.objects.filter(reporter=user).count(),
    }


@for_the_record()
def tables(user: User) -> dict[str, list[Row]]:
    """Return what is kept, table by table; no table is left out for being empty."""
    applications = list(_applications(user).select_related("applicant", "region"))
    return {
        "账号": [_account(user)],
        "申请": [_application(each) for each in applications],
        "办理记录": [row for each in applications for row in _events(each, user)],
        "供电方案": [_plan(each) for each in _of(Plan, user)],
        "检查": [_inspection(each) for each in _of(Inspection, user)],
        "材料": [_paper(each) for each in _papers(user)],
        "消息": [_message(each) for each in _messages(user)],
        "停电订阅": [_subscription(each) for each in _subscriptions(user)],
        "报修": [_report(each) for each in _reports(user)],
        "验证码": [_code(each) for each in _codes(user)],
        "登录": [_sign_in(each) for each in _sign_ins(user)],
        "账号记录": [_record(each) for each in _records(user)],
    }


def files(user: User) -> Iterator[tuple[str, FieldFile]]:
    """Yield every file that was uploaded, with a path that says what it belongs to."""
    for paper in _papers(user):
        yield _path_of(paper), paper.file
    for report in _reports(user).exclude(photo=""):
        yield _photo_of(report), report.photo


# -- The account -----------------------------------------------------------------------
def _account(user: User) -> Row:
    token = ProgramToken.objects.filter(user=user).first()
    return {
        "手机号码": _phone(user.phone),
        "姓名": user.display_name,
        "注册时间": _said(user.date_joined),
        "最近登录": _said(user.last_login),
        "接口令牌签发时间": _said(token.issued_at) if token else "",
    }


def _codes(user: User) -> QuerySet[SignInCode]:
    return SignInCode.objects.filter(phone_index=user.phone_index).order_by("pk")


def _code(code: SignInCode) -> Row:
    return {
        "请求时间": _said(code.requested_at),
        "网络地址": _said(code.ip),
        "使用时间": _said(code.used_at),
    }


def _sign_ins(user: User) -> QuerySet[AccessLog]:
    found: QuerySet[AccessLog] = AccessLog.objects.filter(username=user.username)
    return found.order_by("pk")


def _sign_in(entry: AccessLog) -> Row:
    return {
        "登录时间": _said(entry.attempt_time),
        "退出时间": _said(entry.logout_time),
        "网络地址": _said(entry.ip_address),
        "浏览器": entry.user_agent,
    }


def _records(user: User) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(user=user).order_by("pk")


def _record(entry: LogEntry) -> Row:
    return {"时间": _said(entry.action_time), "事项": entry.change_message}


# -- Applications ----------------------------------------------------------------------
def _applications(user: User) -> Any:
    return Application.objects.visible_to(user).order_by("pk")


def _of(model: Any, user: User) -> Any:
    rows = model.objects.filter(application__in=_applications(user))
    return rows.select_related("application").order_by("pk")


def _papers(user: User) -> Iterable[Document]:
    papers: Iterable[Document] = _of(Document, user).filter(removed_at=None)
    return papers


def _application(row: Application) -> Row:
    who, connection = row.applicant, getattr(row, "connection", None)
    return {
        "申请编号": _number(row),
        "状态": row.get_status_display(),
        "用电人类别": row.get_applicant_kind_display(),
        "姓名或单位名称": who.name if who else "",
        "证件类型": who.get_id_type_display() if who else "",
        "证件号码": who.id_number if who else "",
        "联系人": who.contact_name if who else "",
        "联系电话": _phone(who.phone) if who else "",
        "由他人代办": _said(who.is_agent) if who else "",
        "所在区": row.region.name if row.region else "",
        "用电地址": row.address,
        "用电用途": row.purpose,
        "申请容量（千瓦）": _said(row.capacity_kw),
        "供电电压": row.get_voltage_display(),
        "电源路数": _said(row.sources),
        "希望用电日期": _said(row.wanted_on),
        "开始填写": _said(row.created_at),
        "提交时间": _said(row.submitted_at),
        "受理时间": _said(row.accepted_at),
        "送电时间": _said(row.energised_at),
        "办结时间": _said(row.closed_at),
        "户号": connection.account_number if connection else "",
        "电能表编号": connection.meter_number if connection else "",
    }


def _events(row: Application, user: User) -> Iterator[Row]:
    """Tell the history as its applicant reads it: remarks of staff stay out."""
    for node in story.done(row.events.order_by("seq"), [], user):
        yield {
            "申请编号": _number(row),
            "时间": _said(node.at),
            "事项": node.title,
            "办理人": node.by,
            "说明": "；".join(filter(None, (*node.lines, node.note, node.late))),
        }


def _plan(plan: Plan) -> Row:
    return {
        "申请编号": _number(plan.application),
        "第几次答复": _said(plan.round),
        "供电电压": plan.get_voltage_display(),
        "批准容量（千瓦）": _said(plan.capacity_kw),
        "电源点": plan.supply_point,
        "计量方式": plan.metering,
        "产权分界点": plan.ownership_boundary,
        "执行电价": plan.tariff,
        "收费项目及金额": plan.fees,
        "工程内容及分工": plan.works,
        "有效期至": _said(plan.valid_until),
        "答复时间": _said(plan.replied_at),
        "确认时间": _said(plan.confirmed_at),
        "异议": plan.objection,
    }


def _inspection(inspection: Inspection) -> Row:
    return {
        "申请编号": _number(inspection.application),
        "环节": inspection.get_stage_display(),
        "报验时间": _said(inspection.reported_at),
        "报验说明": inspection.report,
        "结论时间": _said(inspection.concluded_at),
        "合格": _said(inspection.passed),
        "检查意见": inspection.findings,
    }


def _paper(paper: Document) -> Row:
    return {
        "申请编号": _number(paper.application),
        "材料": paper.label,
        "文件": _path_of(paper),
        "上传时间": _said(paper.uploaded_at),
        "大小（字节）": _said(paper.size),
        "SHA-256": paper.sha256,
    }


def _path_of(paper: Document) -> str:
    return f"材料/{_number(paper.application)}/{paper.pk}-{paper.original_name}"


def _number(row: Application) -> str:
    return row.number or f"草稿{row.pk}"


# -- News and faults -------------------------------------------------------------------
def _messages(user: User) -> QuerySet[Message]:
    return Message.objects.filter(recipient=user).order_by("pk")


def _message(message: Message) -> Row:
    return {
        "时间": _said(message.created_at),
        "渠道": message.get_channel_display(),
        "发往": message.address_shown,
        "标题": message.subject,
        "内容": message.text,
        "阅读时间": _said(message.read_at),
    }


def _subscriptions(user: User) -> QuerySet[Subscription]:
    rows = Subscription.objects.filter(user=user).order_by("pk")
    return rows.select_related(
        "transformer", "premises", "account__premises", "account__transformer"
    )


def _subscription(row: Subscription) -> Row:
    line = subscribers.line_of(row)
    return {
        "称呼": line.label,
        "地点": line.place,
        "户号": row.account.number if row.account else "",
        "方式": line.way,
        "发往": _phone(row.address) if row.address.startswith("+") else line.to,
        "订阅时间": _said(row.created_at),
        "退订时间": _said(row.ended_at),
    }


def _reports(user: User) -> QuerySet[FaultReport]:
    rows = FaultReport.objects.filter(reporter=user).order_by("pk")
    return rows.select_related("account", "region")


def _report(report: FaultReport) -> Row:
    return {
        "报修编号": report.number,
        "报修时间": _said(report.reported_at),
        "故障现象": report.get_trouble_display(),
        "所在区": report.region.name,
        "地点": report.place,
        "户号": report.account.number if report.account else "",
        "情况说明": report.description,
        "联系电话": _phone(report.phone),
        "照片": _photo_of(report) if report.photo else "",
    }


def _photo_of(report: FaultReport) -> str:
    return f"报修照片/{report.number}.{report.photo.name.rpartition('.')[2]}"


# -- Words -----------------------------------------------------------------------------
def _phone(phone: str | None) -> str:
    """Return a number as people write it."""
    return (phone or "").removeprefix("+86")


def _said(value: Any) -> str:
    """Return a fact as text; what is not known is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
