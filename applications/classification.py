"""From the applicant's own words to a user type and a route of 附件2."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from applications import catalogue
from sla.vocabulary import Stage, UserType


class ApplicantKind(TextChoices):
    """Who will use the electricity."""

    RESIDENT = "resident", _("居民家庭")
    PRIVATE_BUSINESS = "private_business", _("个体工商户或民营企业")
    ORGANISATION = "organisation", _("机关、事业单位、国有企业或其他组织")


class Voltage(TextChoices):
    """The supply voltages of 附件2, note 1."""

    V220 = "220V", _("220伏")
    V380 = "380V", _("380伏")
    KV10 = "10kV", _("10千伏（含6、20千伏）")
    KV35 = "35kV", _("35千伏")
    KV110 = "110kV", _("110千伏及以上")


LOW_VOLTAGES = frozenset({Voltage.V220, Voltage.V380})
EXTRA_HIGH_VOLTAGES = frozenset({Voltage.KV35, Voltage.KV110})

LOW_TYPES = frozenset(
    {UserType.THREE_ZERO, UserType.THREE_ZERO_LINE, UserType.LOW_VOLTAGE}
)
THREE_ZERO_TYPES = frozenset({UserType.THREE_ZERO, UserType.THREE_ZERO_LINE})


def suggest_voltage(capacity_kw: Decimal, sources: int) -> Voltage:
    """Suggest a voltage for a capacity in kW; two sources mean high voltage."""
    rules = catalogue.read("user_types")
    low, high = rules["low_voltage"], rules["high_voltage"]
    if sources == 1 and capacity_kw <= low["ceiling_kw"]:
        single_phase = capacity_kw <= low["single_phase_up_to_kw"]
        return Voltage.V220 if single_phase else Voltage.V380
    for voltage, most in high["up_to_kw"].items():
        if capacity_kw <= most:
            return Voltage(voltage)
    return Voltage(high["beyond"])


def three_zero_ceiling(district: str) -> int:
    """Return the 三零 ceiling in kW; task (1) lets districts raise it."""
    rule = catalogue.read("user_types")["three_zero"]
    return int(rule["ceilings_by_district"].get(district, rule["ceiling_kw"]))


def classify(
    *,
    kind: str,
    capacity_kw: Decimal,
    voltage: str,
    sources: int,
    district: str,
    external_line: bool,
) -> UserType:
    """Derive the user type of 附件2 (tasks (1), (2); notes 1 and 2)."""
    if voltage in EXTRA_HIGH_VOLTAGES:
        return UserType.EXTRA_HIGH_DUAL if sources > 1 else UserType.EXTRA_HIGH_SINGLE
    if voltage not in LOW_VOLTAGES:
        return (
            UserType.HIGH_VOLTAGE_DUAL if sources > 1 else UserType.HIGH_VOLTAGE_SINGLE
        )
    eligible = kind in catalogue.read("user_types")["three_zero"]["kinds"]
    if eligible and capacity_kw <= three_zero_ceiling(district):
        return UserType.THREE_ZERO_LINE if external_line else UserType.THREE_ZERO
    return UserType.LOW_VOLTAGE


def route(
    user_type: str, *, important: bool, concealed_works: bool
) -> tuple[Stage, ...]:
    """Return the stages that an application goes through, in order."""
    rules = catalogue.read("routes")
    if user_type in LOW_TYPES:
        return tuple(Stage(name) for name in rules["low_voltage"])
    reviewed = important or user_type in {
        UserType.EXTRA_HIGH_SINGLE,
        UserType.EXTRA_HIGH_DUAL,
    }
    names = rules["high_voltage_reviewed" if reviewed else "high_voltage"]
    extra = rules["concealed_works_add"] if concealed_works else None
    return tuple(
        Stage(name)
        for name in rules["high_voltage_reviewed"]
        if name in names or name == extra
    )
