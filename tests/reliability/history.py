"""Networks and histories as rows, for reckoning: what services would leave behind."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from outages.lifecycles.outage import Status
from outages.models import Interruption, Line, Outage, Substation, Transformer
from outages.services import network
from outages.vocabulary import Exclusion, OutageKind
from sla.ground import numbers
from tests.cast import HEPING, HEXI, laws


@dataclass(frozen=True)
class Town:
    """Two lines in 河西, one in 和平; 小区, 专变 and an area that was retired."""

    station: Substation
    one: Line
    two: Line
    far: Line
    homes: Transformer  # 河西, 300 households
    shops: Transformer  # 河西, 100
    factory: Transformer  # 河西, privately owned, 1
    village: Transformer  # 河西, second line, rural, 50
    old: Transformer  # 河西, 80, retired
    square: Transformer  # 和平, 200

    @property
    def areas(self) -> list[Transformer]:
        return [
            self.homes, self.shops, self.factory, self.village, self.old, self.square,
        ]  # fmt: skip


def town() -> Town:
    """Build the network."""
    laws()
    station = network.add_substation(code="S-1", name="海河站", region=HEXI)
    one = network.add_line(code="L-1", name="海河一线", substation=station)
    two = network.add_line(
        code="L-2", name="海河二线", substation=station, area_class="rural"
    )
    far = network.add_line(code="L-3", name="和平线", substation=station, region=HEPING)

    def area(code: str, line: Line, households: int, **facts: Any) -> Transformer:
        return network.add_transformer(
            code=code, name=f"{code}台区", line=line, households=households, **facts
        )

    return Town(
        station, one, two, far,
        area("T-1", one, 300),
        area("T-2", one, 100),
        area("T-3", one, 1, public=False, owner="海河食品厂"),
        area("T-4", two, 50),
        area("T-5", one, 80, retired_on=datetime(2024, 1, 1).date()),  # noqa: DTZ001
        area("T-6", far, 200),
    )  # fmt: skip


def cut(
    area: Transformer,
    began: datetime | None,
    lasted: timedelta | None = None,
    *,
    kind: str = OutageKind.FAULT,
    cause: str = "equipment",
    exclusion: str = Exclusion.NONE,
    whole: bool = True,
    households: int | None = None,
    status: str | None = None,
    outage: Outage | None = None,
) -> Interruption:
    """Put one interruption into the history; without a length it is still out."""
    restored = began + lasted if began and lasted is not None else None
    usual = Status.RESTORED if restored else Status.UNDER_WAY
    if outage is None:
        outage = Outage.objects.create(
            number=numbers.new_number("TD"),
            kind=kind,
            status=status or usual,
            reason="测试",
            began_at=began,
            restored_at=restored,
            cause=cause,
            exclusion=exclusion,
            created_at=began or datetime.fromisoformat("2024-01-01T00:00+08:00"),
        )
    return Interruption.objects.create(
        outage=outage,
        transformer=area,
        line=area.line,
        region_id=area.region_id,
        whole=whole,
        households=area.households if households is None else households,
        began_at=began,
        restored_at=restored,
        seconds=None if lasted is None else int(lasted.total_seconds()),
    )
