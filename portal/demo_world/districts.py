"""The sixteen districts of Tianjin as the demo network draws them.

Populations are rounded from the census of 2020 and only weigh; positions are rough.
"""

from dataclasses import dataclass

from outages.vocabulary import AreaClass

URBAN, RURAL, REMOTE = AreaClass.URBAN, AreaClass.RURAL, AreaClass.REMOTE


@dataclass(frozen=True, slots=True)
class District:
    """A district: where it lies (degrees), how many live there, how they live."""

    region: str
    letters: str
    weight: int
    longitude: float
    latitude: float
    # Half of its width and height
    wide: float
    high: float
    classes: dict[AreaClass, int]
    villages: tuple[str, ...] = ()


_CITY = {URBAN: 100}
_RING = {URBAN: 72, RURAL: 28}
_OUTER = {URBAN: 30, RURAL: 70}

DISTRICTS = (
    District("120101", "HP", 35, 117.205, 39.117, 0.015, 0.013, _CITY),
    District("120102", "HD", 86, 117.255, 39.122, 0.028, 0.025, _CITY),
    District("120103", "HX", 82, 117.225, 39.082, 0.027, 0.024, _CITY),
    District("120104", "NK", 89, 117.158, 39.108, 0.026, 0.026, _CITY),
    District("120105", "HB", 65, 117.215, 39.158, 0.025, 0.022, _CITY),
    District("120106", "HQ", 48, 117.158, 39.162, 0.022, 0.020, _CITY),
    District(
        "120110", "DL", 86, 117.390, 39.125, 0.095, 0.060, _RING,
        ("赤土村", "务本村", "胡张庄", "大郑村", "小宋庄"),
    ),
    District(
        "120111", "XQ", 120, 117.030, 39.060, 0.100, 0.085, _RING,
        ("当城村", "水高庄", "小南河", "白滩寺", "第六埠"),
    ),
    District(
        "120112", "JN", 93, 117.400, 38.980, 0.095, 0.055, _RING,
        ("西小站村", "前进村", "双桥河", "五登房", "东泥沽"),
    ),
    District(
        "120113", "BC", 91, 117.140, 39.250, 0.090, 0.055, _RING,
        ("双口村", "上河头", "韩家墅", "芦新河", "东堤头"),
    ),
    District(
        "120114", "WQ", 115, 117.040, 39.440, 0.160, 0.130, _OUTER,
        ("南辛庄", "大桃园", "小王甫", "八百户", "泗村店", "后侯尚"),
    ),
    District(
        "120115", "BD", 72, 117.320, 39.660, 0.170, 0.130, _OUTER,
        ("欢喜庄", "小辛码头", "大白庄", "朝霞村", "王卜庄", "口东村"),
    ),
    District(
        "120116", "BH", 207, 117.650, 38.990, 0.130, 0.170, {URBAN: 80, RURAL: 20},
        ("崔家码头", "大神堂", "沙井子", "苏家园", "郭庄子"),
    ),
    District(
        "120117", "NH", 40, 117.800, 39.380, 0.110, 0.110, _OUTER,
        ("小芦庄", "木头窝", "齐家埠", "杨拨村", "大艇村"),
    ),
    District(
        "120118", "JH", 79, 116.970, 38.890, 0.140, 0.150, _OUTER,
        ("西双塘", "义渡口", "张家庄", "大丰堆", "独流北"),
    ),
    District(
        "120119", "JZ", 80, 117.420, 40.050, 0.150, 0.130,
        {URBAN: 16, RURAL: 50, REMOTE: 34},
        ("郭家沟", "青山岭", "常州村", "石头营", "西井峪", "团山子", "白蛇谷"),
    ),
)  # fmt: skip
