"""The roads of the demo world: which steps, how long they take, who travels."""

from decimal import Decimal

from applications.classification import Voltage
from applications.lifecycle import Status
from applications.services import acceptance, filing
from portal.demo_world.journeys import (
    Step,
    accept,
    approve_design,
    archive,
    ask_for_papers,
    confirm,
    energise,
    engage,
    fail_final,
    flag_upgrade,
    object_to_plan,
    pass_final,
    pass_mid,
    receive_permit,
    refuse,
    reply,
    report_completion,
    report_mid,
    sign,
    submit_design,
    supplement,
    take_objection,
    wait_for_permit,
    withdraw,
)

Walk = list[tuple[Step, float]]

# -- The roads: (step, days the step usually takes) -------------------------------
LOW_ROAD: Walk = [
    (accept, 0.6),
    (reply, 1.2),
    (confirm, 0.5),
    (sign, 0.4),
    (energise, 1.1),
    (archive, 1.0),
]
HIGH_ROAD: Walk = [
    (accept, 0.7),
    (reply, 9.0),
    (confirm, 2.0),
    (engage, 4.0),
    (report_completion, 20.0),
    (pass_final, 2.5),
    (sign, 1.5),
    (energise, 2.5),
    (archive, 2.0),
]
REVIEWED_ROAD: Walk = [
    (accept, 0.7),
    (reply, 11.0),
    (confirm, 2.0),
    (engage, 3.0),
    (submit_design, 9.0),
    (approve_design, 2.5),
    (report_mid, 11.0),
    (pass_mid, 1.6),
    (report_completion, 9.0),
    (pass_final, 2.5),
    (sign, 1.5),
    (energise, 2.5),
    (archive, 2.0),
]

D = Decimal
NEEDS: list[tuple[int, filing.Need, Walk, acceptance.Survey]] = [
    (34, filing.Need("resident", "家庭用电", D(8)), LOW_ROAD, acceptance.Survey()),
    (
        24,
        filing.Need("private_business", "便民超市", D(30)),
        LOW_ROAD,
        acceptance.Survey(),
    ),
    (
        12,
        filing.Need("private_business", "餐饮店", D(90)),
        LOW_ROAD,
        acceptance.Survey(external_line=True),
    ),
    (
        8,
        filing.Need("organisation", "社区卫生服务中心", D(100)),
        LOW_ROAD,
        acceptance.Survey(),
    ),
    (
        13,
        filing.Need("private_business", "生产厂房", D(630)),
        HIGH_ROAD,
        acceptance.Survey(),
    ),
    (
        5,
        filing.Need("organisation", "区医院", D(2000), sources=2),
        REVIEWED_ROAD,
        acceptance.Survey(important=True, external_line=True),
    ),
    (
        4,
        filing.Need("private_business", "数据中心", D(12000), voltage=Voltage.KV35),
        REVIEWED_ROAD,
        acceptance.Survey(external_line=True, key_project=True),
    ),
]

# What may come between: (status it happens in, steps with days, of a hundred journeys)
DETOURS: list[tuple[Status, Walk, int]] = [
    (Status.SUBMITTED, [(ask_for_papers, 0.5), (supplement, 4.0)], 9),
    (Status.SUBMITTED, [(refuse, 0.7)], 2),
    (Status.ACCEPTED, [(withdraw, 0.8)], 2),
    (Status.ACCEPTED, [(flag_upgrade, 1.0)], 3),
    (Status.ACCEPTED, [(wait_for_permit, 1.0), (receive_permit, 8.0)], 30),
    (Status.PLAN_REPLIED, [(object_to_plan, 1.0), (take_objection, 0.6)], 6),
    (Status.FINAL_INSPECTION, [(fail_final, 2.0), (report_completion, 6.0)], 12),
]

# What every demo shows, whatever the dice say.
# Which need, its walk, days since its end, and whose it is ("" for somebody new).
HOME, SHOP, LINE, CLINIC, FACTORY, HOSPITAL, DATA_CENTRE = range(7)
SHOWCASE: list[tuple[int, Walk, float, str]] = [
    (HOME, [], 0.1, "zhang"),  # just submitted
    (SHOP, [], 6, ""),  # acceptance overdue
    (SHOP, [(ask_for_papers, 0.5)], 3, "chen"),  # returned
    (HOME, [(refuse, 0.6)], 10, ""),
    (SHOP, [(accept, 0.4)], 1, ""),
    (CLINIC, [(accept, 0.6)], 12, ""),  # plan overdue
    (FACTORY, [(accept, 0.6)], 13, ""),  # plan due about today
    (FACTORY, [(accept, 0.6), (flag_upgrade, 3)], 20, ""),  # 受限
    (FACTORY, [(accept, 0.6), (reply, 6)], 2, "chen"),  # plan to confirm
    (FACTORY, [(accept, 0.6), (reply, 9), (object_to_plan, 2)], 1, ""),
    (LINE, [(accept, 0.6), (wait_for_permit, 1)], 5, ""),
    (SHOP, [(accept, 0.6), (reply, 1)], 110, ""),  # expires
    (HOME, [(accept, 0.4), (reply, 1)], 1, "zhang"),  # plan to confirm
    (HOME, [(accept, 0.4), (reply, 1), (confirm, 0.5)], 1, ""),
    (HOSPITAL, REVIEWED_ROAD[:4], 5, ""),  # designing
    (HOSPITAL, REVIEWED_ROAD[:5], 1, ""),  # design review
    (DATA_CENTRE, REVIEWED_ROAD[:5], 9, ""),  # design review overdue
    (FACTORY, HIGH_ROAD[:4], 12, "chen"),  # constructing
    (DATA_CENTRE, REVIEWED_ROAD[:7], 1, ""),  # mid-way inspection
    (FACTORY, HIGH_ROAD[:5], 2, ""),  # final inspection
    (FACTORY, [*HIGH_ROAD[:5], (fail_final, 2)], 4, ""),  # rectifying
    (HOSPITAL, REVIEWED_ROAD[:10], 2, ""),  # signing
    (SHOP, LOW_ROAD[:4], 0.5, "chen"),  # connecting
    (FACTORY, HIGH_ROAD[:7], 9, ""),  # connection overdue
    (HOME, LOW_ROAD[:5], 1, ""),  # energised
    (SHOP, [(accept, 0.5), (withdraw, 1)], 20, ""),
    (HOME, LOW_ROAD, 12, "zhang"),  # archived
]
