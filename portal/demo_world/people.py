"""Who works and who applies in the demo world; every password is for the demo only."""

from collections.abc import Sequence

from django.db import transaction

from applications.actors import Role
from portal.accounts.models import User, phone_index
from sla.models import Region

PASSWORD = "bandian-demo"  # noqa: S105 -- printed on the start screen, demo only

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
]
APPLICANTS = [("张大爷", "+8613800000001"), ("陈老板", "+8613800000002")]


def settle() -> dict[str, User]:
    """Create whoever is missing and return everybody by user name."""
    with transaction.atomic():
        for username, role, name, number, districts in STAFF:
            _staff(username, role, name, number, districts)
        for name, phone in APPLICANTS:
            _applicant(name, phone)
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


def _applicant(name: str, phone: str) -> None:
    if User.objects.by_phone(phone) is None:
        user = User(
            username=f"demo{phone[-4:]}",
            role=Role.APPLICANT,
            display_name=name,
            phone=phone,
            phone_index=phone_index(phone),
            phone_verified=True,
        )
        user.set_unusable_password()
        user.save()


def sign_ins() -> list[tuple[str, str, str]]:
    """Return who can sign in, where, and with what: for the start screen."""
    lines = [
        (f"申请人 {name}", "/sign-in/", f"手机 {phone[3:]}，验证码看 /inbox/")
        for name, phone in APPLICANTS
    ]
    lines += [
        (f"{role.label} {name}", "/staff/sign-in/", f"{username} / {PASSWORD}")
        for username, role, name, _number, _districts in STAFF
    ]
    return lines
