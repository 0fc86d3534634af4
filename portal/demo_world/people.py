"""Who works and who applies in the demo world; every password is for the demo only."""

import random
from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction

from portal.accounts.models import User, phone_index
from portal.demo_world import names
from sla.ground.actors import Role
from sla.models import Region

PASSWORD = "bandian-demo"  # noqa: S105 -- printed on the start screen, demo only
NO_PASSWORD = make_password(None)

CENTRE = ["120101", "120102", "120103", "120104", "120105", "120106"]
RING = ["120110", "120111", "120112", "120113"]
COAST = ["120116"]
NORTH = ["120114", "120115", "120117", "120118", "120119"]
EVERYWHERE = [*CENTRE, *RING, *COAST, *NORTH]

STAFF = [
    ("wang", Role.MANAGER, "王工", "T0012", CENTRE),
    ("li", Role.MANAGER, "李工", "T0021", RING),
    ("ma", Role.MANAGER, "马工", "T0033", COAST),
    ("gao", Role.MANAGER, "高工", "T0045", NORTH),
    ("zhao", Role.SUPERVISOR, "赵班长", "T0001", EVERYWHERE),
    ("liu", Role.REGULATOR, "刘处长（市工信局）", "J0001", []),
    ("sun", Role.OPERATOR, "孙运维", "Y0001", []),
    # Outages want a second pair of eyes: who drafts does not approve.
    ("zhou", Role.OPERATOR, "周运维", "Y0002", []),
]
# The two applicants anybody may sign in as, and what they apply under.
APPLICANTS = {
    "zhang": names.Somebody(
        "张建国", "张建国", "id_card", "11010519491231002X", "13800000001"
    ),
    "chen": names.Somebody(
        "天津海河食品有限公司", "陈志强", "uscc", "91350100M000100Y43", "13800000002"
    ),
}
TITLES = {"zhang": "张大爷", "chen": "陈老板"}


def settle() -> dict[str, User]:
    """Create whoever is missing and return everybody by user name."""
    with transaction.atomic():
        for username, role, name, number, districts in STAFF:
            _staff(username, role, name, number, districts)
        for username, who in APPLICANTS.items():
            _account(username, TITLES[username], who.phone)
    return {user.username: user for user in User.objects.all()}


def _staff(
    username: str, role: Role, name: str, number: str, districts: Sequence[str]
) -> None:
    user, new = User.objects.get_or_create(
        username=username,
        defaults={
            "role": role,
            "display_name": name,
            "staff_no": number,
            "is_staff": role in {Role.MANAGER, Role.SUPERVISOR, Role.OPERATOR},
            "is_superuser": False,
        },
    )
    if new:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        user.districts.set(Region.objects.filter(pk__in=districts))


def applicant(
    username: str, dice: random.Random, kind: str, district: str
) -> tuple[names.Somebody, User]:
    """Return who applies, and their account; without a user name, somebody new."""
    if username:
        return APPLICANTS[username], User.objects.get(username=username)
    who = names.somebody(dice, kind, district)
    return who, _account(f"a{who.phone}", who.contact, who.phone)


def _account(username: str, display_name: str, phone: str) -> User:
    normal = f"+86{phone}"
    user, _new = User.objects.get_or_create(
        phone_index=phone_index(normal),
        defaults={
            "username": username,
            "role": Role.APPLICANT,
            "display_name": display_name,
            "phone": normal,
            "phone_verified": True,
            "password": NO_PASSWORD,
        },
    )
    return user


def sign_ins() -> list[tuple[str, str, str]]:
    """Return who can sign in, where, and with what: for the start screen."""
    lines = [
        (f"申请人 {TITLES[name]}", "/sign-in/", f"手机 {who.phone}，验证码看 /inbox/")
        for name, who in APPLICANTS.items()
    ]
    lines += [
        (f"{role.label} {name}", "/staff/sign-in/", f"{username} / {PASSWORD}")
        for username, role, name, _number, _districts in STAFF
    ]
    return lines
