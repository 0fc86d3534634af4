"""A file of recorded outages is brought in whole, and counted as if run here."""

from pathlib import Path

import pytest
from django.core.management import call_command

from outages.lifecycles.outage import Status
from outages.models import Outage, OutageEvent
from outages.vocabulary import Exclusion
from tests.grid import grid

pytestmark = pytest.mark.django_db

FILE = """\
reference,kind,reason,scope,starts_at,ends_at,published_at,began_at,restored_at,\
cause,exclusion,evidence,classified_by,confirmed_by
A-1,planned,更换变压器,L-YY1,2026-03-10T08:00+08:00,2026-03-10T16:00+08:00,\
2026-03-03T08:00+08:00,2026-03-10T08:05+08:00,2026-03-10T15:30+08:00,planned_works,,,,
A-2,fault,雷击,台区:T-YY2-01;S-HP,,,,2026-03-11T23:50+08:00,2026-03-12T01:20+08:00,\
weather,confirmed,气象局证明12号,河西张工,市公司李工
A-3,temporary,消缺,T-YY1-01,2026-03-13T08:00+08:00,2026-03-13T16:00+08:00,\
2026-03-12T08:01+08:00,2026-03-13T08:00+08:00,2026-03-13T09:00+08:00,,none,,,
"""


def _import(tmp_path: Path, text: str, **options: str) -> None:
    place = tmp_path / "history.csv"
    place.write_text(text, encoding="utf-8")
    call_command("import_outages", str(place), **options)


def test_every_row_becomes_an_outage_with_its_one_event(tmp_path, capsys):
    net = grid()

    _import(tmp_path, FILE)

    planned, weather, late = Outage.objects.order_by("source_reference")
    assert planned.status == Status.REVIEWED
    assert planned.households == 600
    assert planned.late_notice is False
    assert planned.line_interruptions.get().line == net.youyi_one
    assert {row.seconds for row in planned.interruptions.all()} == {26700}
    assert weather.exclusion == Exclusion.CONFIRMED
    assert weather.area_text == ("和平区：和平站全部线路；河西区：友谊二线小杨庄台区")
    assert (late.status, late.late_notice) == (Status.RESTORED, True)
    event = OutageEvent.objects.get(reference=weather.number)
    assert (event.action, event.seq, event.hash) == ("import", 1, event.digest())
    assert "已导入3条停电" in capsys.readouterr().out


def test_the_same_file_again_changes_nothing(tmp_path, capsys):
    grid()
    _import(tmp_path, FILE)

    _import(tmp_path, FILE)

    assert Outage.objects.count() == 3
    assert "已导入0条停电，3条以前已导入" in capsys.readouterr().out
