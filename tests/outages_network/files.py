"""How the tests write network files: a small one that fits the grid, and its edits."""

import io
import json
from datetime import datetime
from typing import Any

from outages.models import NetworkImport
from outages.services import network_files
from outages.services.network_files import Plan
from tests.cast import NOW, sun

HEADER = (
    "part,code,name,parent,region,voltage,area_class,public,direct_supplied,owner,"
    "households,capacity_kva,load_kw,longitude,latitude,address,compound,"
    "property_manager,property_phone,importance,retired_on"
)


def row(part: str, **cells: str) -> str:
    """Return one row of CSV under the whole header."""
    names = HEADER.split(",")
    assert set(cells) <= set(names), cells
    return ",".join(cells.get(name, part if name == "part" else "") for name in names)


SUBSTATION = row(
    "substation", code="S-01", name="柳林站", region="120103", voltage="110kV",
    longitude="117.25", latitude="39.05",
)  # fmt: skip
LINE = row("line", code="L-01", name="柳林一线", parent="S-01", area_class="urban")
AREA = row(
    "transformer", code="T-01", name="柳林东里台区", parent="L-01", households="120",
    owner="天津柳林物业有限公司", public="是", direct_supplied="否",
    capacity_kva="400", load_kw="210.5", longitude="117.251", latitude="39.051",
)  # fmt: skip
PLACE = row(
    "premises", parent="T-01", address="柳林路5号柳林东里1号楼", compound="柳林东里",
    property_manager="天津柳林物业有限公司", property_phone="13900000031",
)  # fmt: skip
ACCOUNT = row(
    "account", code="1209000001", parent="T-01", address="柳林路5号柳林东里1号楼",
    importance="medical",
)  # fmt: skip
WHOLE = [SUBSTATION, LINE, AREA, PLACE, ACCOUNT]


def csv(*rows: str, header: str = HEADER) -> bytes:
    """Return a file of these rows."""
    return "\n".join([header, *(rows or WHOLE)]).encode()


def planned(content: bytes, *, at: datetime = NOW) -> Plan:
    """Return the preview of a file."""
    table = network_files.read(io.BytesIO(content), name="网络.csv")
    return network_files.plan(table, at=at)


def errors(content: bytes) -> list[str]:
    """Return what is wrong with the rows of a file, as people read it."""
    return [str(error) for error in planned(content).errors]


def brought_in(content: bytes, *, at: datetime = NOW) -> NetworkImport | None:
    """Apply a file as 孙运维."""
    return network_files.apply(planned(content, at=at), by=sun(), at=at)


def geojson(*features: Any) -> bytes:
    """Return a FeatureCollection."""
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, ensure_ascii=False).encode()


def feature(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    """Return one feature."""
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(longitude: float, latitude: float) -> dict[str, Any]:
    """Return a position as GeoJSON writes it."""
    return {"type": "Point", "coordinates": [longitude, latitude]}
