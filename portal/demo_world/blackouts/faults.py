"""Faults: reported, repaired, explained."""

from datetime import datetime

from outages.models import Crew, Line, Outage, RepairOrder, Transformer
from outages.services import judging, repairing, reporting, running
from outages.vocabulary import Importance, Trouble
from portal.demo_world.blackouts.stage import HOUR, MINUTE, Stage, areas, only, whole


def line_fault_under_repair(stage: Stage, line: Line) -> None:
    """A cable was dug through; the crew is at it, the estimate moved once."""
    began = stage.ago(minutes=95)
    orders = [
        _call(area, Trouble.NEIGHBOURHOOD, "整个小区都没电", at=began + minutes)
        for area, minutes in zip(
            areas(line)[:3], (4 * MINUTE, 6 * MINUTE, 9 * MINUTE), strict=False
        )
    ]
    outage = running.record_fault(
        scope=whole(line),
        reason="施工挖断电缆，线路跳闸",
        began_at=began,
        estimated_at=stage.at - 20 * MINUTE,
        by=stage.writer,
        at=began + 12 * MINUTE,
    )
    for order in {order.pk: order for order in orders if order}.values():
        _drive(stage, order, outage, since=began + 14 * MINUTE)
    running.estimate(
        outage,
        estimated_at=stage.at + 40 * MINUTE,
        reason="电缆受损较长，需要更换一段并做接头",
        by=stage.writer,
        at=stage.ago(minutes=30),
    )


def _drive(
    stage: Stage, order: RepairOrder, outage: Outage, *, since: datetime
) -> None:
    repairing.link(order, outage=outage, by=stage.writer, at=since)
    repairing.dispatch(
        order, crew=_crew_of(order), by=stage.writer, at=since + 2 * MINUTE
    )
    repairing.arrive(order, by=stage.writer, at=since + 24 * MINUTE)
    repairing.start_repair(order, by=stage.writer, at=since + 31 * MINUTE)


def somebody_on_oxygen_waits(stage: Stage, line: Line) -> None:
    """One area is dark, and somebody there breathes by a machine."""
    area = areas(line)[0]
    order = _call(
        area,
        Trouble.BUILDING,
        "老人在家用呼吸机，备用电池只够两小时",
        at=stage.ago(minutes=18),
        importance=Importance.MEDICAL,
        phone="13800000001",
    )
    assert order is not None
    repairing.dispatch(
        order,
        crew=_crew_of(order),
        by=stage.writer,
        at=stage.ago(minutes=15),
        estimated_at=stage.at + 75 * MINUTE,
    )


def crew_is_late(stage: Stage, line: Line) -> None:
    """Ninety minutes have passed in the country, and nobody is there yet."""
    order = _call(
        areas(line)[0],
        Trouble.HOME,
        "变压器响了一声就没电了",
        at=stage.ago(minutes=110),
    )
    assert order is not None
    repairing.dispatch(
        order, crew=_crew_of(order), by=stage.writer, at=stage.ago(minutes=80)
    )


def street_light_is_dark(stage: Stage, line: Line) -> None:
    """A street light is reported: no outage, no clock, but an order."""
    _call(
        areas(line)[0],
        Trouble.STREET_LIGHT,
        "路口第三盏路灯不亮",
        at=stage.ago(hours=20),
    )


def storm_waits_for_a_second_look(stage: Stage, line: Line) -> None:
    """A storm is claimed as the cause; a second person has not looked yet."""
    began = stage.ago(hours=30)
    section = areas(line)[:4]
    outage = running.record_fault(
        scope=only(*section),
        reason="雷击导致避雷器损坏",
        began_at=began,
        by=stage.writer,
        at=began + 10 * MINUTE,
    )
    if len(section) > 1:
        running.restore_part(
            outage,
            transformers=[area.code for area in section[:-1]],
            restored_at=began + 70 * MINUTE,
            by=stage.writer,
            at=began + 75 * MINUTE,
        )
    running.restore(outage, by=stage.writer, at=began + 150 * MINUTE)
    judging.classify(
        outage,
        cause="weather",
        evidence="市气象台雷电橙色预警；雷电定位系统记录到落雷。",
        by=stage.writer,
        at=began + 26 * HOUR,
    )


def _call(
    area: Transformer,
    trouble: str,
    words: str,
    *,
    at: datetime,
    importance: str = Importance.ORDINARY,
    phone: str = "",
) -> RepairOrder | None:
    """Report a trouble at an address of an area; return the order that answers it."""
    premises = area.premises.order_by("pk").first()
    report = reporting.report(
        trouble=trouble,
        region=area.region_id,
        place=premises.address if premises else area.name,
        premises=premises,
        importance=importance,
        description=words,
        phone=phone,
        at=at,
    )
    return report.order


def _crew_of(order: RepairOrder) -> Crew:
    crew = Crew.objects.filter(regions=order.region_id).order_by("pk").first()
    assert crew is not None
    return crew
