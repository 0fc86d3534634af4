"""Cut too often: from the fourth outage within sixty days to the watch after works."""

from outages.models import Line, Transformer
from outages.services import governance, judging, running
from portal.demo_world.blackouts.stage import DAY, HOUR, MINUTE, Stage, areas, only


def _too_often(stage: Stage, line: Line, days_ago: list[int]) -> Transformer:
    """Let one area fail on these days, each for an hour or two."""
    area = areas(line)[0]
    for number, back in enumerate(days_ago):
        began = stage.morning(-back, 18, 5 + number)
        outage = running.record_fault(
            scope=only(area),
            reason="台区低压出线过负荷跳闸",
            began_at=began,
            by=stage.writer,
            at=began + 5 * MINUTE,
        )
        running.restore(outage, by=stage.writer, at=began + (50 + 9 * number) * MINUTE)
        judging.classify(outage, cause="overload", by=stage.writer, at=began + 3 * HOUR)
        judging.review(outage, by=stage.checker, at=began + 20 * HOUR)
    return area


def case_without_a_plan(stage: Stage, line: Line) -> None:
    """The fourth outage within sixty days opened a case this week."""
    _too_often(stage, line, [50, 33, 17, 3])


def case_in_works(stage: Stage, line: Line) -> None:
    """A case whose plan is being carried out."""
    area = _too_often(stage, line, [75, 61, 48, 40])
    case = area.governance_cases.get()
    governance.plan(
        case,
        measures="新增一台 630 千伏安变压器，分割台区负荷；低压线路换粗。",
        planned_on=(stage.at + 20 * DAY).date(),
        responsible=stage.writer,
        by=stage.writer,
        at=stage.ago(days=36),
    )
    governance.start_works(case, by=stage.writer, at=stage.ago(days=12))


def case_being_watched(stage: Stage, line: Line) -> None:
    """Works are done and inspected; the clean period runs."""
    area = _too_often(stage, line, [140, 128, 115, 104])
    case = area.governance_cases.get()
    governance.plan(
        case,
        measures="更换老旧架空线为电缆，加装智能开关。",
        planned_on=(stage.at - 40 * DAY).date(),
        responsible=stage.writer,
        by=stage.writer,
        at=stage.ago(days=99),
    )
    governance.start_works(case, by=stage.writer, at=stage.ago(days=80))
    governance.finish_works(case, by=stage.writer, at=stage.ago(days=45))
    governance.inspect(
        case,
        inspection="现场走访 6 户，两个月未再停电；电缆、开关运行正常。",
        passed=True,
        by=stage.checker,
        at=stage.ago(days=20),
    )


def once_more_is_too_often(stage: Stage, line: Line) -> None:
    """Three outages within sixty days: one more opens a case."""
    _too_often(stage, line, [44, 21, 6])
