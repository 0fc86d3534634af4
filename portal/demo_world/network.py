"""The network of the demo: a Tianjin of sixteen districts, brought in like a file.

Rows go the same way as an operator's import; the same seed makes the same network.
Names of roads and towns exist, compounds and companies are made up.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from outages.models import Premises, Substation
from outages.services import network_files
from outages.services.network_files import COLUMNS, Row, Table
from outages.vocabulary import AreaClass
from portal.demo_world.districts import DISTRICTS, District
from portal.demo_world.names import ESTATES, GIVEN, HOUSES, STREETS, TRADES
from sla.ground.actors import SYSTEM

SEED = 20250701
AREAS = 4000
ACCOUNTS_PER_AREA = 5
HOUSEHOLDS = 1_000_000
AREAS_PER_LINE = 20
LINES_PER_SUBSTATION = 3.4
# How many households a 台区 has beside one in town.
_CROWDED = {AreaClass.URBAN: 1.0, AreaClass.RURAL: 0.62, AreaClass.REMOTE: 0.3}
_FIRST = "海津滨渤汇泽瑞福景泰康宁怡雅华新紫翠云秀金玉锦绣丽晴枫柳荷兰桂竹"
_LAST = ("花园", "家园", "里", "公寓", "新苑", "名邸", "嘉园", "东里", "西里", "雅居")
# The share of 台区 that one firm has to itself.
_FIRMS_OWN = 0.06
_CAPACITIES = (100, 200, 315, 400, 630, 800, 1250, 1600)
# The pages say “例如：海河花园、友谊路12号”: who tries that is to find it.
_EXAMPLE = ("120103", "友谊路12号", "海河花园")
_FIRMS = ("安居", "佳和", "万邻", "津泰", "同福", "惠民", "嘉信", "恒洁")


def build(
    at: datetime,
    *,
    seed: int = SEED,
    areas: int = AREAS,
    accounts_per_area: int = ACCOUNTS_PER_AREA,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Build the network unless there is one; regions must be loaded.

    ``areas`` is the number of 台区, a few more or less; households sum to 250 for each.
    ``progress`` is told how many accounts are written.
    """
    if Substation.objects.exists():
        return
    rows = _Draughtsman(seed, areas, accounts_per_area).rows()
    numbered = (Row(number, cells) for number, cells in enumerate(rows, start=2))
    columns = frozenset(column.name for column in COLUMNS)
    plan = network_files.plan(Table(columns, numbered, "演示电网"), at=at)
    assert plan.error_count == 0, plan.errors[:3]
    network_files.apply(plan, by=SYSTEM, at=at, progress=progress)


def home(dice: random.Random, district: str) -> str | None:
    """Return a door in a house of the network in town, or None where there is none."""
    houses = Premises.objects.filter(
        region=district,
        transformer__area_class=AreaClass.URBAN,
        transformer__public=True,
    ).order_by("pk")
    number = houses.count()
    if not number:
        return None
    address = houses.values_list("address", flat=True)[dice.randrange(number)]
    return f"{address}{dice.randrange(1, 26)}{dice.randrange(1, 5):02d}室"


@dataclass(slots=True)
class _Compound:
    """Where the next 台区 of a compound lie; some stand behind a property manager."""

    name: str
    address: str
    firm: str
    phone: str
    direct: bool
    house: str
    areas_left: int
    houses: int = 0


class _Draughtsman:
    """Draw the network from its substations down to its accounts."""

    def __init__(self, seed: int, areas: int, accounts_per_area: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 -- the same network each time
        self.areas = areas
        self.accounts_per_area = accounts_per_area
        self.last_account = 0
        self.taken: set[str] = set()

    def rows(self) -> Iterator[dict[str, str]]:
        whole = sum(district.weight for district in DISTRICTS)
        for district in DISTRICTS:
            share = district.weight / whole
            number = max(2, round(self.areas * share))
            people = round(HOUSEHOLDS / AREAS * self.areas * share)
            yield from self._district(district, number, people)

    # -- From the substation to the 台区 -----------------------------------------------
    def _district(
        self, district: District, areas: int, people: int
    ) -> Iterator[dict[str, str]]:
        lines = max(1, round(areas / AREAS_PER_LINE))
        stations = max(1, round(lines / LINES_PER_SUBSTATION))
        places = [self._position(district) for _ in range(stations)]
        streets = STREETS[district.region]
        for number, (longitude, latitude) in enumerate(places, start=1):
            yield {
                "part": "substation",
                "code": f"S-{district.letters}{number:02d}",
                "name": f"{streets[number % len(streets)]}{number}号站",
                "region": district.region,
                "voltage": self.dice.choices(["110kV", "35kV", "220kV"], [70, 22, 8])[
                    0
                ],
                "longitude": f"{longitude:.6f}",
                "latitude": f"{latitude:.6f}",
            }
        classes = self._classes(district, lines)
        sizes = [areas // lines + (n < areas % lines) for n in range(lines)]
        homes = iter(self._households(classes, sizes, people))
        for number, (area_class, size) in enumerate(
            zip(classes, sizes, strict=True), start=1
        ):
            code = f"L-{district.letters}{number:03d}"
            street = streets[(number - 1) % len(streets)]
            yield {
                "part": "line",
                "code": code,
                "name": f"10千伏{street}{number}线",
                "parent": f"S-{district.letters}{number % stations + 1:02d}",
                "area_class": area_class,
            }
            start = places[number % stations]
            yield from self._line(district, code, area_class, size, start, homes)

    def _classes(self, district: District, lines: int) -> list[AreaClass]:
        """Share the lines out among town, country and mountains, town first."""
        shares = district.classes
        whole, given = sum(shares.values()), 0.0
        found: list[AreaClass] = []
        for area_class, share in shares.items():
            given += lines * share / whole
            found += [area_class] * (round(given) - len(found))
        return found

    def _households(
        self, classes: list[AreaClass], sizes: list[int], people: int
    ) -> list[int]:
        """Share the households of a district out among its 台区."""
        raw = [
            _CROWDED[area_class] * self.dice.uniform(0.45, 1.55)
            for area_class, size in zip(classes, sizes, strict=True)
            for _ in range(size)
        ]
        scale = people / sum(raw) / (1 - _FIRMS_OWN)
        return [max(1, round(share * scale)) for share in raw]

    def _position(self, district: District) -> tuple[float, float]:
        angle = self.dice.uniform(0, 2 * math.pi)
        # The root spreads points evenly over the ellipse.
        far = 0.8 * math.sqrt(self.dice.random())
        return (
            district.longitude + district.wide * far * math.cos(angle),
            district.latitude + district.high * far * math.sin(angle),
        )

    def _line(
        self,
        district: District,
        line: str,
        area_class: AreaClass,
        size: int,
        start: tuple[float, float],
        homes: Iterator[int],
    ) -> Iterator[dict[str, str]]:
        """Draw the 台区 of a line, one after the other away from the substation."""
        angle = self.dice.uniform(0, 2 * math.pi)
        reach = 0.75 / AREAS_PER_LINE
        longitude, latitude = start
        compound: _Compound | None = None
        for number in range(1, size + 1):
            angle += self.dice.uniform(-0.4, 0.4)
            longitude += district.wide * reach * math.cos(angle)
            latitude += district.high * reach * math.sin(angle)
            if compound is None or compound.areas_left == 0:
                compound = self._compound(district, area_class)
            compound.areas_left -= 1
            area = self._area(
                f"{line.replace('L-', 'T-')}-{number:02d}", line, next(homes), compound
            )
            area |= {"longitude": f"{longitude:.6f}", "latitude": f"{latitude:.6f}"}
            yield area
            yield from self._addresses(area["code"], area["public"] == "是", compound)

    # -- Compounds, villages, firms ----------------------------------------------------
    def _compound(self, district: District, area_class: AreaClass) -> _Compound:
        town = area_class == AreaClass.URBAN
        name = self._unused(self._estate if town else lambda: self._village(district))
        street = self.dice.choice(STREETS[district.region])
        place = f"{street}{self.dice.randrange(1, 299)}号"
        region, example, estate = _EXAMPLE
        if district.region == region and estate not in self.taken:
            name, place = estate, example
            self.taken.add(name)
        direct = not town or self.dice.random() > 0.18
        firm = f"天津{self.dice.choice(HOUSES)}{self.dice.choice(_FIRMS)}物业有限公司"
        return _Compound(
            name=name,
            address=f"{place}{name}" if town else name,
            firm=firm if town and (not direct or self.dice.random() < 0.5) else "",
            phone=f"138{self.dice.randrange(10**8):08d}",
            direct=direct,
            house="号楼" if town else "排",
            areas_left=self.dice.randrange(1, 5),
        )

    def _estate(self) -> str:
        if self.dice.random() < 0.04:
            return self.dice.choice(ESTATES)
        first = "".join(self.dice.sample(_FIRST, 2))
        return first + self.dice.choice(_LAST)

    def _village(self, district: District) -> str:
        town = self.dice.choice(STREETS[district.region])
        place = town.split("镇")[0] + "镇" if "镇" in town else ""
        return f"{place}{self.dice.choice(district.villages)}"

    def _unused(self, name: Callable[[], str]) -> str:
        """Return a name; one that is taken is told apart as towns do it."""
        found = name()
        if found in self.taken:
            number = 2
            while f"{found}{number}区" in self.taken:
                number += 1
            found = f"{found}{number}区"
        self.taken.add(found)
        return found

    def _area(
        self, code: str, line: str, homes: int, compound: _Compound
    ) -> dict[str, str]:
        firm = self.dice.random() < _FIRMS_OWN
        owner = compound.firm if not compound.direct else ""
        name = f"{compound.name}{int(code[-2:])}号台区"
        if firm:
            given, trade = self.dice.choice(GIVEN)[0], self.dice.choice(TRADES)
            owner = f"天津{self.dice.choice(HOUSES)}{given}{trade}有限公司"
            name, homes = f"{owner.removesuffix('有限公司')}专变", 1
        capacity = next((c for c in _CAPACITIES if c > homes), _CAPACITIES[-1])
        return {
            "part": "transformer",
            "code": code,
            "name": name,
            "parent": line,
            "public": "否" if firm else "是",
            "direct_supplied": "是" if compound.direct else "否",
            "owner": owner,
            "households": str(homes),
            "capacity_kva": str(capacity),
            "load_kw": f"{capacity * self.dice.uniform(0.25, 0.95):.1f}",
        }

    # -- Addresses and accounts --------------------------------------------------------
    def _addresses(
        self, area: str, public: bool, compound: _Compound
    ) -> Iterator[dict[str, str]]:
        addresses = []
        for _ in range(2):
            compound.houses += 1
            addresses.append(f"{compound.address}{compound.houses}{compound.house}")
        for address in addresses:
            yield {
                "part": "premises",
                "parent": area,
                "address": address,
                "compound": compound.name,
                "property_manager": compound.firm,
                "property_phone": compound.phone if compound.firm else "",
            }
        number = self.accounts_per_area if public else 1
        for index in range(number):
            self.last_account += 1
            yield {
                "part": "account",
                # Numbers of applications, 120…, stay free.
                "code": f"125{self.last_account:07d}",
                "parent": area,
                "address": addresses[index % 2],
                "importance": self._importance(index),
            }

    def _importance(self, index: int) -> str:
        """Return how urgent an account is; of every 台区 only the first few are."""
        odds: dict[int, tuple[list[str], list[int]]] = {
            0: (["hospital", "important", "lift"], [2, 4, 24]),
            1: (["medical"], [6]),
        }
        if index not in odds:
            return "ordinary"
        kinds, weights = odds[index]
        rest = 100 - sum(weights)
        return self.dice.choices([*kinds, "ordinary"], [*weights, rest])[0]
