"""Plausible names, addresses and numbers; none belongs to anybody by intention."""

import random
from dataclasses import dataclass

from stdnum.cn import ric, uscc

from applications.classification import ApplicantKind

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅"
GIVEN = [
    "建国",
    "建华",
    "秀英",
    "桂兰",
    "志强",
    "志刚",
    "丽娟",
    "玉兰",
    "海燕",
    "文静",
    "雅琴",
    "国栋",
    "永胜",
    "立新",
    "春生",
    "晓明",
    "晓东",
    "佳怡",
    "子轩",
    "浩然",
    "思远",
    "欣怡",
    "宝山",
    "津生",
    "连弟",
    "凤霞",
    "俊杰",
    "振海",
    "玉梅",
    "学军",
]
STREETS = {
    "120101": ["南京路", "滨江道", "营口道", "西康路", "成都道"],
    "120102": ["津塘路", "卫国道", "六纬路", "大直沽八号路", "成林道"],
    "120103": ["友谊路", "解放南路", "大沽南路", "围堤道", "洞庭路"],
    "120104": ["卫津路", "鞍山西道", "长江道", "红旗路", "迎水道"],
    "120105": ["中山路", "狮子林大街", "王串场一号路", "金钟河大街", "育红路"],
    "120106": ["丁字沽一号路", "光荣道", "芥园道", "西青道", "本溪路"],
    "120110": ["津塘公路", "先锋路", "跃进路", "津滨大道", "成林道延长线"],
    "120111": ["杨柳青镇柳口路", "中北大道", "津静公路", "赛达大道", "梨秀道"],
    "120112": ["咸水沽镇津沽路", "双港镇海河工业区", "小站镇盛塘路", "葛沽镇津沽公路"],
    "120113": ["果园南道", "京津公路", "北仓道", "小淀镇津围公路", "双街镇顺义道"],
    "120114": ["杨村镇雍阳西道", "泉州路", "京滨工业园京滨大道", "王庆坨镇祥瑞路"],
    "120115": ["南关大街", "建设路", "九园工业园九园路", "大口屯镇产业路"],
    "120116": [
        "塘沽新港路",
        "第三大街",
        "中新生态城和顺路",
        "大港世纪大道",
        "汉沽新开路",
    ],
    "120117": ["芦台镇光明路", "商业道", "现代产业区十一纬路", "潘庄镇潘庄大街"],
    "120118": ["静海镇胜利大街", "团泊大道", "子牙新城北京路", "大邱庄镇尧舜道"],
    "120119": [
        "中昌路",
        "兴华大街",
        "人民西大街",
        "下营镇津围路",
        "京津州河科技产业园",
    ],
}
ESTATES = [
    "海河名邸",
    "津滨家园",
    "友谊东里",
    "照湖西里",
    "金钟新城",
    "瑞景小区",
    "卫津南里",
    "福源名居",
]
TRADES = [
    "食品",
    "机械制造",
    "精密电子",
    "汽车部件",
    "生物医药",
    "新材料",
    "冷链物流",
    "自行车",
    "包装印刷",
]
HOUSES = [
    "海河",
    "津门",
    "渤海",
    "滨城",
    "北辰",
    "天元",
    "长芦",
    "五大道",
    "蓟运河",
    "盘山",
]
INSTITUTIONS = [
    "第三小学",
    "社区卫生服务中心",
    "文化馆",
    "养老院",
    "消防救援站",
    "中学",
    "区医院",
]


@dataclass(frozen=True, slots=True)
class Somebody:
    """An applicant as the identity step would take them."""

    name: str
    contact: str
    id_type: str
    id_number: str
    phone: str


def somebody(dice: random.Random, kind: str, district: str) -> Somebody:
    """Make up an applicant of a kind."""
    contact = dice.choice(SURNAMES) + dice.choice(GIVEN)
    phone = f"138{dice.randrange(10**8):08d}"
    if kind == ApplicantKind.RESIDENT:
        return Somebody(contact, contact, "id_card", _id_card(dice, district), phone)
    name = _business(dice) if kind == ApplicantKind.PRIVATE_BUSINESS else _public(dice)
    return Somebody(name, contact, "uscc", _credit_code(dice, district), phone)


def address(dice: random.Random, district: str, kind: str) -> str:
    """Make up an address on a street that the district has."""
    street = f"{dice.choice(STREETS[district])}{dice.randrange(1, 299)}号"
    if kind == ApplicantKind.RESIDENT:
        estate, door = dice.choice(ESTATES), dice.randrange(101, 2604)
        return f"{street}{estate}{dice.randrange(1, 28)}号楼{door}室"
    return street


def _business(dice: random.Random) -> str:
    house, trade = dice.choice(HOUSES), dice.choice(TRADES)
    return f"天津{house}{dice.choice(GIVEN)[0]}{trade}有限公司"


def _public(dice: random.Random) -> str:
    return f"天津市{dice.choice(HOUSES)}{dice.choice(INSTITUTIONS)}"


def _id_card(dice: random.Random, district: str) -> str:
    year, month, day = (
        dice.randrange(1945, 2004),
        dice.randrange(1, 13),
        dice.randrange(1, 28),
    )
    body = f"{district}{year}{month:02d}{day:02d}{dice.randrange(1000):03d}"
    return body + ric.calc_check_digit(body + "0")


def _credit_code(dice: random.Random, district: str) -> str:
    body = f"91{district}{dice.randrange(10**9):09d}"
    return body + uscc.calc_check_digit(body)
