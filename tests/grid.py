"""A small network every outage test knows, built through the real services.

友谊站 in 河西 feeds 友谊一线 (三个台区, 600 户) and 友谊二线 (一个台区, 100 户);
和平站 in 和平 feeds 和平一线 (一个台区, 50 户). 周运维 is the second operator.
"""

from dataclasses import dataclass

from outages.models import Account, Line, Premises, Substation, Transformer
from outages.services import network
from outages.vocabulary import AreaClass, Importance
from portal.accounts.models import User
from tests.cast import HEPING, HEXI, _person, laws


@dataclass(frozen=True)
class Grid:
    """The parts by name."""

    youyi: Substation
    heping: Substation
    youyi_one: Line
    youyi_two: Line
    heping_one: Line
    garden: Transformer  # 海河花园, 300 户
    school: Transformer  # 友谊小学, 200 户
    market: Transformer  # 集贸市场, 100 户, not supplied directly
    village: Transformer  # 二线上的台区, 100 户, rural
    square: Transformer  # 和平广场, 50 户
    garden_gate: Premises
    market_hall: Premises
    zhang_home: Account
    hospital: Account


def zhou() -> User:
    """周运维, the second pair of eyes."""
    return _person("zhou", "operator", display_name="周运维", staff_no="Y0002")


def grid() -> Grid:
    """Build the network; regions come with the policies."""
    laws()
    youyi = network.add_substation(code="S-YY", name="友谊站", region=HEXI)
    heping = network.add_substation(code="S-HP", name="和平站", region=HEPING)
    one = network.add_line(code="L-YY1", name="友谊一线", substation=youyi)
    two = network.add_line(
        code="L-YY2", name="友谊二线", substation=youyi, area_class=AreaClass.RURAL
    )
    hp = network.add_line(code="L-HP1", name="和平一线", substation=heping)
    garden = network.add_transformer(
        code="T-YY1-01", name="海河花园台区", line=one, households=300
    )
    school = network.add_transformer(
        code="T-YY1-02", name="友谊小学台区", line=one, households=200
    )
    market = network.add_transformer(
        code="T-YY1-03",
        name="集贸市场台区",
        line=one,
        households=100,
        direct_supplied=False,
        owner="天津友谊物业有限公司",
    )
    village = network.add_transformer(
        code="T-YY2-01", name="小杨庄台区", line=two, households=100
    )
    square = network.add_transformer(
        code="T-HP1-01", name="和平广场台区", line=hp, households=50
    )
    gate = network.add_premises(
        transformer=garden, address="友谊路12号海河花园", compound="海河花园"
    )
    hall = network.add_premises(
        transformer=market,
        address="友谊路30号集贸市场",
        compound="友谊集贸市场",
        property_manager="天津友谊物业有限公司",
        property_phone="+8613900000030",
    )
    return Grid(
        youyi, heping, one, two, hp, garden, school, market, village, square,
        gate, hall,
        network.add_account(number="1200000001", premises=gate),
        network.add_account(
            number="1200000002", premises=gate, importance=Importance.HOSPITAL
        ),
    )  # fmt: skip
