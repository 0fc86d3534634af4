"""The sixteen districts of Tianjin as our own schematic outlines, drawn to two scales.

The whole city, and the six inner districts enlarged so that a thumb can meet them.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "tianjin.yaml"
# A degree of longitude is shorter than one of latitude, as far north as Tianjin.
_SHRINK = cos(radians(39.3))


@dataclass(frozen=True, slots=True)
class Outline:
    """One district on one sheet, in the sheet's own units."""

    code: str
    short: str
    points: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a sheet."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture of some districts: its size, its outlines, and how it is drawn."""

    width: int
    height: int
    outlines: tuple[Outline, ...]
    west: float
    north: float
    scale: float

    def place(self, longitude: float | Decimal, latitude: float | Decimal) -> Place:
        """Return where a place lies on this sheet; it may lie outside."""
        x = (float(longitude) - self.west) * _SHRINK * self.scale
        y = (self.north - float(latitude)) * self.scale
        return Place(round(x, 1), round(y, 1))

    def holds(self, place: Place) -> bool:
        """Tell whether a place lies on the sheet."""
        return 0 <= place.x <= self.width and 0 <= place.y <= self.height


@dataclass(frozen=True, slots=True)
class Chart:
    """Both sheets, the inner districts small on the first; where they come from."""

    city: Sheet
    core: tuple[Outline, ...]
    sea: Place
    inner: Sheet
    source: str


@cache
def chart() -> Chart:
    """Return the outlines of the city, read once."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    districts = told["districts"]
    within = [each for each in districts if each.get("inner")]
    around = [each for each in districts if not each.get("inner")]
    points = told["points"]
    city = _sheet(points, around, scale=420, margin=8)
    return Chart(
        city=city,
        sea=city.place(*told["sea"]),
        core=tuple(_outline(city, points, each) for each in within),
        inner=_sheet(points, within, scale=2900, margin=6),
        source=told["source"],
    )


def _sheet(
    points: dict[str, list[float]],
    districts: list[dict[str, Any]],
    *,
    scale: float,
    margin: float,
) -> Sheet:
    corners = [points[name] for each in districts for name in each["ring"]]
    west = min(corner[0] for corner in corners) - margin / scale / _SHRINK
    east = max(corner[0] for corner in corners)
    north = max(corner[1] for corner in corners) + margin / scale
    south = min(corner[1] for corner in corners)
    blank = Sheet(
        width=round((east - west) * _SHRINK * scale + margin),
        height=round((north - south) * scale + margin),
        outlines=(),
        west=west,
        north=north,
        scale=scale,
    )
    drawn = tuple(_outline(blank, points, each) for each in districts)
    return replace(blank, outlines=drawn)


def _outline(
    sheet: Sheet, points: dict[str, list[float]], district: dict[str, Any]
) -> Outline:
    ring = [sheet.place(*points[name]) for name in district["ring"]]
    label = sheet.place(*district["label"])
    return Outline(
        code=district["code"],
        short=district["short"],
        points=" ".join(f"{place.x},{place.y}" for place in ring),
        x=label.x,
        y=label.y,
    )
